package api_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/resultcache"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

// kept is a store in memory.
type kept struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (k *kept) Get(_ context.Context, key string) (io.ReadCloser, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	data, ok := k.files[key]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func (k *kept) Put(_ context.Context, key string, body io.Reader) error {
	data, err := io.ReadAll(body)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.files[key] = data
	return err
}

// clock can be set forward while requests run.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time           { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) forward(by time.Duration) { c.ahead.Add(int64(by)) }

// keptAll returns when so many pictures have been kept, which happens after their
// answers.
func (w *world) keptAll(n uint64) {
	w.t.Helper()
	for end := time.Now().Add(10 * time.Second); w.results.Stats().Puts < n; {
		if time.Now().After(end) {
			w.t.Fatalf("expected %d pictures to be kept, found %+v", n, w.results.Stats())
		}
	}
}

// withClock gives a world's kept pictures a clock.
func withClock(t *testing.T, c *clock) func(*api.Config, *api.Parts) {
	return func(_ *api.Config, p *api.Parts) { p.Results = results(t, c) }
}

func results(t testing.TB, c *clock) *resultcache.Cache {
	t.Helper()
	cfg := resultcache.DefaultConfig()
	cfg.Now = c.now
	r, err := resultcache.New(cfg, &kept{files: map[string][]byte{}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// countingPhotos counts the photos that are asked for: one a render.
func (w *world) countingPhotos() *atomic.Int64 {
	var n atomic.Int64
	good := w.photos
	w.photos = func(ctx context.Context, url string) (*fetcher.Photo, error) {
		n.Add(1)
		return good(ctx, url)
	}
	return &n
}

func TestKeptPicture(t *testing.T) {
	t.Parallel()
	c := &clock{}
	w := setup(t, withClock(t, c))
	renders := w.countingPhotos()
	first := w.get(w.url(nil))
	w.keptAll(1)
	c.forward(10 * time.Minute)
	second := w.get(w.url(nil))
	if renders.Load() != 1 || !bytes.Equal(first.body, second.body) || first.header.Get("ETag") != second.header.Get("ETag") {
		t.Errorf("%d renders; want the second answer to be the first picture", renders.Load())
	}
	if a, b := first.header.Get("X-Cache"), second.header.Get("X-Cache"); a != "miss" || b != "hit" || first.header.Get("Age") != "" || second.header.Get("Age") != "600" {
		t.Errorf("X-Cache %q and %q, Age %q and %q", a, b, first.header.Get("Age"), second.header.Get("Age"))
	}
	// Another form of the URL and another key are the same picture.
	rotated := renderurl.Builder{Base: w.server.URL, Key: w.key, WithKeyID: true}
	link, err := rotated.Build(renderurl.Request{Customer: "acme", Template: "card", Version: 1, Format: templates.PNG, Fields: templates.Fields{"title": "Hat", "image_link": photoURL}})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.get(link); got.header.Get("X-Cache") != "hit" {
		t.Errorf("with a key's ID: %v", got.header)
	}
	// Anything else is another picture.
	for name, change := range map[string]func(*renderurl.Request){
		"version": func(r *renderurl.Request) { r.Version = 2 },
		"title":   func(r *renderurl.Request) { r.Fields["title"] = "Cap" },
	} {
		if got := w.get(w.url(change)); got.status != http.StatusOK || got.header.Get("X-Cache") != "miss" {
			t.Errorf("another %s: %d %v", name, got.status, got.header)
		}
	}
	// Without a version the published one's picture answers, for a minute.
	got := w.get(w.url(func(r *renderurl.Request) { r.Version = 0 }))
	if got.header.Get("X-Cache") != "hit" || got.header.Get("Cache-Control") != "public, max-age=60" || got.header.Get("Age") != "" {
		t.Errorf("without a version: %v", got.header)
	}
	if got := w.get(w.url(func(r *renderurl.Request) { r.Fields["title"] = "Cap" }) + "x"); got.status != http.StatusForbidden {
		t.Errorf("a kept picture with a wrong signature: %d", got.status)
	}
	if got := w.do(http.MethodGet, w.url(nil), "If-None-Match", first.header.Get("ETag")); got.status != http.StatusNotModified {
		t.Errorf("If-None-Match of a kept picture: %d", got.status)
	}
}

func TestManyForOnePicture(t *testing.T) {
	t.Parallel()
	const clients = 1000
	w := setup(t, nil)
	renders := w.countingPhotos()
	good := w.photos
	goOn := make(chan struct{})
	w.photos = func(ctx context.Context, url string) (*fetcher.Photo, error) {
		<-goOn
		return good(ctx, url)
	}
	link := w.url(nil)
	var group sync.WaitGroup
	var bad atomic.Int64
	for range clients {
		group.Go(func() {
			if got := w.serve(link); got.Code != http.StatusOK {
				bad.Add(1)
			}
		})
	}
	for w.api.Waiting(link) < clients {
		// until all of them wait
	}
	close(goOn)
	group.Wait()
	if renders.Load() != 1 || bad.Load() != 0 {
		t.Errorf("%d renders for %d requests, %d of which failed", renders.Load(), clients, bad.Load())
	}
	w.keptAll(1)
	if got := w.get(link); got.header.Get("X-Cache") != "hit" {
		t.Errorf("afterwards: %v", got.header)
	}
	if metrics := w.metrics(); !strings.Contains(metrics, `adloom_pictures_total{cache="joined"} 999`) || !strings.Contains(metrics, `adloom_pictures_total{cache="miss"} 1`) {
		t.Error("those who joined were not counted")
	}
}

// The first client's departure does not fail the others.
func TestLeaderLeaves(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	good := w.photos
	came, goOn := make(chan struct{}), make(chan struct{})
	w.photos = func(ctx context.Context, url string) (*fetcher.Photo, error) {
		close(came)
		<-goOn
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return good(ctx, url)
	}
	link := w.url(nil)
	ctx, leave := context.WithCancel(t.Context())
	first := make(chan struct{})
	go func() {
		defer close(first)
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
		if res, err := w.server.Client().Do(req); err == nil {
			res.Body.Close()
		}
	}()
	<-came
	second := make(chan int)
	go func() { second <- w.serve(link).Code }()
	for w.api.Waiting(link) < 2 {
		// until the second waits, too
	}
	leave()
	<-first
	for w.api.Waiting(link) > 1 {
		// until the server has seen the first one leave
	}
	close(goOn)
	if code := <-second; code != http.StatusOK {
		t.Errorf("the second client got %d", code)
	}
}

// Who asks for a picture that is being kept gets it, however full the process is.
func TestPictureThatIsBeingKept(t *testing.T) {
	t.Parallel()
	store := &hanging{kept{files: map[string][]byte{}}, make(chan struct{})}
	w := setup(t, func(_ *api.Config, p *api.Parts) {
		var err error
		if p.Results, err = resultcache.New(resultcache.DefaultConfig(), store); err != nil {
			t.Fatal(err)
		}
		cfg := throttle.DefaultGateConfig()
		cfg.MaxQueue = 1
		if p.Gate, err = throttle.NewGate(cfg); err != nil {
			t.Fatal(err)
		}
	})
	defer close(store.goOn)
	first := w.get(w.url(nil))
	pass, err := w.gate.Enter("other")
	if err != nil {
		t.Fatal(err)
	}
	defer pass.Leave()
	for w.api.Waiting(w.url(nil)) > 0 {
		// until the first has its answer
	}
	if got := w.get(w.url(nil)); got.status != http.StatusOK || !bytes.Equal(got.body, first.body) || got.header.Get("X-Cache") != "joined" {
		t.Errorf("%d %v %.200s", got.status, got.header, got.body)
	}
}

// hanging is a store that writes when it is let.
type hanging struct {
	kept
	goOn chan struct{}
}

func (h *hanging) Put(ctx context.Context, key string, body io.Reader) error {
	<-h.goOn
	return h.kept.Put(ctx, key, body)
}

// deaf is a limiter that answers when it is let, whatever becomes of the request.
type deaf struct {
	api.Limiter
	goOn chan struct{} // nil: at once
}

func (d *deaf) Acquire(ctx context.Context, customer string) (*throttle.Lease, error) {
	if d.goOn != nil {
		<-d.goOn
	}
	return d.Limiter.Acquire(context.WithoutCancel(ctx), customer)
}

// What does not end in time is no reason to send no picture.
func TestStaleInsteadOfTimeout(t *testing.T) {
	t.Parallel()
	c := &clock{}
	limiter := &deaf{}
	w := setup(t, func(cfg *api.Config, p *api.Parts) {
		withClock(t, c)(cfg, p)
		limiter.Limiter = p.Limiter
		p.Limiter, cfg.Timeout = limiter, 500*time.Millisecond
	})
	first := w.get(w.url(nil))
	w.keptAll(1)
	c.forward(2 * time.Hour)
	limiter.goOn = make(chan struct{})
	defer close(limiter.goOn)
	if got := w.get(w.url(nil)); got.status != http.StatusOK || !bytes.Equal(got.body, first.body) || got.header.Get("X-Cache") != "stale" {
		t.Errorf("%d %v %.200s", got.status, got.header, got.body)
	}
	records := w.logs.FilterMessage("render").All()
	if got := records[len(records)-1].ContextMap()["reason"]; got != "out_of_time" {
		t.Errorf("the log's reason is %v", got)
	}
	if got := w.get(w.url(func(r *renderurl.Request) { r.Fields["title"] = "Cap" })); got.status != http.StatusGatewayTimeout {
		t.Errorf("a picture that was never drawn: %d", got.status)
	}
}

// A render that fails has taken its time, too.
func TestSlowRendersThatFail(t *testing.T) {
	t.Parallel()
	w := setup(t, func(_ *api.Config, p *api.Parts) {
		cfg := throttle.DefaultConfig()
		cfg.SlowRender, cfg.SlowRenders = 1, 1
		limiter, err := throttle.New(cfg, redistest.Embedded(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(limiter.Close)
		p.Limiter = limiter
	})
	good := w.photos
	w.photos = func(ctx context.Context, url string) (*fetcher.Photo, error) {
		photo, err := good(ctx, url)
		photo.Data = photo.Data[:len(photo.Data)-20] // its header is whole
		return photo, err
	}
	if got := w.get(w.url(nil)); got.status != http.StatusFailedDependency {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := w.get(w.url(nil)); got.status != http.StatusTooManyRequests || got.problem(t)["reason"] != "customer_slow_renders" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// refusing is a limiter that can be told to refuse.
type refusing struct {
	api.Limiter
	err error
}

func (r *refusing) Acquire(ctx context.Context, customer string) (*throttle.Lease, error) {
	if r.err != nil {
		return nil, r.err
	}
	return r.Limiter.Acquire(ctx, customer)
}

func TestStaleInsteadOfRefusal(t *testing.T) {
	t.Parallel()
	c := &clock{}
	limiter := &refusing{}
	w := setup(t, func(cfg *api.Config, p *api.Parts) {
		withClock(t, c)(cfg, p)
		limiter.Limiter = p.Limiter
		p.Limiter = limiter
	})
	good := w.photos
	first := w.get(w.url(nil))
	if first.status != http.StatusOK {
		t.Fatalf("%d %s", first.status, first.body)
	}
	w.keptAll(1)
	c.forward(2 * time.Hour)
	stale := func(what string) answer {
		t.Helper()
		got := w.get(w.url(nil))
		if got.status != http.StatusOK || !bytes.Equal(got.body, first.body) || got.header.Get("X-Cache") != "stale" ||
			got.header.Get("Warning") != `110 adloom "Response is Stale"` || got.header.Get("Age") != "" || got.header.Get("Cache-Control") != "public, max-age=60" {
			t.Errorf("%s: %d %v %.200s", what, got.status, got.header, got.body)
		}
		return got
	}
	limiter.err = &throttle.LimitedError{Customer: "acme", Reason: throttle.CustomerConcurrency, Limit: 4, RetryAfter: time.Second}
	stale("no lease")
	if got := w.get(w.url(func(r *renderurl.Request) { r.Fields["title"] = "Cap" })); got.status != http.StatusTooManyRequests {
		t.Errorf("a picture that was never drawn: %d", got.status)
	}
	limiter.err = nil

	failing := func(e fetcher.Error) {
		e.Err = errors.New("as it is")
		w.photos = func(context.Context, string) (*fetcher.Photo, error) { return nil, &e }
	}
	failing(fetcher.Error{Reason: fetcher.Timeout})
	stale("a slow shop")
	failing(fetcher.Error{Reason: fetcher.BadStatus, Status: 503})
	stale("a shop in trouble")
	failing(fetcher.Error{Reason: fetcher.BadStatus, Status: 404})
	if got := w.get(w.url(nil)); got.status != http.StatusFailedDependency {
		t.Errorf("a photo that is gone: %d; want the truth", got.status)
	}
	w.photos = good
	if got := w.get(w.url(nil)); got.status != http.StatusOK || got.header.Get("X-Cache") != "miss" {
		t.Errorf("when all is well again: %d %v", got.status, got.header)
	}
	if metrics := w.metrics(); !strings.Contains(metrics, `adloom_pictures_total{cache="stale"} 3`) ||
		!strings.Contains(metrics, `adloom_refusals_total{customer="acme",reason="customer_concurrency"} 2`) {
		t.Error("stale pictures or what was refused were not counted")
	}
}

// A whole picture that is old is better than a new one without its photo, while the
// shop is in trouble; degraded ones are not kept.
func TestStaleInsteadOfDegraded(t *testing.T) {
	t.Parallel()
	c := &clock{}
	w := setup(t, withClock(t, c))
	w.source.documents["card@1"] = strings.Replace(card, `"src":"{{image_link}}"`, `"src":"{{image_link}}","fallback":"hide"`, 1)
	good := w.photos
	bad := func(context.Context, string) (*fetcher.Photo, error) {
		return nil, &fetcher.Error{Reason: fetcher.Timeout, Err: errors.New("slow")}
	}
	w.photos = bad
	for range 2 {
		if got := w.get(w.url(nil)); got.status != http.StatusOK || got.header.Get("X-Cache") != "miss" || got.header.Get("Cache-Control") != "public, max-age=60" {
			t.Errorf("degraded: %d %v", got.status, got.header)
		}
	}
	w.photos = good
	whole := w.get(w.url(nil))
	w.keptAll(1)
	c.forward(2 * time.Hour)
	w.photos = bad
	if got := w.get(w.url(nil)); !bytes.Equal(got.body, whole.body) || got.header.Get("X-Cache") != "stale" {
		t.Errorf("%d %v; want the whole picture", got.status, got.header)
	}
}

// A version that was loaded before serves on from what is kept while templates are
// away, though nothing of it is in memory any more.
func TestStaleWhileTemplatesAreAway(t *testing.T) {
	t.Parallel()
	c := &clock{}
	kept := results(t, c)
	use := func(_ *api.Config, p *api.Parts) { p.Results = kept }
	before := setup(t, use)
	first := before.get(before.url(nil))
	before.keptAll(1)
	c.forward(2 * time.Hour)
	w := setup(t, use)
	w.source.away.Store(true)
	if got := w.get(w.url(nil)); got.status != http.StatusOK || !bytes.Equal(got.body, first.body) || got.header.Get("X-Cache") != "stale" {
		t.Errorf("%d %v %.200s", got.status, got.header, got.body)
	}
	got := w.get(w.url(func(r *renderurl.Request) { r.Fields["title"] = "Cap" }))
	if p := got.problem(t); got.status != http.StatusServiceUnavailable || p["type"] != "templates_away" || got.header.Get("Retry-After") != "5" {
		t.Errorf("%d %v %v", got.status, got.header, p)
	}
}

// What an operator has paused is not drawn, whoever asks; what is kept of it is sent.
func TestPaused(t *testing.T) {
	t.Parallel()
	clock := &clock{}
	w := setup(t, func(_ *api.Config, p *api.Parts) { p.Results = results(t, clock) })
	kept := w.url(nil)
	fresh := func(title string) string {
		return w.url(func(r *renderurl.Request) { r.Fields = templates.Fields{"title": title, "image_link": photoURL} })
	}
	if got := w.get(kept); got.status != http.StatusOK {
		t.Fatalf("before: %d %s", got.status, got.body)
	}
	w.keptAll(1)
	for what, detail := range map[string]string{"customer": `paused customer "acme"`, "template": `paused template "card" of customer "acme"`} {
		w.paused.Store(what)
		got := w.get(fresh("new while " + what))
		p := got.problem(t)
		if got.status != http.StatusTooManyRequests || p["reason"] != "paused" || p["title"] != "Paused by an operator" || got.header.Get("Retry-After") != "60" || !strings.Contains(p["detail"].(string), detail) {
			t.Errorf("%s paused: %d %v %v", what, got.status, got.header, p)
		}
		if got := w.get(kept); got.status != http.StatusOK || got.header.Get("X-Cache") != "hit" {
			t.Errorf("%s paused, a kept picture: %d %v", what, got.status, got.header)
		}
	}
	clock.forward(2 * time.Hour)
	if got := w.get(kept); got.status != http.StatusOK || got.header.Get("X-Cache") != "stale" {
		t.Errorf("an old picture: %d %v", got.status, got.header)
	}
	w.paused.Store("")
	if got := w.get(fresh("resumed")); got.status != http.StatusOK {
		t.Errorf("resumed: %d %s", got.status, got.body)
	}
}
