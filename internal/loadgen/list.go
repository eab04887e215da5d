package loadgen

import (
	"errors"
	"net/http"
)

// list reads one URL a line. Empty lines and those that begin with # are none.
type list struct {
	lines *lines
	base  Base
	tally *tally
}

func (l *list) Next() (Target, error) {
	for {
		text, err := l.lines.next()
		switch {
		case errors.Is(err, errTooLong):
			l.tally.broken(l.lines.line, err)
			continue
		case err != nil:
			return Target{}, err
		case len(text) == 0 || text[0] == '#':
			continue
		}
		l.tally.line()
		u, err := l.base.resolve(string(text))
		if err != nil {
			l.tally.broken(l.lines.line, err)
			continue
		}
		return Target{Method: http.MethodGet, URL: u}, nil
	}
}
