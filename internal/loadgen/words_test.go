package loadgen

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestCached(t *testing.T) {
	t.Parallel()
	f := func(want string, header ...string) {
		t.Helper()
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Add(header[i], header[i+1])
		}
		if got := cached(h); got != want {
			t.Errorf("%v: %q; want %q", h, got, want)
		}
	}
	f("")
	f("hit", "X-Cache", "hit")
	f("joined", "X-Cache", "joined")
	f("hit", "X-Cache", "Hit from cloudfront")
	f("miss", "X-Cache", "HIT, MISS") // the shield had it, the edge had not
	f("miss", "X-Cache", "TCP_MISS from a1")
	f("stale", "X-Cache", "stale")
	f("other", "X-Cache", "bypass")
	f("hit", "CF-Cache-Status", "HIT")
	f("hit", "Age", "17")
	f("", "Age", "0")
	f("miss", "X-Cache", "miss", "Age", "17")
}

func TestStages(t *testing.T) {
	t.Parallel()
	f := func(header, want string) {
		t.Helper()
		var got []string
		stages(header, func(name string, ms float64) { got = append(got, fmt.Sprintf("%s=%g", name, ms)) })
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s; want %s", header, s, want)
		}
	}
	f("template;dur=0.10, wait;dur=2, render;dur=13.37", "template=0.1 wait=2 render=13.37")
	f(`cdn-cache; desc=HIT, edge; desc="x"; dur="4"`, "edge=4")
	f("", "")
	f(";dur=1,,a;dur=x,b;dur=-1,c;dur=NaN,d;dur=Inf,e", "")
}

// A stage's name that does not fit a table is counted under what does.
func TestStagesOfOddNames(t *testing.T) {
	t.Parallel()
	r := newRecords(DefaultConfig())
	name := "ren der" + strings.Repeat("x", 2*maxWord)
	for _, ms := range []string{"1", "2", "6"} {
		r.stage(&Result{Header: http.Header{"Server-Timing": {name + ";dur=" + ms}}})
	}
	if m := r.stages[word(name)]; len(r.stages) != 1 || m == nil || m.n != 3 || m.sum != 9 {
		t.Errorf("%d stages, %+v; want one of 3 that add up to 9", len(r.stages), m)
	}
}

func TestWordsAreBounded(t *testing.T) {
	t.Parallel()
	counts := map[string]int64{}
	for i := range 10 * maxWords {
		count(counts, word(fmt.Sprintf("w%d\n\x00ü%s", i, strings.Repeat("x", 1000))))
	}
	if len(counts) != maxWords+1 || counts[others] != 9*maxWords {
		t.Errorf("%d words, %d others", len(counts), counts[others])
	}
	for w := range counts {
		if len(w) > maxWord || strings.ContainsAny(w, "\n\x00 ") {
			t.Fatalf("a word that fits no table: %q", w)
		}
	}
}
