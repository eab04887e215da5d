package loadgen

import (
	"strings"
	"testing"
	"time"
)

func TestParseEntry(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 29, 1, 2, 3, 0, time.UTC)
	f := func(line string, want entry) {
		t.Helper()
		got, err := parseEntry([]byte(line))
		if err != nil {
			t.Errorf("%s: %v", line, err)
			return
		}
		if !got.at.Equal(at) {
			t.Errorf("%s: at %v; want %v", line, got.at, at)
		}
		got.at = time.Time{}
		if got != want {
			t.Errorf("%s: %+v; want %+v", line, got, want)
		}
	}
	const stamp = `[29/Nov/2026:02:02:03 +0100]`
	// nginx and Apache, combined
	f(`10.1.2.3 - - `+stamp+` "GET /r/a/b.jpg?t=x HTTP/1.1" 200 123 "-" "facebookcatalog/1.0"`, entry{method: "GET", target: "/r/a/b.jpg?t=x", status: 200, agent: "facebookcatalog/1.0"})
	// a virtual host in front, an address of IPv6, an ident with a bracket
	f(`ads.example:443 ::1 - "a[b" `+stamp+` "GET /x HTTP/2.0" 304 0 "-" "-"`, entry{method: "GET", target: "/x", status: 304})
	f(`ads.example:443 ::1 - ann `+stamp+` "HEAD /x HTTP/2.0" 304 0 "https://a/" "-"`, entry{method: "HEAD", target: "/x", status: 304})
	// varnishncsa writes the whole URL
	f(`1.2.3.4 - - `+stamp+` "GET http://ads.example/x HTTP/1.1" 200 5 "-" "a b"`, entry{method: "GET", target: "http://ads.example/x", status: 200, agent: "a b"})
	// the common format
	f(`1.2.3.4 - - `+stamp+` "GET /x HTTP/1.0" 404 -`, entry{method: "GET", target: "/x", status: 404})
	// HTTP/0.9, quotes in the agent, bytes that no header may have
	f(`1.2.3.4 - - `+stamp+` "GET /x" 200 1 "-" "a \"b\" \x22 ü`+"\x01"+`"`, entry{method: "GET", target: "/x", status: 200, agent: `a \"b\" \x22 `})
	f(`1.2.3.4 - - `+stamp+` "POST /x HTTP/1.1" 405 1 "-" "c`, entry{method: "POST", target: "/x", status: 405})
}

func TestParseEntryRefuses(t *testing.T) {
	t.Parallel()
	f := func(line, want string) {
		t.Helper()
		_, err := parseEntry([]byte(line))
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("%s: %v; want %s", line, err, want)
		}
	}
	const stamp = `[29/Nov/2026:02:02:03 +0100]`
	f(`1.2.3.4 - - "GET / HTTP/1.1" 200 1`, "with its time in brackets")
	f(`1.2.3.4 - - [29/Nov/2026`, "expected a time such as [02/Jan/2006:15:04:05 -0700]")
	f(`1.2.3.4 - - [2026-11-29] "GET / HTTP/1.1" 200 1`, `found "2026-11-29"`)
	f(`1.2.3.4 - - `+stamp+` GET / HTTP/1.1 200 1`, "expected a request")
	f(`1.2.3.4 - - `+stamp+` "\x16\x03\x01" 400 1`, "expected a request")
	f(`1.2.3.4 - - `+stamp+` "GET / HTTP/1.1"`, `expected a status such as 200 behind the request; found ""`)
	f(`1.2.3.4 - - `+stamp+` "GET / HTTP/1.1" 2000`, `found "2000"`)
	f(`1.2.3.4 - - `+stamp+` "GET / HTTP/1.1" `+strings.Repeat("9", 10_000), `expected a status`)
}

func FuzzParseEntry(f *testing.F) {
	f.Add([]byte(`1.2.3.4 - - [29/Nov/2026:02:02:03 +0100] "GET /x HTTP/1.1" 200 1 "-" "a"`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := parseEntry(line)
		if err == nil && !plain(e.agent) {
			t.Errorf("%q: an agent that no header may have: %q", line, e.agent)
		}
		_, _ = Base("http://a").resolve(string(line))
		stages(string(line), func(string, float64) {})
		sniff(line)
	})
}
