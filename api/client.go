package api

import (
	"net/http"
	"net/netip"
	"strings"
)

// client is the address that a request came from, and the span that it belongs to. What proxies say of it is believed as
// far as they are trusted: of X-Forwarded-For, the last address that is none of them.
func client(r *http.Request, trusted []netip.Prefix) (address, parent string) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return "", ""
	}
	at := peer.Addr().Unmap()
	if within(at, trusted) {
		parent = r.Header.Get("Traceparent")
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && within(at, trusted); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = before.Unmap().WithZone("")
	}
	return at.String(), parent
}

// Client is the address that a request came from, as far as trusted proxies say.
func (a *API) Client(r *http.Request) string {
	address, _ := client(r, a.cfg.TrustedProxies)
	return address
}

func within(at netip.Addr, ranges []netip.Prefix) bool {
	for _, r := range ranges {
		if r.Contains(at) {
			return true
		}
	}
	return false
}
