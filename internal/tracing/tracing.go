// Package tracing sends finished requests to a collector as OpenTelemetry spans: one for the request, and below it one
// for each go of each stage and for each photo.
//
// Spans are made when the request has ended, from what its record says, so a request does not wait for them and nothing
// is spent on those that are not sampled. URLs of photos lose their secrets, as in the request log. The trace ID is the
// request ID behind 16 zeros: whoever has an X-Request-Id has the trace. A request that a trusted proxy says is part of a
// trace keeps that one's ID, and is sampled if that is.
//
// The collector may be slow or away. Spans wait in a buffer of 2,048, beyond which they are dropped.
package tracing

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/url"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"

	"github.com/adloom/adloom/reqlog"
)

// Config says where spans go.
type Config struct {
	URL     string  // of the collector's OTLP over HTTP, such as http://localhost:4318
	Share   float64 // of requests that are sent, 0 to 1
	Node    string
	Version string
}

// closing bounds how long Close waits for the collector.
const closing = 3 * time.Second

// Tracer sends requests. It is safe for concurrent use.
type Tracer struct {
	provider *trace.TracerProvider
	tracer   api.Tracer
}

// New returns a tracer, which the caller closes. The collector need not be there.
func New(c Config) (*Tracer, error) {
	if !(c.Share >= 0 && c.Share <= 1) {
		return nil, fmt.Errorf("tracing: expected a share of 0 to 1, found %v", c.Share)
	}
	if u, err := url.Parse(c.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, fmt.Errorf("tracing: expected the address of a collector such as http://localhost:4318, found %q", c.URL)
	}
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(c.URL+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("tracing: collector at %s: %w", c.URL, err)
	}
	return newTracer(c, trace.WithBatcher(exporter)), nil
}

func newTracer(c Config, processor trace.TracerProviderOption) *Tracer {
	provider := trace.NewTracerProvider(processor,
		trace.WithIDGenerator(&ids{}),
		trace.WithSampler(trace.ParentBased(trace.TraceIDRatioBased(c.Share))),
		trace.WithResource(resource.NewSchemaless(
			attribute.String("service.name", "adloom"), attribute.String("service.version", c.Version), attribute.String("service.instance.id", c.Node))),
	)
	return &Tracer{provider: provider, tracer: provider.Tracer("adloom")}
}

// Close sends what waits, for a few seconds.
func (t *Tracer) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// Add sends a request, or does not.
func (t *Tracer) Add(r *reqlog.Record) {
	ctx := context.WithValue(context.Background(), requestKey{}, r.RequestID)
	if r.Parent != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": r.Parent})
	}
	ctx, span := t.tracer.Start(ctx, "render", api.WithTimestamp(r.Time), api.WithSpanKind(api.SpanKindServer))
	defer span.End(api.WithTimestamp(r.Time.Add(r.Total)))
	if !span.IsRecording() {
		return
	}
	span.SetAttributes(attributes(r)...)
	if r.Error != "" {
		span.SetStatus(codes.Error, r.Error)
	}
	for _, s := range r.Steps {
		t.part(ctx, s.Name, s.Start, s.Took)
	}
	for _, p := range r.Photos {
		t.part(ctx, "photo", p.Start, p.Took, attribute.String("url.full", p.ShownURL()), attribute.Int("http.response.body.size", p.Bytes),
			attribute.Bool("adloom.cached", p.Cached), attribute.String("error.type", p.Error))
	}
}

func (t *Tracer) part(ctx context.Context, name string, start time.Time, took time.Duration, about ...attribute.KeyValue) {
	_, span := t.tracer.Start(ctx, name, api.WithTimestamp(start), api.WithAttributes(about...))
	span.End(api.WithTimestamp(start.Add(took)))
}

func attributes(r *reqlog.Record) []attribute.KeyValue {
	return []attribute.KeyValue{
		attribute.String("adloom.request_id", r.RequestID), attribute.String("adloom.customer", r.Customer),
		attribute.String("adloom.template", r.Template), attribute.Int("adloom.version", r.Version),
		attribute.String("adloom.cache", r.Cache), attribute.String("adloom.reason", r.Reason), attribute.String("error.type", r.Error),
		attribute.Int("http.response.status_code", r.Status), attribute.Int("http.response.body.size", r.Bytes),
		attribute.String("client.address", r.Client), attribute.String("user_agent.original", r.Agent),
	}
}

type requestKey struct{}

// ids makes IDs of the request's own.
type ids struct{ random randomIDs }

// NewIDs implements trace.IDGenerator.
func (g *ids) NewIDs(ctx context.Context) (api.TraceID, api.SpanID) {
	var id api.TraceID
	request, _ := ctx.Value(requestKey{}).(string)
	if n, err := hex.Decode(id[8:], []byte(request)); err != nil || n != 8 {
		id = g.random.trace()
	}
	return id, g.random.span()
}

// NewSpanID implements trace.IDGenerator.
func (g *ids) NewSpanID(context.Context, api.TraceID) api.SpanID { return g.random.span() }
