package customers

import "time"

// SetNow sets the clock that decides when a file is looked at again.
func (c *Customers) SetNow(now func() time.Time) { c.now = now }
