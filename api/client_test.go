package api

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClient(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"without a proxy", "192.0.2.7:4711", nil, "192.0.2.7"},
		{"a stranger may claim what it likes", "192.0.2.7:4711", []string{"198.51.100.1"}, "192.0.2.7"},
		{"behind a proxy", "10.0.0.1:80", []string{"198.51.100.1"}, "198.51.100.1"},
		{"behind two, in two headers", "10.0.0.1:80", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		{"the client's own claim stands first", "10.0.0.1:80", []string{"127.0.0.1, 198.51.100.1"}, "198.51.100.1"},
		{"rubbish", "10.0.0.1:80", []string{"\"><script>"}, "10.0.0.1"},
		{"a proxy's own request", "10.0.0.1:80", nil, "10.0.0.1"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:80", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"IPv6", "[::1]:80", []string{"2001:db8::1"}, "2001:db8::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		r.Header.Set("Traceparent", "00-1-2-01")
		got, parent := client(r, trusted)
		if got != c.want {
			t.Errorf("%s: %s; want %s", c.name, got, c.want)
		}
		if believed := c.peer != "192.0.2.7:4711"; (parent != "") != believed {
			t.Errorf("%s: its span was believed: %v", c.name, !believed)
		}
	}
}
