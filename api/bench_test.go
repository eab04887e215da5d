package api_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/throttle"

	"go.uber.org/zap"
)

// BenchmarkRefused is what a node pays for a request that it has no room for, with a
// URL that it has never seen, without the server around it.
func BenchmarkRefused(b *testing.B) {
	gate := throttle.DefaultGateConfig()
	gate.MaxQueue = 1
	w := setup(b, func(_ *api.Config, p *api.Parts) {
		var err error
		if p.Gate, err = throttle.NewGate(gate); err != nil {
			b.Fatal(err)
		}
		p.Watchers = []api.Watcher{requestLog(b)}
	})
	pass, err := w.gate.Enter("other")
	if err != nil {
		b.Fatal(err)
	}
	defer pass.Leave()
	links := make([]*http.Request, 1024)
	for i := range links {
		links[i] = httptest.NewRequest(http.MethodGet, w.url(func(r *renderurl.Request) { r.Fields["title"] = strconv.Itoa(i) }), nil)
	}
	handler := w.api.Handler()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		rec := httptest.NewRecorder()
		if handler.ServeHTTP(rec, links[i%len(links)]); rec.Code != http.StatusTooManyRequests {
			b.Fatalf("%d %s", rec.Code, rec.Body)
		}
	}
}

// BenchmarkHit is an answer that was kept.
func BenchmarkHit(b *testing.B) {
	w := setup(b, func(_ *api.Config, p *api.Parts) { p.Watchers = []api.Watcher{requestLog(b)} })
	request := httptest.NewRequest(http.MethodGet, w.url(nil), nil)
	handler := w.api.Handler()
	handler.ServeHTTP(httptest.NewRecorder(), request)
	w.keptAll(1)
	b.ReportAllocs()
	for b.Loop() {
		rec := httptest.NewRecorder()
		if handler.ServeHTTP(rec, request); rec.Header().Get("X-Cache") != "hit" {
			b.Fatalf("%d %v", rec.Code, rec.Header())
		}
	}
}

// requestLog keeps what a node does by default, and writes it nowhere.
func requestLog(b *testing.B) *reqlog.Log {
	b.Helper()
	l, err := reqlog.New(reqlog.Config{Share: reqlog.ForAll(.1), Budget: reqlog.ForAll(600), Buffer: 4096}, reqlog.ToZap(zap.NewNop()))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	return l
}
