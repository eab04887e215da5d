package reqlog_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/reqlog"
)

func TestConfigNamesMistakes(t *testing.T) {
	t.Parallel()
	_, err := reqlog.New(reqlog.Config{})
	for _, name := range []string{"Share", "Budget", "Buffer"} {
		if err == nil || !strings.Contains(err.Error(), "reqlog.Config."+name) {
			t.Errorf("expected a mistake of %s; found %v", name, err)
		}
	}
}

// The weights of the kept successes sum up to all of them.
func TestSampling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const requests = 50_000
		cfg, sink := config(), &memory{}
		cfg.Buffer = requests
		cfg.Share = func(customer string) float64 {
			return map[string]float64{"tenth": .1, "all": 1, "none": 0, "odd": math.NaN(), "most": .7}[customer]
		}
		l := open(t, cfg, sink)
		for i := range requests {
			l.Add(&reqlog.Record{RequestID: fmt.Sprintf("req-%d", i), Customer: "tenth", Signed: true, Status: 200})
		}
		l.Close()
		s := l.Stats()
		if s.Kept+s.Sampled != requests || int(s.Kept) != len(sink.records) {
			t.Errorf("%+v, and %d written", s, len(sink.records))
		}
		if got := sink.weight(); math.Abs(got-requests) > requests*.03 {
			t.Errorf("the records stand for %v requests of %d", got, requests)
		}
		for customer, want := range map[string]int{"all": 1000, "none": 0, "odd": 0, "unheard-of": 0} {
			sink := &memory{}
			l := open(t, cfg, sink)
			for i := range 1000 {
				l.Add(&reqlog.Record{RequestID: fmt.Sprint(i), Customer: customer, Signed: true})
			}
			if l.Close(); len(sink.records) != want {
				t.Errorf("%s: kept %d of 1000, expected %d", customer, len(sink.records), want)
			}
		}
	})
}

// All who see a request decide alike, whatever else they saw.
func TestSamplingIsTheRequests(t *testing.T) {
	t.Parallel()
	kept := func(share float64) map[any]bool {
		cfg, sink := config(), &memory{}
		cfg.Share = reqlog.ForAll(share)
		l := open(t, cfg, sink)
		for i := range 1000 {
			l.Add(&reqlog.Record{RequestID: fmt.Sprint(i)})
		}
		l.Close()
		out := map[any]bool{}
		for _, r := range sink.records {
			out[r["request_id"]] = true
		}
		return out
	}
	few, again, more := kept(.2), kept(.2), kept(.5)
	if fmt.Sprint(few) != fmt.Sprint(again) || len(few) < 150 || len(few) > 250 {
		t.Errorf("kept %d, then %d others", len(few), len(again))
	}
	for id := range few {
		if !more[id] {
			t.Errorf("%v is kept of a fifth but not of a half", id)
		}
	}
}

// Of a customer's failures exactly the budget is kept in a minute, and one record tells of the others.
func TestBudget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg, sink := config(), &memory{}
		cfg.Share = reqlog.ForAll(0.0)
		cfg.Budget = func(customer string) int {
			return map[string]int{"flood": 100, "calm": 100, "free": -1, "mute": 0}[customer]
		}
		l := open(t, cfg, sink)
		start := time.Now().UTC().Truncate(time.Minute)
		add := func(customer string, n int) {
			for i := range n {
				l.Add(failure(customer, i))
			}
		}
		add("flood", 1500)
		add("calm", 40)
		add("free", 300)
		add("mute", 7)
		odd := failure("flood", 2000)
		odd.Error, odd.Reason = "photo_unavailable", ""
		l.Add(odd)
		time.Sleep(time.Second)
		count := map[any]int{}
		for _, r := range sink.of("request") {
			count[r["customer"]]++
		}
		if count["flood"] != 100 || count["calm"] != 40 || count["free"] != 300 || count["mute"] != 0 {
			t.Errorf("kept %v", count)
		}
		if told := sink.of("dropped"); len(told) != 0 {
			t.Errorf("told before the minute was over: %v", told)
		}
		time.Sleep(time.Minute)
		told := map[any]map[string]any{}
		for _, r := range sink.of("dropped") {
			if told[r["customer"]] != nil {
				t.Errorf("told twice: %v", r)
			}
			told[r["customer"]] = r
		}
		if len(told) != 2 {
			t.Fatalf("told of %v", told)
		}
		flood := told["flood"]
		if flood["weight"] != 1401.0 || flood["time"] != start.Format("2006-01-02T15:04:05.000Z") || flood["node"] != "node-1" {
			t.Errorf("told %v", flood)
		}
		if got, want := fmt.Sprint(flood["dropped"]), "map[budget:1401 buffer:0 commonest:[map[count:1400 error:limited reason:node_full] map[count:1 error:photo_unavailable]] failures:1401 successes:0]"; got != want {
			t.Errorf("told %s; expected %s", got, want)
		}
		if told["mute"]["weight"] != 7.0 {
			t.Errorf("told %v", told["mute"])
		}
		if got := sink.weight(); got != 1501+40+300+7 {
			t.Errorf("the log stands for %v requests", got)
		}
		add("flood", 30) // another minute
		time.Sleep(time.Second)
		if got := len(sink.of("request")); got != 440+30 {
			t.Errorf("%d records after the next minute began", got)
		}
		time.Sleep(time.Minute)
		if got := len(sink.of("dropped")); got != 2 {
			t.Errorf("%d summaries although nothing more was dropped", got)
		}
		if s := l.Stats(); s.Kept != 470 || s.Budget != 1408 || s.Buffer != 0 || s.Waiting != 0 || s.Summaries != 2 {
			t.Errorf("%+v", s)
		}
	})
}

// common is the budget that processes share.
type common struct {
	mu    sync.Mutex
	used  map[string]int
	calls int
}

func (c *common) spend(_ context.Context, asks []reqlog.Ask) ([]int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls++
	granted := make([]int, len(asks))
	for i, a := range asks {
		granted[i] = max(min(a.Want, a.Budget-c.used[a.Customer]), 0)
		c.used[a.Customer] += granted[i]
	}
	return granted, nil
}

func TestBudgetInCommon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		shared := &common{used: map[string]int{}}
		cfg := config()
		cfg.Budget, cfg.Spend = reqlog.ForAll(247), shared.spend
		var sinks []*memory
		var logs []*reqlog.Log
		for range 4 {
			sinks = append(sinks, &memory{})
			logs = append(logs, open(t, cfg, sinks[len(sinks)-1]))
		}
		for i := range 400 {
			for n, l := range logs {
				l.Add(failure("flood", i*4+n))
				if i < 20 {
					l.Add(failure("calm", i*4+n))
				}
			}
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		count, weight := map[any]int{}, 0.0
		for _, s := range sinks {
			for _, r := range s.of("request") {
				count[r["customer"]]++
			}
			weight += s.weight()
		}
		if count["flood"] != 247 || count["calm"] != 80 || weight != 1680 {
			t.Errorf("four processes kept %v, standing for %v", count, weight)
		}
		if shared.calls > 60 { // nobody asks once it is known to be used up
			t.Errorf("asked %d times", shared.calls)
		}
	})
}

// Without the common budget each process goes by its own, and comes back to it.
func TestSpendFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, spend := range map[string]reqlog.Spend{
			"an error":    func(context.Context, []reqlog.Ask) ([]int, error) { return nil, errors.New("away") },
			"nonsense":    func(context.Context, []reqlog.Ask) ([]int, error) { return []int{1, 2, 3}, nil },
			"no answer":   func(ctx context.Context, _ []reqlog.Ask) ([]int, error) { <-ctx.Done(); return nil, ctx.Err() },
			"too much":    func(context.Context, []reqlog.Ask) ([]int, error) { return []int{1 << 40}, nil },
			"less than 0": func(context.Context, []reqlog.Ask) ([]int, error) { return []int{-5}, nil },
		} {
			cfg, sink := config(), &memory{}
			cfg.Budget, cfg.Spend = reqlog.ForAll(10), spend
			l := open(t, cfg, sink)
			for i := range 20 {
				l.Add(failure("acme", i))
				time.Sleep(500 * time.Millisecond)
			}
			time.Sleep(10 * time.Second)
			want, errs := 10, uint64(1)
			if name == "too much" || name == "less than 0" {
				errs = 0
			}
			if name == "less than 0" {
				want = 0
			}
			if s := l.Stats(); len(sink.of("request")) != want || s.SpendErrors < errs || errs == 0 && s.SpendErrors > 0 {
				t.Errorf("%s: kept %d, %+v", name, len(sink.of("request")), s)
			}
			l.Close()
		}
	})
}

// A budget that was raised counts at once.
func TestBudgetRaised(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var budget atomic.Int64
		budget.Store(3)
		shared := &common{used: map[string]int{}}
		cfg, sink := config(), &memory{}
		cfg.Budget, cfg.Spend = func(string) int { return int(budget.Load()) }, shared.spend
		l := open(t, cfg, sink)
		for i := range 10 {
			l.Add(failure("acme", i))
			time.Sleep(time.Second)
		}
		budget.Store(5)
		for i := range 10 {
			l.Add(failure("acme", 10+i))
			time.Sleep(time.Second)
		}
		if got := len(sink.of("request")); got != 5 {
			t.Errorf("kept %d", got)
		}
	})
}

// A sink that hangs costs records, and never a request. Each is accounted for.
func TestBufferFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg, sink := config(), &memory{hold: make(chan struct{})}
		cfg.Buffer, cfg.Share = 600, reqlog.ForAll(.5)
		l := open(t, cfg, sink)
		const requests = 4000
		for i := range requests {
			if i%2 == 0 {
				l.Add(failure("acme", i))
			} else {
				l.Add(&reqlog.Record{RequestID: fmt.Sprint(i), Customer: "acme", Signed: true})
			}
		}
		time.Sleep(time.Second)
		s := l.Stats()
		if s.Waiting > 600+512 || s.Waiting < 600 || s.Buffer == 0 || s.Kept+s.Sampled+s.Buffer+uint64(s.Waiting) != requests {
			t.Errorf("%+v", s)
		}
		close(sink.hold)
		time.Sleep(time.Minute)
		s = l.Stats()
		if s.Waiting != 0 || s.Kept+s.Sampled+s.Buffer != requests {
			t.Errorf("%+v", s)
		}
		told := sink.of("dropped")
		if len(told) != 2 || told[0]["failed"] != true || told[1]["failed"] != false {
			t.Fatalf("told %v", told)
		}
		failures, successes := told[0]["dropped"].(map[string]any), told[1]["dropped"].(map[string]any)
		if failures["budget"] != 0.0 || failures["buffer"] == 0.0 || failures["successes"] != 0.0 || successes["failures"] != 0.0 ||
			failures["buffer"].(float64)+successes["successes"].(float64)/2 != float64(s.Buffer) {
			t.Errorf("told %v of %+v", told, s)
		}
		failed := told[0]["weight"].(float64) + float64(len(sink.of("request")))
		for _, r := range sink.of("request") {
			if r["failed"] != true {
				failed--
			}
		}
		if failed != requests/2 {
			t.Errorf("what failed stands for %v of %d failures", failed, requests/2)
		}
		if got := sink.weight(); math.Abs(got-requests) > requests*.05 {
			t.Errorf("the log stands for %v requests", got)
		}
	})
}

// A failure that found no room leaves its part of the budget to a later one.
func TestRoomLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg, sink := config(), &memory{hold: make(chan struct{})}
		cfg.Buffer, cfg.Budget = 10, reqlog.ForAll(50)
		l := open(t, cfg, sink)
		add := func(n int) {
			for i := range n {
				l.Add(failure("acme", i))
			}
			time.Sleep(time.Second)
		}
		add(1) // the sink hangs with this one
		add(100)
		if s := l.Stats(); s.Waiting != 11 || s.Buffer != 90 || s.Budget != 0 {
			t.Errorf("%+v", s)
		}
		close(sink.hold)
		time.Sleep(time.Second)
		for range 10 {
			add(5)
		}
		if s := l.Stats(); s.Kept != 50 || s.Budget != 11 {
			t.Errorf("%+v", s)
		}
	})
}

// What waits is bounded by bytes as well.
func TestLargeRecords(t *testing.T) {
	t.Parallel()
	cfg, sink := config(), &memory{hold: make(chan struct{})}
	l := open(t, cfg, sink)
	large := strings.Repeat("x", 1<<20)
	for i := range 100 {
		r := failure("acme", i)
		r.Fields = map[string]string{"title": large}
		l.Add(r)
	}
	if s := l.Stats(); s.Waiting < 16 || s.Waiting > 32 {
		t.Errorf("%+v", s)
	}
	close(sink.hold)
}

// Customers beyond a number share an account: each is granted less, never more, and memory is bounded.
func TestManyCustomers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg, sink := config(), &memory{}
		cfg.Budget, cfg.Buffer = reqlog.ForAll(1), 20_000
		l := open(t, cfg, sink)
		const customers = 12_000
		for i := range customers {
			l.Add(failure(fmt.Sprintf("c%d", i), 0))
			l.Add(failure(fmt.Sprintf("c%d", i), 1))
		}
		time.Sleep(2 * time.Minute)
		if got := len(sink.of("request")); got != 10_001 {
			t.Errorf("kept %d", got)
		}
		if got := len(sink.of("dropped")); got != 10_001 {
			t.Errorf("told of %d customers", got)
		}
		if got := sink.weight(); got != 2*customers {
			t.Errorf("the log stands for %v requests", got)
		}
	})
}

// Who takes another's name does not spend its budget, and is not written down as that customer.
func TestUnsigned(t *testing.T) {
	t.Parallel()
	cfg, sink := config(), &memory{}
	cfg.Budget = reqlog.ForAll(5)
	l := open(t, cfg, sink)
	for i := range 50 {
		r := failure("acme", i)
		r.Signed = false
		l.Add(r)
	}
	l.Add(failure("acme", 99))
	l.Close()
	count := map[string]int{}
	for _, r := range sink.of("request") {
		count[fmt.Sprint(r["customer"], " ", r["claimed_customer"])]++
	}
	if len(count) != 2 || count["acme <nil>"] != 1 || count["<nil> acme"] != 5 {
		t.Errorf("kept %v", count)
	}
}

// Close writes what waits, at once, and ends what runs; records that come later are counted.
func TestClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg, sink := config(), &memory{}
		cfg.Budget = reqlog.ForAll(10)
		l := open(t, cfg, sink)
		start := time.Now()
		var adding sync.WaitGroup
		for n := range 8 {
			adding.Go(func() {
				for i := range 100 {
					l.Add(failure(fmt.Sprintf("c%d", n), i))
					l.Add(&reqlog.Record{RequestID: "s"})
				}
			})
		}
		adding.Go(func() { l.Close() })
		adding.Wait()
		l.Close()
		l.Add(failure("late", 1))
		s := l.Stats()
		if s.Kept+s.Budget+s.Buffer != 1601 || s.Waiting != 0 || int(s.Kept) != len(sink.of("request")) || time.Since(start) > 0 {
			t.Errorf("%+v after %v", s, time.Since(start))
		}
	})
}

// A sink that hangs, such as a pipe that nobody reads, does not keep the process from ending.
func TestCloseWithASinkThatHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sink := &memory{hold: make(chan struct{})}
		l := open(t, config(), sink)
		l.Add(failure("acme", 1))
		start := time.Now()
		if done := l.Close(); done || time.Since(start) > 10*time.Second {
			t.Errorf("done: %v, after %v", done, time.Since(start))
		}
		close(sink.hold)
		if done := l.Close(); !done || len(sink.of("request")) != 1 {
			t.Errorf("done: %v, wrote %v", done, sink.records)
		}
	})
}
