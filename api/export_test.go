package api

import "time"

// SetNow sets the clock that decides when the published version is asked again.
func (a *API) SetNow(now func() time.Time) { a.designs.now = now }
