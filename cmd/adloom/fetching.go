package main

import (
	"net/netip"
	"time"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/imageinfo"
)

// fetchFlags bound what shops may do.
type fetchFlags struct {
	FetchAllow        []netip.Prefix `help:"Ranges of private addresses that photos may come from, such as 10.1.0.0/16. None by default."`
	FetchTimeout      time.Duration  `default:"8s" help:"A whole download, redirects included."`
	FetchHeaderWait   time.Duration  `default:"5s" help:"From a request to the end of the shop's headers."`
	FetchIdle         time.Duration  `default:"2s" help:"Without a byte of the photo."`
	FetchMaxBytes     int64          `default:"16777216" help:"Bytes of one photo."`
	FetchMaxRedirects int            `default:"5" help:"Redirects in a row."`
	FetchMaxPixels    int64          `default:"50000000" help:"Pixels of one photo."`
	FetchFresh        time.Duration  `default:"24h" help:"How long a cached photo is used before the shop is asked again."`
	FetchRevalidate   time.Duration  `default:"24h" help:"How much longer it is served at once, while the shop is asked in the background."`
	FetchNegative     time.Duration  `default:"60s" help:"How long it is remembered that a photo cannot be had. 0: not at all."`
	FetchPerHost      int            `default:"16" help:"Downloads from one host at once."`
	FetchHostQueue    int            `default:"64" help:"Photos that wait for one of these."`
	FetchHostWait     time.Duration  `default:"2s" help:"How long each of them waits before it is refused with origin_limited."`
	FetchHostFailures int            `default:"10" help:"Failures in a row after which a host is left alone for a while."`
	FetchRetries      int            `default:"1" help:"Retries of a download, where they are safe and likely to help."`
	FetchMemory       int64          `default:"268435456" help:"Bytes of all photos on their way, at least four times --fetch-max-bytes."`
}

func (f fetchFlags) config() fetcher.Config {
	c := fetcher.DefaultConfig()
	c.Allow = f.FetchAllow
	c.Timeout, c.HeaderTimeout, c.IdleTimeout = f.FetchTimeout, f.FetchHeaderWait, f.FetchIdle
	c.MaxBytes, c.MaxRedirects, c.Fresh = f.FetchMaxBytes, f.FetchMaxRedirects, f.FetchFresh
	c.Revalidate, c.Negative = f.FetchRevalidate, f.FetchNegative
	c.HostDownloads, c.HostQueue, c.HostWait = f.FetchPerHost, f.FetchHostQueue, f.FetchHostWait
	c.HostFailures, c.Retries, c.MaxBuffered = f.FetchHostFailures, f.FetchRetries, f.FetchMemory
	c.Limits = f.limits()
	return c
}

// limits are for fetching and for drawing alike.
func (f fetchFlags) limits() imageinfo.Limits {
	limits := imageinfo.DefaultLimits()
	limits.MaxPixels = f.FetchMaxPixels
	return limits
}
