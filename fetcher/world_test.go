package fetcher_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/fetcher"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// shop is a web server that counts its requests.
type shop struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
}

func newShop(t *testing.T, handler http.HandlerFunc) *shop {
	t.Helper()
	s := &shop{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r)
		s.mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *shop) asked() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// memory is a cache; broken makes it fail.
type memory struct {
	mu     sync.Mutex
	bodies map[string][]byte
	broken error
	puts   atomic.Int32
}

func (m *memory) Get(_ context.Context, key string) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return nil, m.broken
	}
	body, ok := m.bodies[key]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

func (m *memory) Put(_ context.Context, key string, body io.Reader) error {
	m.puts.Add(1)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return m.broken
	}
	data, err := io.ReadAll(body)
	if m.bodies == nil {
		m.bodies = map[string][]byte{}
	}
	m.bodies[key] = data
	return err
}

// change rewrites all bodies.
func (m *memory) change(f func(body []byte) []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, body := range m.bodies {
		m.bodies[key] = f(body)
	}
}

// clock is a time that moves when it is told.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

// local is a config that lets the tests' own shops through.
func local() fetcher.Config {
	cfg := fetcher.DefaultConfig()
	cfg.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	// A busy machine must not look like a slow shop.
	cfg.Timeout, cfg.ConnectTimeout, cfg.HeaderTimeout, cfg.IdleTimeout = 2*time.Minute, time.Minute, time.Minute, time.Minute
	// These have tests of their own; elsewhere each fetch is one request.
	cfg.Retries, cfg.Revalidate = 0, 0
	return cfg
}

func start(t *testing.T, cfg fetcher.Config, cache fetcher.Cache) *fetcher.Fetcher {
	t.Helper()
	f, err := fetcher.New(cfg, cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func jpegOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// serving answers every request with body.
func serving(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }
}

// wantError checks the reason and the status of the shop.
func wantError(t *testing.T, err error, reason fetcher.Reason, status int) {
	t.Helper()
	var e *fetcher.Error
	if !errors.As(err, &e) || e.Reason != reason || e.Status != status {
		t.Fatalf("got %v; want reason %s with status %d", err, reason, status)
	}
}

// fetchOnce uses a fetcher of its own and returns when its cache write is over.
func fetchOnce(t *testing.T, cfg fetcher.Config, cache fetcher.Cache, url string) (*fetcher.Photo, fetcher.Stats, error) {
	t.Helper()
	f, err := fetcher.New(cfg, cache)
	if err != nil {
		t.Fatal(err)
	}
	photo, err := f.Fetch(t.Context(), url)
	f.Close() // waits for the cache write
	return photo, f.Stats(), err
}

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
