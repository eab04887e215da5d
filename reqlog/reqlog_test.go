package reqlog_test

import (
	"fmt"
	"testing"
	"testing/synctest"
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
		l.Add(&reqlog.Record{RequestID: fmt.Sprintf("req-%d", i), Status: 200})
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
	l.Add(&reqlog.Record{RequestID: "a", Status: 200})
	l.Add(&reqlog.Record{RequestID: "b", Status: 200, Degraded: true})
	l.Add(&reqlog.Record{RequestID: "c", Status: 429, Error: "limited", Reason: "node_full", Total: 1500 * time.Microsecond,
		Stages: []reqlog.Stage{{Name: "wait", Took: time.Millisecond}}})
	if logs.Len() != 2 {
		t.Fatalf("logged %d records; want the degraded and the refused one", logs.Len())
	}
	got := logs.All()[1].ContextMap()
	if got["reason"] != "node_full" || got["total_ms"] != 1.5 || got["wait_ms"] != 1.0 || got["weight"] != uint64(1) {
		t.Errorf("record %v", got)
	}
}

// A storm of failures leaves a bounded number of records, whose weights still sum up
// to about the storm.
func TestStorm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the clock stands still
		core, logs := observer.New(zapcore.InfoLevel)
		l := reqlog.New(zap.New(core), 0)
		const storm = 50_000
		for i := range storm {
			l.Add(&reqlog.Record{RequestID: fmt.Sprintf("req-%d", i), Status: 429, Error: "limited"})
		}
		if logs.Len() < 20 || logs.Len() > 20+storm/50 {
			t.Errorf("%d records of %d failures", logs.Len(), storm)
		}
		var weight uint64
		for i, e := range logs.All() {
			w := e.ContextMap()["weight"].(uint64)
			if i < 20 && w != 1 {
				t.Errorf("record %d stands for %d", i, w)
			}
			weight += w
		}
		if weight < storm*8/10 || weight > storm*12/10 {
			t.Errorf("the records stand for %d failures; want about %d", weight, storm)
		}
		logs.TakeAll()
		time.Sleep(time.Second)
		l.Add(&reqlog.Record{RequestID: "later", Error: "limited"})
		if logs.Len() != 1 {
			t.Error("the first failure of the next second was dropped")
		}
	})
}
