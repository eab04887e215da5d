package fetcher_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/fetcher"
)

// muted is a connection whose far end is gone without a word, as behind a router that has forgotten it: what is written
// is lost, and nothing comes.
type muted struct {
	net.Conn
	mute   *atomic.Bool
	closed chan struct{}
	once   sync.Once
}

func (c *muted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.mute.Load() {
		<-c.closed
		return 0, net.ErrClosed
	}
	return n, err
}

func (c *muted) Write(p []byte) (int, error) {
	if c.mute.Load() {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

func (c *muted) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// An HTTP/2 connection that is dead is noticed, and the next photo comes over a new one.
func TestDeadConnectionIsLeft(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 3, 2)
	server := httptest.NewUnstartedServer(serving(photo))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = quiet()
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	cfg := local()
	cfg.HeaderTimeout, cfg.ConnectTimeout = 300*time.Millisecond, time.Second
	cfg.Negative, cfg.HostFailures = 0, 1000
	f, err := fetcher.New(cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	f.Trust(roots)
	var first atomic.Bool // is dead
	var dials atomic.Int32
	f.DialWith(func(ctx context.Context, network, address string) (net.Conn, error) {
		raw, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil || dials.Add(1) > 1 {
			return raw, err
		}
		return &muted{Conn: raw, mute: &first, closed: make(chan struct{})}, nil
	})
	if _, err := f.Fetch(t.Context(), server.URL+"/a.jpg"); err != nil {
		t.Fatal(err)
	}
	first.Store(true)
	for deadline := time.Now().Add(20 * time.Second); ; {
		_, err := f.Fetch(t.Context(), server.URL+"/b.jpg")
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the dead connection is still used: %v", err)
		}
	}
	if n := dials.Load(); n != 2 {
		t.Errorf("%d connections; want the dead one and another", n)
	}
}
