package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/adloom/adloom/reqlog"
)

// crowd are metrics of so many customers, each with what may happen to it, of which named are named.
func crowd(t testing.TB, customers, named int) (http.Handler, *metrics) {
	t.Helper()
	m := newMetrics(named)
	registry := prometheus.NewRegistry()
	if err := errors.Join(m.register(registry)...); err != nil {
		t.Fatal(err)
	}
	for i := range customers {
		for _, r := range []reqlog.Record{
			{Status: 200, Cache: "miss", Bytes: 1000}, {Status: 200, Cache: "hit", Bytes: 1000}, {Status: 304},
			{Status: 429, Error: "limited", Reason: "customer_concurrency"}, {Status: 429, Error: "limited", Reason: "node_full"},
			{Status: 424, Error: "photo_unavailable", Reason: "timeout"}, {Status: 499, Error: "client_gone"},
		} {
			r.Customer, r.Signed, r.Total = fmt.Sprintf("customer-%d", i), true, time.Millisecond
			r.Stages = []reqlog.Stage{{Name: "render", Took: time.Millisecond}}
			m.Add(&r)
		}
	}
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{}), m
}

func scrape(t testing.TB, handler http.Handler) string {
	rec := httptest.NewRecorder()
	handler.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	return rec.Body.String()
}

// However many customers there are, metrics name so many; nothing is lost of the others.
func TestSeriesAreBounded(t *testing.T) {
	t.Parallel()
	handler, m := crowd(t, 2000, 100)
	text := scrape(t, handler)
	if n := strings.Count(text, "\nadloom_requests_total{"); n != 101*5 {
		t.Errorf("%d series of requests; want five for each of 100 customers and the rest", n)
	}
	if want := `adloom_requests_total{customer="other",error="",status="200"} 3800`; !strings.Contains(text, want) {
		t.Errorf("metrics lack %s", want)
	}
	for _, want := range []string{`{reason="node_full"} 2000`, `{reason="paused"} 0`, `{reason="origin_limited"} 0`} {
		if !strings.Contains(text, "adloom_requests_limited_total"+want) {
			t.Errorf("metrics lack adloom_requests_limited_total%s", want)
		}
	}
	m.forget("customer-7")
	if text := scrape(t, handler); strings.Contains(text, `"customer-7"`) {
		t.Error("a customer that is named no longer still has series")
	}
}

// What is this node's fault is 0 from the start, so that its first time is an increase.
func TestOurErrorsBeginAtNothing(t *testing.T) {
	t.Parallel()
	handler, _ := crowd(t, 0, 1)
	text := scrape(t, handler)
	for _, err := range []error{errors.New("a bug"), &sourceError{errors.New("away")}, context.DeadlineExceeded} {
		p := explain(err)
		if want := fmt.Sprintf(`adloom_request_duration_seconds_count{status="%d"} 0`, p.Status); p.Status < 500 || !strings.Contains(text, want) {
			t.Errorf("%v: metrics lack %s", err, want)
		}
	}
}

// A name cannot say more than it is.
func TestHostileLabels(t *testing.T) {
	t.Parallel()
	m := newMetrics(10)
	registry := prometheus.NewRegistry()
	if err := errors.Join(m.register(registry)...); err != nil {
		t.Fatal(err)
	}
	m.Add(&reqlog.Record{Customer: "a\"} 1\nadloom_fake 1", Signed: true, Status: 200, Agent: "x\"\n"})
	m.Add(&reqlog.Record{Customer: "\xff", Signed: true, Status: 200})
	text := scrape(t, promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	if strings.Contains(text, "\nadloom_fake") || !strings.Contains(text, `adloom_requests_total{customer="a\"} 1\nadloom_fake 1",`) {
		t.Errorf("%s", text)
	}
}

// BenchmarkScrape is a scrape of a node that 2,000 customers ask, of which so many are named.
func BenchmarkScrape(b *testing.B) {
	for _, named := range []int{100, 2000} {
		b.Run(strconv.Itoa(named), func(b *testing.B) {
			handler, _ := crowd(b, 2000, named)
			for b.Loop() {
				scrape(b, handler)
			}
		})
	}
}

// BenchmarkMetrics is what counting one request costs.
func BenchmarkMetrics(b *testing.B) {
	_, m := crowd(b, 100, 100)
	r := reqlog.Record{Customer: "customer-1", Signed: true, Status: 200, Cache: "miss", Bytes: 1000, Total: 40 * time.Millisecond, Agent: "facebookcatalog/1.0"}
	for _, stage := range []string{"template", "cache", "wait", "download", "render", "encode"} {
		r.Stages = append(r.Stages, reqlog.Stage{Name: stage, Took: time.Millisecond})
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Add(&r)
	}
}

// A customer may have the name of the rest. When another takes its place, nothing is lost of the rest.
func TestCustomerNamedOther(t *testing.T) {
	t.Parallel()
	m := newMetrics(1)
	registry := prometheus.NewRegistry()
	if err := errors.Join(m.register(registry)...); err != nil {
		t.Fatal(err)
	}
	ask := func(customer string, times int) {
		for range times {
			m.Add(&reqlog.Record{Customer: customer, Signed: true, Status: 200})
		}
	}
	ask(otherCustomers, 10)
	ask("acme", 10)
	ask("shoes", 100)
	now := time.Now()
	m.customers.now = func() time.Time { now = now.Add(rankedEvery); return now }
	ask("acme", 1)
	if text, want := scrape(t, promhttp.HandlerFor(registry, promhttp.HandlerOpts{})), `adloom_requests_total{customer="other",error="",status="200"} 111`; !strings.Contains(text, want) {
		t.Errorf("metrics lack %s:\n%s", want, text)
	}
}
