package ops

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/reqlog"
)

// at is a board whose clock is moved by the test.
func at(start int64) (b *Board, move func(seconds int64)) {
	b = NewBoard()
	now := start
	b.now = func() time.Time { return time.Unix(now, 0) }
	return b, func(seconds int64) { now += seconds }
}

func good(customer string) *reqlog.Record {
	return &reqlog.Record{Customer: customer, Signed: true, Template: "card", Status: 200, Cache: "miss", Bytes: 1000, Total: 40 * time.Millisecond,
		Stages: []reqlog.Stage{{Name: "wait", Took: 10 * time.Millisecond}, {Name: "render", Took: 20 * time.Millisecond}, {Name: "encode", Took: 5 * time.Millisecond}}}
}

func refused(customer, reason string) *reqlog.Record {
	return &reqlog.Record{Customer: customer, Signed: true, Template: "card", Status: 429, Error: "limited", Reason: reason, Total: time.Millisecond}
}

// A flood shows as its customer's within a second or two, with its reason; nobody else's figures change.
func TestFlood(t *testing.T) {
	t.Parallel()
	b, move := at(1_700_000_000)
	for range 50 {
		b.Add(good("acme"))
		for range 4 {
			b.Add(refused("shoes", "customer_concurrency"))
		}
		b.Add(refused("shoes", "customer_slow_renders"))
	}
	move(1)
	s := b.Snapshot()
	if s.Totals.Rate != 60 || s.Totals.Good != 10 || s.Totals.Refused != 50 || s.Totals.Bytes != 10_000 {
		t.Errorf("totals %+v", s.Totals)
	}
	if len(s.Customers) != 2 || s.Customers[0].ID != "shoes" {
		t.Fatalf("customers %+v; want the busiest first", s.Customers)
	}
	want := []Refusal{{Reason: "customer_concurrency", Count: 200, Rate: 40}, {Reason: "customer_slow_renders", Count: 50, Rate: 10}}
	if !slices.Equal(s.Customers[0].Refusals, want) || s.Customers[0].Good != 0 {
		t.Errorf("the flood: %+v", s.Customers[0])
	}
	acme := s.Customers[1]
	if acme.Good != 10 || acme.Refused != 0 || len(acme.Refusals) != 0 || math.Abs(acme.P50-40) > 5 {
		t.Errorf("its neighbour: %+v", acme)
	}
	if len(s.Stages) != 4 || s.Stages[0].Stage != "total" || s.Stages[0].Count != 50 {
		t.Errorf("stages %+v; want those of pictures, refusals left out", s.Stages)
	}
	move(10)
	if s, shoes := b.Snapshot(), b.Customer("shoes"); s.Totals.Rate != 0 || len(shoes.Refusals) != 2 || shoes.Refusals[0].Rate != 0 || shoes.Refusals[0].Count != 200 {
		t.Errorf("ten seconds later: %+v, %+v", s.Totals, shoes.Refusals)
	}
	move(2 * half)
	if s, shoes := b.Snapshot(), b.Customer("shoes"); len(shoes.Refusals) != 0 || len(s.Stages) != 0 {
		t.Errorf("minutes later: %+v %+v", shoes.Refusals, s.Stages)
	}
}

// Whoever has not signed its requests shows in the node's figures alone, and a board never grows without end.
func TestBoardIsBounded(t *testing.T) {
	t.Parallel()
	b, move := at(1_700_000_000)
	for i := range 3 * maxCustomers {
		r := good(fmt.Sprintf("stranger-%d", i))
		r.Signed, r.Status, r.Error = false, 403, "bad_signature"
		b.Add(r)
	}
	if n := len(b.customers.of) + len(b.templates.of); n != 0 {
		t.Errorf("%d names of strangers are kept", n)
	}
	for i := range 2 * maxCustomers {
		b.Add(good(fmt.Sprintf("customer-%d", i)))
	}
	if len(b.customers.of) != maxCustomers || len(b.templates.of) != maxTemplates {
		t.Errorf("%d customers and %d templates are kept", len(b.customers.of), len(b.templates.of))
	}
	move(idle + 1)
	b.Add(good("newcomer"))
	if s := b.Snapshot(); len(s.Customers) != 1 || s.Customers[0].ID != "newcomer" {
		t.Errorf("%d customers are kept when the others were idle", len(s.Customers))
	}
	for i := range 3 * maxReasons {
		b.Add(refused("newcomer", fmt.Sprintf("reason-%d", i)))
	}
	if n := len(b.Customer("newcomer").Refusals); n != maxReasons {
		t.Errorf("%d reasons; want %d with the rest as other", n, maxReasons)
	}
}

// A customer whose feed makes up names of templates leaves room for what others draw.
func TestTemplatesAreShared(t *testing.T) {
	t.Parallel()
	b, move := at(1_700_000_000)
	for i := range 2 * maxTemplates {
		r := good("shoes")
		r.Template, r.Stages, r.Error = fmt.Sprintf("made-up-%d", i), nil, "unknown_template"
		b.Add(r)
	}
	b.Add(good("acme"))
	if top := b.Snapshot().Templates; len(top.ByCost) != 1 || top.ByCost[0].Customer != "acme" || len(top.ByFailures) != topOf {
		t.Errorf("%d by cost, %d by failures", len(top.ByCost), len(top.ByFailures))
	}
	move(idle + 1)
	r := good("shoes")
	r.Template = "real"
	b.Add(r) // what was idle made room
	if top := b.Customer("shoes").Templates; len(top.ByCost) != 1 {
		t.Errorf("later: %+v", top.ByCost)
	}
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	b, move := at(1_700_000_000 / partSeconds * partSeconds)
	for range 3 {
		b.Add(good("acme"))
	}
	heavy := good("shoes")
	heavy.Stages[1].Took, heavy.Path = 875*time.Millisecond, "/r/shoes/card.png?title=Boot"
	b.Add(heavy)
	joined := good("shoes")
	joined.Cache = "joined"
	b.Add(joined)
	failed := good("acme")
	failed.Stages, failed.Error, failed.Detail, failed.RequestID, failed.Cache = nil, "photo_unavailable", "photo x: timeout", "id1", ""
	failed.Path = "/r/acme/card@3.jpg?price=1%20%E2%82%AC"
	b.Add(failed)
	top := b.Snapshot().Templates
	if len(top.ByCost) != 2 || top.ByCost[0].Customer != "shoes" || top.ByCost[0].Renders != 1 || top.ByCost[0].CPU != 880 || top.ByCost[0].Share != .92 || math.Abs(top.ByCost[1].P95-25) > 25*.25 || top.ByCost[1].Renders != 3 {
		t.Errorf("by cost: %+v", top.ByCost)
	}
	if url := top.ByCost[0].URL; url != "/r/shoes/card.png?title=Boot" || top.ByCost[1].URL != "" {
		t.Errorf("the slowest render is %q", url)
	}
	want := []TemplateFailure{{"acme", "card", 1, "photo_unavailable", "photo x: timeout", "id1", "/r/acme/card@3.jpg?price=1%20%E2%82%AC"}}
	if !slices.Equal(top.ByFailures, want) {
		t.Errorf("by failures: %+v", top.ByFailures)
	}
	if own := b.Customer("shoes").Templates; len(own.ByCost) != 1 || own.ByCost[0].Share != 1 || len(own.ByFailures) != 0 {
		t.Errorf("those of one customer: %+v", own)
	}
	move(hourParts * partSeconds)
	if top := b.Snapshot().Templates; len(top.ByCost)+len(top.ByFailures) != 0 {
		t.Errorf("an hour later: %+v", top)
	}
}

// A request that holds a secret, or is large, is not kept for others to look into.
func TestSampleURL(t *testing.T) {
	t.Parallel()
	f := func(photo, want string) {
		t.Helper()
		r := good("acme")
		r.Path, r.Fields = "/r/acme/card@1.jpg?photo="+url.QueryEscape(photo), map[string]string{"photo": photo}
		if got := sampleURL(r); got != want {
			t.Errorf("%.60q: %.80q; want %q", photo, got, want)
		}
	}
	f("https://cdn.example/a.jpg?w=3", "/r/acme/card@1.jpg?photo=https%3A%2F%2Fcdn.example%2Fa.jpg%3Fw%3D3")
	f("https://cdn.example/a.jpg?X-Amz-Signature=abc", "")
	f("https://user:word@cdn.example/a.jpg", "")
	f(strings.Repeat("x", maxSample), "")
}

func TestHistory(t *testing.T) {
	t.Parallel()
	b, move := at(1_700_000_000)
	for range 20 {
		b.Add(good("acme"))
	}
	b.Look(1)
	b.Look(.5)
	move(stepSeconds)
	b.Add(good("acme"))
	h := b.History()
	last := steps - 1
	if len(h.Rate) != steps || h.Rate[0] != nil || *h.Rate[last] != 2 || *h.Busy[last] != .75 || *h.Bytes[last] != 2000 || math.Abs(*h.P99[last]-40) > 5 {
		t.Errorf("one step: rate %v, p99 %v, end %v", *h.Rate[last], *h.P99[last], h.End)
	}
	move(3 * stepSeconds)
	h = b.History()
	if *h.Rate[last-2] != .1 || h.Rate[last] != nil || *h.Rate[last-3] != 2 {
		t.Errorf("three steps later: %v", h.Rate[last-3:])
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()
	var h histogram
	if h.quantile(.5) != 0 {
		t.Error("a quantile of nothing")
	}
	for i := range 10_000 {
		h.add(time.Duration(i) * 100 * time.Microsecond) // 0 to 1 s, evenly
	}
	for q, want := range map[float64]time.Duration{.5: 500 * time.Millisecond, .95: 950 * time.Millisecond, .99: 990 * time.Millisecond, .01: 10 * time.Millisecond} {
		if got := h.quantile(q); math.Abs(float64(got-want)) > .12*float64(want) {
			t.Errorf("quantile %v: %v; want %v", q, got, want)
		}
	}
	for d := 256 * time.Microsecond; d < time.Minute; d += d / 7 { // alone, so that nothing says where in its bucket it is
		var alone histogram
		alone.add(d)
		for _, q := range []float64{.5, .99} {
			if got := alone.quantile(q); math.Abs(float64(got-d)) > .25*float64(d) {
				t.Errorf("quantile %v of %v: %v", q, d, got)
			}
		}
	}
	for _, d := range []time.Duration{-time.Second, 0, time.Microsecond, time.Hour, math.MaxInt64} {
		h.add(d) // counted in the first or the last bucket
	}
	for i := 1; i < buckets; i++ {
		from, to := bounds(i)
		if bucketOf(from) != i || bucketOf(to-time.Microsecond) != i {
			t.Errorf("bucket %d does not hold its own bounds %v to %v", i, from, to)
		}
	}
}

// Requests that end wait while a snapshot is made.
func BenchmarkSnapshot(b *testing.B) {
	board, move := at(1_700_000_000)
	for range hourParts {
		for i := range maxTemplates {
			board.Add(good(fmt.Sprintf("customer-%d", i)))
		}
		move(partSeconds)
	}
	b.ReportAllocs()
	for b.Loop() {
		board.Snapshot()
	}
}

func BenchmarkAdd(b *testing.B) {
	board := NewBoard()
	ids := make([]*reqlog.Record, 100)
	for i := range ids {
		ids[i] = good(fmt.Sprintf("customer-%d", i))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		board.Add(ids[i%len(ids)])
	}
}
