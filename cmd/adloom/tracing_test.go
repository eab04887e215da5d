package main

import (
	"errors"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
)

// A collector that is away does not fill the log.
func TestTracingTroublesAreToldSeldom(t *testing.T) {
	t.Parallel()
	core, told := observer.New(zapcore.InfoLevel)
	log := onceAMinute(zap.New(core))
	for range 100 {
		log.Warn("tracing", zap.Error(errors.New("connection refused")))
	}
	if n := told.Len(); n < 1 || n > 2 { // two when a minute ends meanwhile
		t.Errorf("told %d times; want once a minute", n)
	}
}
