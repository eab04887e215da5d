package reqlog_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/adloom/adloom/reqlog"
)

func TestMain(m *testing.M) {
	// lumberjack never ends the goroutine that removes old files.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("gopkg.in/natefinch/lumberjack%2ev2.(*Logger).millRun"),
		goleak.IgnoreAnyFunction("gopkg.in/natefinch/lumberjack.v2.(*Logger).millRun"))
}

// memory is a sink that keeps the records as they would be written.
type memory struct {
	mu      sync.Mutex
	records []map[string]any
	hold    chan struct{} // if set, writing waits for it
}

func (m *memory) Write(e reqlog.Entry) {
	if m.hold != nil {
		<-m.hold
	}
	var r map[string]any
	if err := json.Unmarshal(reqlog.Encode(nil, e), &r); err != nil {
		panic(fmt.Sprintf("%v in %s", err, reqlog.Encode(nil, e)))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records = append(m.records, r)
}

// of are the records of an event.
func (m *memory) of(event string) []map[string]any {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []map[string]any
	for _, r := range m.records {
		if r["event"] == event {
			out = append(out, r)
		}
	}
	return out
}

// weight is what all records stand for.
func (m *memory) weight() (sum float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.records {
		sum += r["weight"].(float64)
	}
	return sum
}

// config keeps all.
func config() reqlog.Config {
	return reqlog.Config{Node: "node-1", Share: reqlog.ForAll(1.0), Budget: reqlog.ForAll(-1), Buffer: 4096}
}

func open(t testing.TB, cfg reqlog.Config, sinks ...reqlog.Sink) *reqlog.Log {
	t.Helper()
	l, err := reqlog.New(cfg, sinks...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// failure is one of a customer.
func failure(customer string, i int) *reqlog.Record {
	return &reqlog.Record{RequestID: fmt.Sprintf("%s-%d", customer, i), Customer: customer, Signed: true, Status: 429, Error: "limited", Reason: "node_full"}
}
