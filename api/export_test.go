package api

import (
	"net/url"
	"time"

	"github.com/adloom/adloom/renderurl"
)

// SetNow sets the clock that decides when the published version is asked again.
func (a *API) SetNow(now func() time.Time) { a.designs.now = now }

// Waiting is how many requests wait for the picture of a URL that names a version.
func (a *API) Waiting(link string) int {
	u, err := url.Parse(link)
	if err != nil {
		return 0
	}
	signed, err := renderurl.Parse(u)
	if err != nil {
		return 0
	}
	return a.flights.Waiting(signed.Request.CacheKey())
}
