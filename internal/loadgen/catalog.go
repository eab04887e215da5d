package loadgen

import (
	"fmt"
	"io"
	"net/http"

	"github.com/adloom/adloom/feed"
)

// catalog reads the links of a catalog feed.
type catalog struct {
	rows   *feed.Reader
	column string
	base   Base
	tally  *tally
}

func newCatalog(r io.Reader, column string, base Base, t *tally) (*catalog, error) {
	rows, err := feed.NewReader(r, feed.Options{From: column})
	if err != nil {
		return nil, err
	}
	return &catalog{rows: rows, column: feed.CanonicalName(column), base: base, tally: t}, nil
}

func (c *catalog) Next() (Target, error) {
	for {
		row, err := c.rows.Next()
		if err != nil {
			return Target{}, err
		}
		line := int64(row.Line)
		c.tally.line()
		link := row.Get(c.column)
		if link == "" {
			c.tally.broken(line, fmt.Errorf("expected a URL in column %s; found none", c.column))
			continue
		}
		u, err := c.base.resolve(link)
		if err != nil {
			c.tally.broken(line, fmt.Errorf("column %s: %w", c.column, err))
			continue
		}
		return Target{Method: http.MethodGet, URL: u}, nil
	}
}
