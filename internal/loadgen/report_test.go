package loadgen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	t.Parallel()
	n := 0
	s, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server-Timing", "wait;dur=1, render;dur=3")
		switch n++; n {
		case 1:
			w.Header().Set("X-Cache", "hit")
		case 2:
			w.Header().Set("X-Cache", "miss")
		case 3:
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, `{"type":"limited","reason":"node_full","retry_after_ms":5}`)
		case 4:
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprint(w, "<html>")
		case 5:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	var lines bytes.Buffer
	tsv := NewTSV(&lines)
	_, r := ask(t, 5, s.URL+"/a?b=c", func(c *Config) { c.Observe = tsv.Add })
	if err := tsv.Close(); err != nil {
		t.Fatal(err)
	}
	f := func(what string, got, want any) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v; want %v", what, got, want)
		}
	}
	f("requests", r.Requests, 5)
	f("good", r.OK, 2)
	f("statuses", r.Statuses, map[string]int64{"200": 2, "404": 1, "429": 1, "503": 1})
	f("refusals", r.Refusals, map[string]int64{"limited/node_full": 1, "without a reason": 1})
	f("cache", r.Cache, map[string]int64{"hit": 1, "miss": 1})
	f("hit ratio", r.HitRatio, 0.5)
	f("stages", r.Stages, map[string]float64{"render": 3, "wait": 1})
	f("latencies", []int64{r.Latency.All.N, r.Latency.OK.N, r.Latency.Refused.N}, []int64{5, 2, 2})

	var text strings.Builder
	r.Input = &Input{Lines: 7, Broken: 2}
	if err := r.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"5 requests in ", "Closed loop of 1: latency counts from sending", "200 2, 404 1, 429 1, 503 1",
		"limited/node_full 1, without a reason 1", "hit 1, miss 1: 50.0 % without a render", "render 3.00, wait 1.00", "7 lines, 2 broken", "refused"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, &text)
		}
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}

	rows := strings.Split(strings.TrimSpace(lines.String()), "\n")
	f("lines", len(rows), 6)
	f("columns", strings.Split(rows[0], "\t"), []string{"due_ms", "latency_ms", "waited_ms", "status", "bytes", "cache", "problem", "reason", "error", "url"})
	cells := strings.Split(rows[3], "\t")
	f("a refusal", cells[3:], []string{"429", fmt.Sprint(len(`{"type":"limited","reason":"node_full","retry_after_ms":5}`)), "-", "limited", "node_full", "-", s.URL + "/a?b=c"})
}

// A load that sent nothing has a report without NaN, which JSON does not know.
func TestEmptyReport(t *testing.T) {
	t.Parallel()
	_, r := ask(t, 0, "http://a/", nil)
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}
