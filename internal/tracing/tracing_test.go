package tracing

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/adloom/adloom/reqlog"
)

func record(start time.Time) *reqlog.Record {
	return &reqlog.Record{
		Time: start, RequestID: "00112233445566ff", Customer: "acme", Template: "card", Status: 424, Error: "photo_unavailable", Total: 30 * time.Millisecond,
		Steps:  []reqlog.Step{{Name: "wait", Start: start, Took: time.Millisecond}, {Name: "download", Start: start.Add(time.Millisecond), Took: 20 * time.Millisecond}},
		Photos: []reqlog.Photo{{URL: "https://shop.example/a.jpg", Start: start.Add(time.Millisecond), Took: 19 * time.Millisecond, Error: "timeout"}},
	}
}

// A request is one trace, found by its request ID; its parts lie inside it.
func TestSpans(t *testing.T) {
	t.Parallel()
	sent := tracetest.NewInMemoryExporter()
	tracer := newTracer(Config{Share: 1}, trace.WithSyncer(sent))
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	tracer.Add(record(start))
	spans := sent.GetSpans()
	if len(spans) != 4 {
		t.Fatalf("%d spans; want the request, two steps and a photo", len(spans))
	}
	root := spans[3]
	if id := root.SpanContext.TraceID().String(); id != "000000000000000000112233445566ff" || root.Status.Code != codes.Error ||
		!root.StartTime.Equal(start) || root.EndTime.Sub(root.StartTime) != 30*time.Millisecond {
		t.Errorf("the request: trace %s, %+v", id, root)
	}
	for _, s := range spans[:3] {
		if s.Parent.SpanID() != root.SpanContext.SpanID() || s.StartTime.Before(root.StartTime) || s.EndTime.After(root.EndTime) {
			t.Errorf("%s from %v to %v is no part of the request", s.Name, s.StartTime, s.EndTime)
		}
	}
}

// An address that spans would never reach is told at the start, not by their absence.
func TestAddress(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"", "localhost:4318", "collector", "http://", "http://:4318", "grpc://localhost:4317", "http://a b"} {
		if tracer, err := New(Config{URL: wrong}); err == nil {
			t.Errorf("%q is taken for a collector: %v", wrong, tracer.Close())
		}
	}
	for _, right := range []string{"http://localhost:4318", "https://collector.example/otlp/"} {
		tracer, err := New(Config{URL: right})
		if err != nil {
			t.Errorf("%q: %v", right, err)
			continue
		}
		if err := tracer.Close(); err != nil {
			t.Errorf("%q: %v", right, err)
		}
	}
}

// What a shop's URL carries of keys stays here, and no bytes of it keep the other spans from being sent.
func TestSecrets(t *testing.T) {
	t.Parallel()
	sent := tracetest.NewInMemoryExporter()
	tracer := newTracer(Config{Share: 1}, trace.WithSyncer(sent))
	r := record(time.Now())
	r.Photos[0].URL = "https://user:secret1@shop.example/a.jpg?X-Amz-Signature=secret2&token=secret3&w=9\xff"
	tracer.Add(r)
	for _, s := range sent.GetSpans() {
		for _, a := range s.Attributes {
			if text := a.Value.String(); strings.Contains(text, "secret") || !utf8.ValidString(text) {
				t.Errorf("%s: %s is %q", s.Name, a.Key, text)
			}
		}
	}
}

// Of many requests about the share is sent; one whose caller is traced is, whatever the share.
func TestShare(t *testing.T) {
	t.Parallel()
	sent := tracetest.NewInMemoryExporter()
	tracer := newTracer(Config{Share: 0.25}, trace.WithSyncer(sent))
	const digits = "0123456789abcdef"
	for i := range 256 {
		tracer.Add(&reqlog.Record{RequestID: string([]byte{digits[i>>4], digits[i&15]}) + "112233445566ff"})
	}
	if n := len(sent.GetSpans()); n != 64 {
		t.Errorf("%d of 256 requests were sent; want a quarter", n)
	}
	sent.Reset()
	none := newTracer(Config{}, trace.WithSyncer(sent))
	none.Add(record(time.Now()))
	if n := len(sent.GetSpans()); n != 0 {
		t.Errorf("%d spans with a share of 0", n)
	}
	traced := record(time.Now())
	traced.Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	none.Add(traced)
	if spans := sent.GetSpans(); len(spans) != 4 || spans[3].SpanContext.TraceID().String() != "0af7651916cd43dd8448eb211c80319c" || spans[3].Parent.SpanID().String() != "b7ad6b7169203331" {
		t.Errorf("a traced caller: %v", spans)
	}
	sent.Reset()
	traced.Parent = "00-nonsense"
	none.Add(traced)
	if n := len(sent.GetSpans()); n != 0 {
		t.Errorf("%d spans for a broken traceparent", n)
	}
}

func BenchmarkNotSampled(b *testing.B) {
	tracer := newTracer(Config{}, trace.WithSyncer(tracetest.NewInMemoryExporter()))
	r := record(time.Now())
	for b.Loop() {
		tracer.Add(r)
	}
}
