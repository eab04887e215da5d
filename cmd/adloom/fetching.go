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
}

func (f fetchFlags) config() fetcher.Config {
	c := fetcher.DefaultConfig()
	c.Allow = f.FetchAllow
	c.Timeout, c.HeaderTimeout, c.IdleTimeout = f.FetchTimeout, f.FetchHeaderWait, f.FetchIdle
	c.MaxBytes, c.MaxRedirects, c.Fresh = f.FetchMaxBytes, f.FetchMaxRedirects, f.FetchFresh
	c.Limits = f.limits()
	return c
}

// limits are for fetching and for drawing alike.
func (f fetchFlags) limits() imageinfo.Limits {
	limits := imageinfo.DefaultLimits()
	limits.MaxPixels = f.FetchMaxPixels
	return limits
}
