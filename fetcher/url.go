package fetcher

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

const (
	maxURL  = 8192 // bytes; the longest that common web servers take
	maxHost = 255  // bytes; no longer name is in the DNS, and what is kept of each host holds its name
)

// normalise parses and checks a photo's URL. Its String is the cache key: lower-case scheme and host, no default port,
// no fragment, a path, and nothing but ASCII.
func normalise(raw string) (*url.URL, error) {
	raw, _, _ = strings.Cut(strings.TrimSpace(raw), "#")
	u, err := url.Parse(escapePercents(raw))
	var flaw *url.Error
	if errors.As(err, &flaw) {
		return nil, fmt.Errorf("expected a URL: %w", flaw.Err) // without the URL, which may hold a password
	}
	if err != nil {
		return nil, fmt.Errorf("expected a URL: %w", err)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if err := checkURL(u); err != nil {
		return nil, err
	}
	if err := spellHost(u); err != nil {
		return nil, err
	}
	if port := u.Port(); port == defaultPort(u.Scheme) || port == "" {
		u.Host = strings.TrimSuffix(strings.TrimSuffix(u.Host, ":"+port), ":")
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	if n := len(u.String()); n > maxURL {
		return nil, fmt.Errorf("expected a URL of at most %d bytes, found %d", maxURL, n)
	}
	return u, nil
}

// checkURL holds for the first URL and for each one that a redirect leads to. Where the host leads is the guard's
// business.
func checkURL(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("expected an http or https URL, found scheme %q", u.Scheme)
	case u.Hostname() == "":
		return fmt.Errorf("expected a URL with a host, found %q", redacted(u.String()))
	case len(u.Host) > maxHost:
		return fmt.Errorf("expected a URL with a host of at most %d bytes, found %d", maxHost, len(u.Host))
	case u.User != nil:
		return fmt.Errorf("expected a URL without a user or password, found %q", redacted(u.String()))
	}
	return nil
}

// spellHost writes an international name as it stands in the DNS, where there is one spelling for all that lead to the
// same host: full-width letters or invisible ones must not make it another.
func spellHost(u *url.URL) error {
	name := u.Hostname()
	if strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return nil
	}
	ascii, err := idna.Lookup.ToASCII(name)
	if err != nil || ascii == "" {
		return fmt.Errorf("expected a URL with a host that is a name, found %q", redacted(u.String()))
	}
	u.Host = ascii + strings.TrimPrefix(u.Host, name)
	return nil
}

func defaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// escapePercents escapes those in a path that begin no escape, as in names of files such as "50%.jpg": url.Parse refuses
// them, and browsers do not. In a query it lets them pass.
func escapePercents(raw string) string {
	scheme, rest, _ := strings.Cut(raw, "://")
	from := strings.IndexAny(rest, "/?")
	if from < 0 || rest[from] == '?' {
		return raw
	}
	path, _, _ := strings.Cut(rest[from:], "?")
	var out strings.Builder
	for i := range len(path) {
		out.WriteByte(path[i])
		if path[i] == '%' && !(isHex(path, i+1) && isHex(path, i+2)) {
			out.WriteString("25")
		}
	}
	return scheme + "://" + rest[:from] + out.String() + rest[from+len(path):]
}

func isHex(s string, at int) bool {
	return at < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[at]) >= 0
}

// escapeQuery escapes what may not stand in a request line; url.Parse lets it pass in a query.
func escapeQuery(query string) string {
	var out strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&out, "%%%02X", c)
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// redacted is what of a refused URL may be shown: not its password, and not all of it when it is endless.
func redacted(raw string) string {
	shown := "(unreadable URL)"
	if u, err := url.Parse(raw); err == nil {
		shown = u.Redacted()
	}
	return shown[:min(len(shown), 256)]
}
