package fetcher

import (
	"net"
	"net/http"
	"time"
)

const (
	maxResponseHeaders = 64 << 10
	idleConnections    = 256
	unreadPerStream    = 512 << 10 // bytes of one photo over HTTP/2 that may wait to be read, beside its buffer
	idleConnectionTime = 60 * time.Second
)

// newTransport connects through the guard and through no proxy: a proxy would be the one to look up names, behind the
// guard's back.
func newTransport(cfg Config) *http.Transport {
	dialer := &net.Dialer{
		Timeout:        cfg.ConnectTimeout,
		Resolver:       cfg.Resolver,
		ControlContext: NewGuard(cfg.Allow).Control,
	}
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    cfg.ConnectTimeout,
		ResponseHeaderTimeout:  cfg.HeaderTimeout,
		MaxResponseHeaderBytes: maxResponseHeaders,
		DisableCompression:     true, // identity is asked for; see decoded
		MaxIdleConns:           idleConnections,
		MaxIdleConnsPerHost:    cfg.HostDownloads,
		HTTP2: &http.HTTP2Config{
			MaxReceiveBufferPerStream: unreadPerStream,
			// A connection whose far end is gone without a word would be used, and each photo time out on it, until
			// the kernel gives up on it after a quarter of an hour: a host that is asked never lets it get idle.
			SendPingTimeout: cfg.HeaderTimeout,
			PingTimeout:     cfg.ConnectTimeout,
		},
		IdleConnTimeout: idleConnectionTime,
	}
}

// checkRedirect holds each hop to the rules of the first URL. The address of each hop is checked by the guard. No
// Referer is sent: a photo's URL may be signed for us alone.
func (f *Fetcher) checkRedirect(next *http.Request, before []*http.Request) error {
	if len(before) > f.cfg.MaxRedirects {
		return faultf(TooManyRedirects, "expected at most %d redirects, found one more to %s", f.cfg.MaxRedirects, redacted(next.URL.String()))
	}
	if err := checkURL(next.URL); err != nil {
		return faultf(BadRedirect, "redirect: %w", err)
	}
	if err := spellHost(next.URL); err != nil {
		return faultf(BadRedirect, "redirect: %w", err)
	}
	next.URL.RawQuery = escapeQuery(next.URL.RawQuery)
	next.Header.Del("Referer")
	return hop(next.Context(), next.URL)
}
