package fetcher_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/adloom/adloom/fetcher"
)

// network is a fetcher in a bubble, whose shops are at the far end of pipes, so that time passes by itself.
type network struct {
	*fetcher.Fetcher
	mu      sync.Mutex
	shops   map[string]*piped // by host and port; others refuse
	broken  map[string]error  // to dial
	servers []*http.Server
	dials   atomic.Int32
}

// piped is a shop that counts what it is asked and how much of it at once.
type piped struct {
	conns               chan net.Conn
	closed              chan struct{}
	asked, running, top atomic.Int32
	handler             atomic.Pointer[http.HandlerFunc]
}

// inBubble runs test with a network, and closes everything before the bubble ends.
func inBubble(t *testing.T, cfg fetcher.Config, cache fetcher.Cache, test func(t *testing.T, n *network)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f, err := fetcher.New(cfg, cache)
		if err != nil {
			t.Fatal(err)
		}
		n := &network{Fetcher: f, shops: map[string]*piped{}, broken: map[string]error{}}
		f.DialWith(n.dial)
		test(t, n)
		f.Close()
		for _, s := range n.servers {
			_ = s.Close()
		}
	})
}

// shop opens one at host.
func (n *network) shop(host string, handler http.HandlerFunc) *piped {
	s := &piped{conns: make(chan net.Conn), closed: make(chan struct{})}
	s.answers(handler)
	server := &http.Server{ErrorLog: quiet(), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		running := s.running.Add(1)
		defer s.running.Add(-1)
		for top := s.top.Load(); running > top && !s.top.CompareAndSwap(top, running); top = s.top.Load() {
		}
		(*s.handler.Load())(w, r)
	})}
	n.mu.Lock()
	n.shops[host+":80"] = s
	n.servers = append(n.servers, server)
	n.mu.Unlock()
	go func() { _ = server.Serve(s) }()
	return s
}

// fails makes new connections to address fail; nil mends it.
func (n *network) fails(address string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.broken[address] = err
}

func (s *piped) answers(handler http.HandlerFunc) { s.handler.Store(&handler) }

func (n *network) dial(ctx context.Context, _, address string) (net.Conn, error) {
	n.dials.Add(1)
	n.mu.Lock()
	s, err := n.shops[address], n.broken[address]
	n.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if s == nil {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	ours, theirs := net.Pipe()
	select {
	case s.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// The shop is its own listener.

func (s *piped) Accept() (net.Conn, error) {
	select {
	case c := <-s.conns:
		return c, nil
	case <-s.closed:
		return nil, io.EOF
	}
}

func (s *piped) Close() error   { close(s.closed); return nil }
func (s *piped) Addr() net.Addr { return &net.TCPAddr{} }

// fetchAll starts a fetch of each URL and returns where the errors will come.
func (n *network) fetchAll(t *testing.T, urls ...string) <-chan error {
	t.Helper()
	errs := make(chan error, len(urls))
	for _, url := range urls {
		go func() {
			_, err := n.Fetch(t.Context(), url)
			errs <- err
		}()
	}
	return errs
}

func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

// cutOff ends the connection without an answer.
func cutOff(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
