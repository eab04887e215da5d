package fetcher

import (
	"container/list"
	"maps"
	"net/url"
	"strings"
	"sync"
)

// origins finds the origin of a URL. Its state is bounded: of origins that nobody uses as many are kept as Config.Hosts
// leaves beside those in use, and the one that was used longest ago is forgotten first. One in use is never forgotten,
// since its limit would then be counted twice; those in use are bounded by the flights. It is safe for concurrent use.
type origins struct {
	cfg      *Config
	counters *counters

	mu     sync.Mutex
	byName map[string]*origin
	idle   list.List // of *origin; the back was used longest ago
}

func newOrigins(cfg *Config, counters *counters) *origins {
	return &origins{cfg: cfg, counters: counters, byName: make(map[string]*origin)}
}

// originName is scheme, host and port. A dot at the end of the host makes no other host, nor do zeros before the port.
func originName(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = defaultPort(u.Scheme)
	}
	port = strings.TrimLeft(port, "0")
	return u.Scheme + "://" + strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") + ":" + port
}

// use returns the origin of u, which stays until done is called.
func (t *origins) use(u *url.URL) (o *origin, done func()) {
	name := originName(u)
	t.mu.Lock()
	defer t.mu.Unlock()
	o = t.byName[name]
	switch {
	case o == nil:
		o = newOrigin(u.Host, t.cfg, t.counters)
		t.byName[name] = o
		t.counters.hosts.Add(1)
	case o.idle != nil:
		t.idle.Remove(o.idle)
		o.idle = nil
	}
	o.users++
	return o, func() { t.release(name, o) }
}

// all returns those that are kept now, by their names.
func (t *origins) all() map[string]*origin {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.byName)
}

func (t *origins) release(name string, o *origin) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if o.users--; o.users > 0 {
		return
	}
	o.key, o.idle = name, t.idle.PushFront(o)
	for len(t.byName) > t.cfg.Hosts && t.idle.Len() > 0 {
		o := t.idle.Remove(t.idle.Back()).(*origin)
		delete(t.byName, o.key)
		t.counters.hosts.Add(-1)
		o.forgotten()
	}
}
