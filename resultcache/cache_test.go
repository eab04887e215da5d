package resultcache_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/resultcache"
)

// memory is a store that can be spoilt.
type memory struct {
	files map[string][]byte
	err   error         // of every call, when set
	hold  chan struct{} // when set, Put takes from it before it ends
}

func (m *memory) Get(_ context.Context, key string) (io.ReadCloser, error) {
	if m.err != nil {
		return nil, m.err
	}
	data, ok := m.files[key]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func (m *memory) Put(_ context.Context, key string, body io.Reader) error {
	if m.hold != nil {
		m.hold <- struct{}{}
		<-m.hold
	}
	if m.err != nil {
		return m.err
	}
	data, err := io.ReadAll(body)
	m.files[key] = data
	return err
}

type world struct {
	store *memory
	now   time.Time
	cache *resultcache.Cache
}

func setup(t *testing.T, change func(*resultcache.Config)) *world {
	t.Helper()
	w := &world{store: &memory{files: map[string][]byte{}}, now: time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)}
	cfg := resultcache.DefaultConfig()
	cfg.Engine = "v1"
	cfg.Now = func() time.Time { return w.now }
	if change != nil {
		change(&cfg)
	}
	var err error
	if w.cache, err = resultcache.New(cfg, w.store); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) put(t *testing.T) {
	t.Helper()
	w.cache.Put(t.Context(), "a", &resultcache.Picture{Data: []byte("pixels"), ETag: `"e"`, Made: w.now})
}

func TestFreshThenStaleThenGone(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.put(t)
	made := w.now
	f := func(age time.Duration, found, fresh bool) {
		t.Helper()
		w.now = made.Add(age)
		p, isFresh := w.cache.Get(t.Context(), "a")
		if (p != nil) != found || isFresh != fresh {
			t.Errorf("after %v: found %v, fresh %v; want %v, %v", age, p != nil, isFresh, found, fresh)
		}
		if p != nil && (string(p.Data) != "pixels" || p.ETag != `"e"` || !p.Made.Equal(made) || w.cache.Age(p) != age.Abs()) {
			t.Errorf("after %v: %+v of age %v", age, p, w.cache.Age(p))
		}
	}
	f(0, true, true)
	f(time.Hour-1, true, true)
	f(time.Hour, true, false)
	f(7*24*time.Hour-1, true, false)
	f(7*24*time.Hour, false, false)
	f(-30*time.Minute, true, true) // the clock was set back
	f(-30*24*time.Hour, false, false)
	if s := w.cache.Stats(); s.Hits != 3 || s.Stale != 2 || s.Misses != 2 || s.Puts != 1 {
		t.Errorf("%+v", s)
	}
}

func TestOff(t *testing.T) {
	t.Parallel()
	w := setup(t, func(c *resultcache.Config) { c.Fresh, c.MaxStale = 0, 0 })
	w.put(t)
	if p, _ := w.cache.Get(t.Context(), "a"); p != nil || len(w.store.files) != 0 {
		t.Error("a cache that is off keeps pictures")
	}
	if s := w.cache.Stats(); s != (resultcache.Stats{}) {
		t.Errorf("a cache that is off counts %+v", s)
	}
}

// What is not exactly what was put is a miss.
func TestSpoiltEntries(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.put(t)
	good := bytes.Clone(w.store.files["a"])
	broken := uint64(0)
	f := func(data []byte) {
		t.Helper()
		w.store.files["a"] = data
		if p, _ := w.cache.Get(t.Context(), "a"); p != nil {
			t.Errorf("%q was taken for an entry", data)
		}
		if broken++; w.cache.Stats().Broken != broken {
			t.Errorf("%q was not counted as broken", data)
		}
	}
	for n := range good {
		f(good[:n])
		bad := bytes.Clone(good)
		bad[n] ^= 0x10
		f(bad)
	}
	f(append(bytes.Clone(good), 0))

	w.store.files["b"] = good // another key's
	if p, _ := w.cache.Get(t.Context(), "b"); p != nil {
		t.Error("an entry of another key was served")
	}
	other, err := resultcache.New(resultcache.Config{Engine: "v2", Fresh: time.Hour, Writes: 1, MaxBytes: 100, Now: func() time.Time { return w.now }}, w.store)
	if err != nil {
		t.Fatal(err)
	}
	w.store.files["a"] = good
	if p, _ := other.Get(t.Context(), "a"); p != nil {
		t.Error("a picture of another engine was served")
	}
	if p, fresh := w.cache.Get(t.Context(), "a"); p == nil || !fresh {
		t.Error("the good entry is lost")
	}
}

func TestStoreFails(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.store.err = errors.New("no space left on device")
	w.put(t)
	if p, _ := w.cache.Get(t.Context(), "a"); p != nil {
		t.Error("a picture from a store that fails")
	}
	if s := w.cache.Stats(); s.Failed != 2 || s.Puts != 0 {
		t.Errorf("%+v", s)
	}
}

// A store that hangs holds back no more than Writes pictures; the rest are dropped.
func TestSlowStore(t *testing.T) {
	t.Parallel()
	w := setup(t, func(c *resultcache.Config) { c.Writes = 1 })
	w.store.hold = make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.put(t)
	}()
	<-w.store.hold // the first is being written
	w.put(t)
	if s := w.cache.Stats(); s.Dropped != 1 {
		t.Errorf("%+v; want the second picture dropped", s)
	}
	w.store.hold <- struct{}{}
	<-done
	if s := w.cache.Stats(); s.Puts != 1 {
		t.Errorf("%+v; want the first picture written", s)
	}
}

func TestTooLargeIsNotKept(t *testing.T) {
	t.Parallel()
	w := setup(t, func(c *resultcache.Config) { c.MaxBytes = 5 })
	w.put(t)
	if s := w.cache.Stats(); s.Dropped != 1 || len(w.store.files) != 0 {
		t.Errorf("%+v, %d files", s, len(w.store.files))
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	_, err := resultcache.New(resultcache.Config{Fresh: -1, MaxStale: -1, Engine: strings.Repeat("v", 1025)}, nil)
	if err == nil {
		t.Fatal("a broken configuration was taken")
	}
	for _, field := range []string{"Fresh", "MaxStale", "Engine", "Writes", "MaxBytes"} {
		if !bytes.Contains([]byte(err.Error()), []byte("resultcache.Config."+field+": expected")) {
			t.Errorf("%v does not name %s", err, field)
		}
	}
}

func FuzzEntry(f *testing.F) {
	store := &memory{files: map[string][]byte{}}
	cache, err := resultcache.New(resultcache.DefaultConfig(), store)
	if err != nil {
		f.Fatal(err)
	}
	cache.Put(f.Context(), "a", &resultcache.Picture{Data: []byte("pixels"), ETag: `"e"`, Made: time.Now()})
	f.Add(store.files["a"])
	f.Fuzz(func(t *testing.T, data []byte) {
		own := &memory{files: map[string][]byte{"a": data}}
		c, err := resultcache.New(resultcache.DefaultConfig(), own)
		if err != nil {
			t.Fatal(err)
		}
		c.Get(t.Context(), "a")
	})
}
