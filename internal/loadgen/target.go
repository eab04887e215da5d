package loadgen

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Target is one request to make.
type Target struct {
	Method string // GET or HEAD
	URL    *url.URL
	Agent  string // of who asked; empty if nobody knows
	// At is when the request came, counted from the first one of its log. Only
	// sources that know it set it.
	At time.Duration
}

// Source gives requests one after the other, and io.EOF after the last. It is used
// by one goroutine.
type Source interface {
	Next() (Target, error)
}

// LineError is a line of the input that is no request.
type LineError struct {
	Line int64 // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }

// Base is what URLs begin with in place of their own scheme and host, such as
// "http://10.0.0.5:8080". Empty, URLs must be whole.
type Base string

// Validate tells what is no base.
func (b Base) Validate() error {
	if b == "" {
		return nil
	}
	u, err := url.Parse(string(b))
	if err != nil || !web(u) || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("expected an address such as http://10.0.0.5:8080, without a query; found %s", quote(string(b)))
	}
	return nil
}

// resolve makes the URL of a request from a whole URL or a path.
func (b Base) resolve(text string) (*url.URL, error) {
	path := text
	if scheme, rest, ok := strings.Cut(text, "://"); ok && !strings.ContainsAny(scheme, "/?#") {
		if path = "/"; b != "" {
			if i := strings.IndexAny(rest, "/?#"); i >= 0 {
				path = rest[i:]
			}
		} else {
			path = ""
		}
	} else if !strings.HasPrefix(text, "/") {
		return nil, fmt.Errorf("expected an http or https URL; found %s", quote(text))
	} else if b == "" {
		return nil, fmt.Errorf("expected a whole URL, or a base to put in front of the path; found %s", quote(text))
	}
	if path != "" {
		if path[0] != '/' {
			path = "/" + path
		}
		text = strings.TrimRight(string(b), "/") + path
	}
	u, err := url.Parse(text)
	if err != nil {
		var bad *url.Error
		if errors.As(err, &bad) { // it repeats the URL, however long
			err = bad.Err
		}
		return nil, fmt.Errorf("expected an http or https URL; found %s: %w", quote(text), err)
	}
	if !web(u) {
		return nil, fmt.Errorf("expected an http or https URL; found %s", quote(text))
	}
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = strings.ReplaceAll(u.RawQuery, " ", "%20") // a request line has no other blanks
	return u, nil
}

func web(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Opaque == ""
}

// quote keeps text from outside fit for a message.
func quote(text string) string {
	const most = 80
	if len(text) > most {
		return fmt.Sprintf("%q…", text[:most])
	}
	return fmt.Sprintf("%q", text)
}
