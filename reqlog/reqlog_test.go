package reqlog_test

import (
	"fmt"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/adloom/adloom/reqlog"
)

func TestSampling(t *testing.T) {
	t.Parallel()
	const requests, every = 20_000, 10
	core, logs := observer.New(zapcore.InfoLevel)
	l := reqlog.New(zap.New(core), every)
	for i := range requests {
		l.Add(reqlog.Record{RequestID: fmt.Sprintf("req-%d", i), Status: 200})
	}
	kept, dropped := l.Counts()
	if kept+dropped != requests || int(kept) != logs.Len() {
		t.Fatalf("kept %d, dropped %d, logged %d of %d", kept, dropped, logs.Len(), requests)
	}
	var weight uint64
	for _, e := range logs.All() {
		weight += e.ContextMap()["weight"].(uint64)
	}
	if weight < requests*9/10 || weight > requests*11/10 {
		t.Errorf("the kept records stand for %d requests; want about %d", weight, requests)
	}
}

func TestFailuresAreAlwaysKept(t *testing.T) {
	t.Parallel()
	core, logs := observer.New(zapcore.InfoLevel)
	l := reqlog.New(zap.New(core), 0)
	l.Add(reqlog.Record{RequestID: "a", Status: 200})
	l.Add(reqlog.Record{RequestID: "b", Status: 200, Degraded: true})
	l.Add(reqlog.Record{RequestID: "c", Status: 429, Error: "limited", Reason: "node_full", Total: 1500 * time.Microsecond,
		Stages: []reqlog.Stage{{Name: "wait", Took: time.Millisecond}}})
	if logs.Len() != 2 {
		t.Fatalf("logged %d records; want the degraded and the refused one", logs.Len())
	}
	got := logs.All()[1].ContextMap()
	if got["reason"] != "node_full" || got["total_ms"] != 1.5 || got["wait_ms"] != 1.0 || got["weight"] != uint64(1) {
		t.Errorf("record %v", got)
	}
}
