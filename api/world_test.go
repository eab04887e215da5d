package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/resultcache"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	photoURL = "https://shop.test/photo.png"
	card     = `{"schema":1,"name":"card","width":40,"height":30,"fields":[{"name":"title","type":"text","required":true},{"name":"price","type":"money"},
		{"name":"sale_price","type":"money"},{"name":"image_link","type":"image"}],"layers":[
		{"id":"photo","type":"image","width":40,"height":20,"src":"{{image_link}}"},
		{"id":"title","type":"text","y":20,"width":40,"size":8,"font":"Go","text":"{{title}}"},
		{"id":"badge","type":"shape","shape":"ellipse","width":9,"height":9,"fill":"red","show":"sale_price < price"}]}`
)

// here runs everything where it is called.
type here struct{}

func (here) Do(f func()) { f() }

// world is an API whose templates, keys and photos are in memory.
type world struct {
	t       testing.TB
	server  *httptest.Server
	api     *api.API
	source  *source
	photos  func(ctx context.Context, url string) (*fetcher.Photo, error)
	doubted atomic.Pointer[string] // the last URL
	paused  atomic.Value           // "customer", "template" or nothing
	results *resultcache.Cache
	limiter *throttle.Limiter
	gate    *throttle.Gate
	logs    *observer.ObservedLogs
	key     renderurl.Key
}

func setup(t testing.TB, change func(*api.Config, *api.Parts)) *world {
	t.Helper()
	w := &world{t: t, source: &source{documents: map[string]string{"card@1": card, "card@2": card}, published: 2},
		key: renderurl.Key{ID: "k1", Secret: bytes.Repeat([]byte("s"), 32)}}
	picture := onePNG(t)
	w.photos = func(_ context.Context, url string) (*fetcher.Photo, error) {
		info, err := imageinfo.Read(picture)
		return &fetcher.Photo{URL: url, Data: picture, Info: info}, err
	}
	var err error
	w.limiter, err = throttle.New(throttle.DefaultConfig(), redistest.Embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.limiter.Close)
	w.gate, err = throttle.NewGate(throttle.DefaultGateConfig())
	if err != nil {
		t.Fatal(err)
	}
	core, logs := observer.New(zap.InfoLevel)
	w.logs = logs
	log := zap.New(core)
	cfg := api.DefaultConfig()
	parts := api.Parts{
		Templates: w.source, Keys: w, Pauses: w, Photos: w, Limiter: w.limiter, Gate: w.gate, Threads: here{},
		Results:  results(t, &clock{}),
		Engine:   renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets()),
		Watchers: []api.Watcher{recorder{reqlog.ToZap(log.Named("request"))}}, Log: log, Metrics: prometheus.NewRegistry(),
	}
	if change != nil {
		change(&cfg, &parts)
	}
	w.results, w.gate = parts.Results, parts.Gate
	if w.api, err = api.New(cfg, parts); err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(w.api.Handler())
	t.Cleanup(func() {
		w.server.Close()
		w.api.Close()
	})
	return w
}

func (w *world) Fetch(ctx context.Context, url string) (*fetcher.Photo, error) {
	return w.photos(ctx, url)
}

func (w *world) Doubt(_ context.Context, url string) { w.doubted.Store(&url) }

func (w *world) Paused(customer, template string) (paused, whole bool) {
	switch w.paused.Load() {
	case "customer":
		return customer == "acme", true
	case "template":
		return customer == "acme" && template == "card", false
	}
	return false, false
}

func (w *world) Keys(customer string) ([]renderurl.Key, error) {
	switch customer {
	case "acme":
		return []renderurl.Key{w.key}, nil
	case "damaged":
		return nil, errors.New("the disk is on fire at /secret/path")
	}
	return nil, nil
}

// recorder writes each record at once.
type recorder struct{ sink reqlog.Sink }

func (r recorder) Add(record *reqlog.Record) { r.sink.Write(reqlog.Entry{Record: record, Weight: 1}) }

// url signs a request for the card.
func (w *world) url(change func(*renderurl.Request)) string {
	w.t.Helper()
	r := renderurl.Request{Customer: "acme", Template: "card", Version: 1, Format: templates.PNG,
		Fields: templates.Fields{"title": "Hat", "image_link": photoURL}}
	if change != nil {
		change(&r)
	}
	b := renderurl.Builder{Base: w.server.URL, Key: w.key}
	link, err := b.Build(r)
	if err != nil {
		w.t.Fatal(err)
	}
	return link
}

// answer is a response, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (w *world) do(method, url string, header ...string) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), method, url, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Add(header[i], header[i+1])
	}
	res, err := w.server.Client().Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, body}
}

func (w *world) get(url string) answer {
	w.t.Helper()
	return w.do(http.MethodGet, url)
}

// metrics are what Prometheus would scrape.
func (w *world) metrics() string {
	rec := httptest.NewRecorder()
	w.api.Metrics().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return rec.Body.String()
}

// problem is an error answer, checked for what every one must have.
func (a answer) problem(t *testing.T) map[string]any {
	t.Helper()
	var p map[string]any
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Fatalf("status %d with %q: %v", a.status, a.body, err)
	}
	if a.header.Get("Content-Type") != "application/problem+json" || a.header.Get("Cache-Control") != "no-store" ||
		p["request_id"] != a.header.Get("X-Request-Id") || p["request_id"] == "" || p["status"] != float64(a.status) || p["title"] == "" || p["detail"] == "" {
		t.Errorf("problem %v with headers %v", p, a.header)
	}
	return p
}

// empty waits for the server's requests to end and checks that none left anything.
func (w *world) empty(what string) {
	w.t.Helper()
	if inside, running, held := w.gate.Stats().Inside, w.gate.Stats().Running, w.limiter.Stats().Held; inside != 0 || running != 0 || held != 0 {
		w.t.Errorf("%s: %d requests inside, %d slots and %d leases were left", what, inside, running, held)
	}
}

// source is a template source that counts its calls and can be away.
type source struct {
	documents map[string]string
	published int
	loads     atomic.Int64
	away      atomic.Bool
	entered   chan struct{} // if set, told of each load
	hold      chan struct{} // if set, a load waits until it is closed
}

var errAway = errors.New("connection refused")

func (s *source) Template(_ context.Context, customer, id string, version int) (*templates.Template, error) {
	s.loads.Add(1)
	if s.entered != nil {
		s.entered <- struct{}{}
	}
	if s.hold != nil {
		<-s.hold
	}
	if s.away.Load() {
		return nil, errAway
	}
	doc, ok := s.documents[fmt.Sprintf("%s@%d", id, version)]
	if !ok || customer != "acme" {
		return nil, fmt.Errorf("%w: %s/%s@%d", templates.ErrNotFound, customer, id, version)
	}
	t, err := templates.Decode([]byte(doc), nil)
	if err != nil {
		return nil, err
	}
	t.Customer, t.ID, t.Version = customer, id, version
	return t, nil
}

func (s *source) Published(_ context.Context, customer, id string) (int, error) {
	switch {
	case s.away.Load():
		return 0, errAway
	case customer != "acme" || id != "card":
		return 0, fmt.Errorf("%w: %s/%s", templates.ErrNotFound, customer, id)
	}
	return s.published, nil
}

func onePNG(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
