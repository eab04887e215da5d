package fetcher

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/adloom/adloom/internal/imageinfo"
)

// Config says how far a shop may go. Start from DefaultConfig.
type Config struct {
	UserAgent string

	Timeout        time.Duration // a whole download, redirects included; 8 s
	ConnectTimeout time.Duration // DNS and connect, and again TLS; 3 s
	HeaderTimeout  time.Duration // from the request to the end of the response's headers; 5 s
	IdleTimeout    time.Duration // without a byte of the body; 2 s

	MaxBytes     int64            // of a body, before and after decompression; 16 MiB
	MaxRedirects int              // 0 follows none; 5
	Limits       imageinfo.Limits // what the picture's headers may announce; 50 megapixels

	// Allow names addresses that the guard lets through although they are not public. An IPv4 prefix also matches
	// addresses that carry IPv4 inside IPv6.
	Allow []netip.Prefix

	HostDownloads int           // from one host (scheme, name and port) at once; 16
	HostQueue     int           // that wait for one of these; 64
	HostWait      time.Duration // how long each of them waits; 2 s
	HostFailures  int           // in a row after which a host is left alone for a while; 10
	HostRest      time.Duration // the first while, halved at random; each failure after it doubles it, up to 1 min; 2 s
	Hosts         int           // whose state is kept while nobody asks them; 4096
	Retries       int           // of a download, where they are safe and likely to help; 1
	MaxBuffered   int64         // bytes of all photos on their way, at least four times MaxBytes; 256 MiB

	// Negative is how long it is remembered that a photo cannot be had (404, no picture, ...), so that asking for it again
	// costs no download. That a host is not there is remembered no longer than 10 s. 0 remembers nothing; 60 s.
	Negative time.Duration

	Fresh time.Duration // how long a cached photo is used unasked; 0 asks each time; 24 h
	// Revalidate is how much longer a cached photo is served at once, while the shop is asked in the background. It does
	// not count when Fresh is 0; 24 h.
	Revalidate time.Duration
	Refreshes  int // photos asked after in the background at once; 0 none, so that they get older; 16

	MaxStale time.Duration // how long after its last confirmation it may be served while the shop is in trouble; 0 never; 7 days
	Recheck  time.Duration // how long a shop in trouble is left alone while a stale copy serves; 1 min

	Resolver *net.Resolver    // nil means net.DefaultResolver
	Now      func() time.Time // nil means time.Now; for the age of cached photos only
}

// DefaultConfig returns the values named at each field.
func DefaultConfig() Config {
	return Config{
		UserAgent:      "Adloom/1.0 (+https://github.com/adloom/adloom)",
		Timeout:        8 * time.Second,
		ConnectTimeout: 3 * time.Second,
		HeaderTimeout:  5 * time.Second,
		IdleTimeout:    2 * time.Second,
		MaxBytes:       16 << 20,
		MaxRedirects:   5,
		Limits:         imageinfo.DefaultLimits(),
		HostDownloads:  16,
		HostQueue:      64,
		HostWait:       2 * time.Second,
		HostFailures:   10,
		HostRest:       2 * time.Second,
		Hosts:          4096,
		Retries:        1,
		MaxBuffered:    256 << 20,
		Negative:       time.Minute,
		Fresh:          24 * time.Hour,
		Revalidate:     24 * time.Hour,
		Refreshes:      16,
		MaxStale:       7 * 24 * time.Hour,
		Recheck:        time.Minute,
	}
}

// Validate names all mistakes at once.
func (c Config) Validate() error {
	var errs []error
	mistake := func(wrong bool, name, want string, found any) {
		if wrong {
			errs = append(errs, fmt.Errorf("fetcher.Config.%s: expected %s, found %v", name, want, found))
		}
	}
	mistake(c.UserAgent == "" || strings.ContainsAny(c.UserAgent, "\r\n"), "UserAgent", "one line of text", fmt.Sprintf("%q", c.UserAgent))
	mistake(c.Timeout <= 0, "Timeout", "more than 0", c.Timeout)
	mistake(c.ConnectTimeout <= 0, "ConnectTimeout", "more than 0", c.ConnectTimeout)
	mistake(c.HeaderTimeout <= 0, "HeaderTimeout", "more than 0", c.HeaderTimeout)
	mistake(c.IdleTimeout <= 0, "IdleTimeout", "more than 0", c.IdleTimeout)
	mistake(c.MaxBytes <= 0, "MaxBytes", "more than 0", c.MaxBytes)
	mistake(c.MaxRedirects < 0, "MaxRedirects", "0 or more", c.MaxRedirects)
	mistake(c.Limits.MaxPixels < 0, "Limits.MaxPixels", "0 or more", c.Limits.MaxPixels)
	mistake(c.Limits.MaxScans < 0, "Limits.MaxScans", "0 or more", c.Limits.MaxScans)
	mistake(c.HostDownloads <= 0, "HostDownloads", "more than 0", c.HostDownloads)
	mistake(c.HostQueue < 0, "HostQueue", "0 or more", c.HostQueue)
	mistake(c.HostWait < 0, "HostWait", "0 or more", c.HostWait)
	mistake(c.HostFailures <= 0, "HostFailures", "more than 0", c.HostFailures)
	mistake(c.HostRest <= 0 || c.HostRest > longestRest, "HostRest", fmt.Sprintf("more than 0, at most %v", longestRest), c.HostRest)
	mistake(c.Hosts <= 0, "Hosts", "more than 0", c.Hosts)
	mistake(c.Retries < 0, "Retries", "0 or more", c.Retries)
	mistake(c.MaxBuffered/hostShare < c.MaxBytes, "MaxBuffered", fmt.Sprintf("at least %d times MaxBytes", hostShare), c.MaxBuffered)
	mistake(c.Negative < 0, "Negative", "0 or more", c.Negative)
	mistake(c.Revalidate < 0, "Revalidate", "0 or more", c.Revalidate)
	mistake(c.Refreshes < 0, "Refreshes", "0 or more", c.Refreshes)
	mistake(c.Fresh < 0, "Fresh", "0 or more", c.Fresh)
	mistake(c.MaxStale < 0, "MaxStale", "0 or more", c.MaxStale)
	mistake(c.Recheck < 0, "Recheck", "0 or more", c.Recheck)
	for _, p := range c.Allow {
		mistake(!p.IsValid(), "Allow", "a range such as 10.0.0.0/8", p)
		mistake(p.IsValid() && p.Addr().Is4In6(), "Allow", "an IPv4 range written as IPv4", p)
	}
	return errors.Join(errs...)
}
