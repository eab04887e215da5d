package main

import (
	"time"

	"go.opentelemetry.io/otel"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/adloom/adloom/internal/tracing"
)

// traceFlags are about OpenTelemetry.
type traceFlags struct {
	OTLPEndpoint string  `name:"otlp-endpoint" placeholder:"URL" help:"OpenTelemetry collector that takes OTLP over HTTP, such as http://localhost:4318. Without one nothing is traced."`
	TraceShare   float64 `default:"0.01" help:"Share of requests that are traced, 0 to 1. Those that a trusted proxy traces are, in any case."`
}

// tracer returns what sends requests to the collector; nil without one.
func (f traceFlags) tracer(node string, log *zap.Logger) (*tracing.Tracer, error) {
	if f.OTLPEndpoint == "" {
		return nil, nil
	}
	troubles := onceAMinute(log)
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { troubles.Warn("tracing", zap.Error(err)) }))
	tracer, err := tracing.New(tracing.Config{URL: f.OTLPEndpoint, Share: f.TraceShare, Node: node, Version: version()})
	if err != nil {
		return nil, wrongUse("--otlp-endpoint, --trace-share: %v", err)
	}
	return tracer, nil
}

// onceAMinute is a log that takes a message once a minute: a collector that is away is noticed every few seconds.
func onceAMinute(log *zap.Logger) *zap.Logger {
	return log.WithOptions(zap.WrapCore(func(core zapcore.Core) zapcore.Core { return zapcore.NewSamplerWithOptions(core, time.Minute, 1, 0) }))
}
