//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

const (
	soakProducts = 130
	references   = 200 // URLs whose picture is known before
	maxWrong     = 3   // wrong answers of a kind that are described
)

// judge knows what the answers of the soak must be.
type judge struct {
	w        *world
	links    *links
	known    []loadgen.Target
	pictures map[string]uint64 // by path and query: both nodes must draw the same

	mu       sync.Mutex
	counts   map[judged]int64
	mistakes map[string]int64 // wrong answers by kind
	firsts   []string         // of each kind
	troubled []outage         // of shops
}

// newJudge has the references rendered while all is well, by both nodes.
func (b *bench) newJudge(ctx context.Context, w *world) (*judge, error) {
	j := &judge{w: w, links: w.links(w.customers, soakProducts), pictures: map[string]uint64{}, counts: map[judged]int64{}, mistakes: map[string]int64{}}
	for i := range references {
		t, err := j.links.target(i, "Reference "+spell(i))
		if err != nil {
			return nil, err
		}
		j.known = append(j.known, t)
	}
	var differ error
	for _, n := range w.nodes {
		list := &targets{list: j.moved(n)}
		_, err := b.drive(ctx, list, func(c *loadgen.Config) {
			some(2, references)(c)
			c.Checksum = true
			c.Observe = func(r *loadgen.Result) {
				key := r.Target.URL.RequestURI()
				first, again := j.pictures[key]
				if !r.OK() || again && first != r.Sum {
					differ = fmt.Errorf("render references: expected the same picture from each node; found %s", describe(r, "reference"))
				}
				j.pictures[key] = r.Sum
			}
		})
		if err = errors.Join(err, differ); err != nil {
			return nil, err
		}
	}
	return j, nil
}

// moved are the references at one node.
func (j *judge) moved(n *node) []loadgen.Target {
	out := make([]loadgen.Target, len(j.known))
	for i, t := range j.known {
		u := *t.URL
		u.Host = n.addr
		t.URL = &u
		out[i] = t
	}
	return out
}

// targets gives a list once.
type targets struct{ list []loadgen.Target }

func (t *targets) Next() (loadgen.Target, error) {
	first := t.list[0]
	if len(t.list) > 1 {
		t.list = t.list[1:]
	}
	return first, nil
}

// requests are references and new words by chance, at both nodes.
func (j *judge) requests(seed uint64) loadgen.Source {
	return &mixture{judge: j, fresh: j.w.links(j.w.customers, soakProducts), chance: rand.New(rand.NewPCG(seed, 3))}
}

type mixture struct {
	judge  *judge
	fresh  *links
	chance *rand.Rand
}

func (m *mixture) Next() (loadgen.Target, error) {
	if m.chance.IntN(2) == 0 {
		return m.fresh.Next()
	}
	t := m.judge.known[m.chance.IntN(len(m.judge.known))]
	u := *t.URL
	u.Host = m.judge.w.nodes[m.chance.IntN(len(m.judge.w.nodes))].addr
	t.URL = &u
	return t, nil
}

// add judges an answer.
func (j *judge) add(r *loadgen.Result) {
	verdict, why := j.verdict(r)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.counts[verdict]++
	if verdict != wrong {
		return
	}
	if j.mistakes[why]++; j.mistakes[why] <= maxWrong {
		j.firsts = append(j.firsts, describe(r, why))
	}
}

func (j *judge) verdict(r *loadgen.Result) (judged, string) {
	switch {
	case r.Err != nil:
		return j.broken(r)
	case r.Status == 200:
		return j.picture(r)
	case r.Problem == "photo_unavailable":
		if j.excused(r) {
			return shopTrouble, ""
		}
		return wrong, "photo unavailable without a trouble of shops"
	case r.Refused() && r.Header.Get("Retry-After") == "" && r.Status == 429:
		return wrong, "429 without Retry-After"
	case known(r.Problem):
		return clearRefusal, ""
	}
	return wrong, "neither a picture nor a refusal with a known type"
}

// broken judges requests without a whole answer: they are right only while their node
// is known to be away, and broken off only if it was killed.
func (j *judge) broken(r *loadgen.Result) (judged, string) {
	for _, n := range j.w.nodes {
		if n.addr != r.Target.URL.Host {
			continue
		}
		down, killed := n.wasDown(r.Sent.Add(-100*time.Millisecond), r.Done)
		switch {
		case killed && r.Kind != "timeout", down && r.Status == 0 && r.Kind != "timeout":
			return nodeDown, ""
		case down:
			return wrong, "broken off by a node that was asked to end"
		}
	}
	return wrong, "no answer from a node that was up"
}

// picture judges a 200: the bytes are what their ETag says, and what they were before,
// fresh or stale. A picture without its photo, which says so by its short life, may
// differ.
func (j *judge) picture(r *loadgen.Result) (judged, string) {
	if etag := strings.Trim(r.Header.Get("ETag"), `"`); etag != fmt.Sprintf("%016x", r.Sum) {
		return wrong, "the bytes are not those of the ETag " + etag
	}
	want, known := j.pictures[r.Target.URL.RequestURI()]
	whole := r.Header.Get("X-Cache") == "stale" || strings.Contains(r.Header.Get("Cache-Control"), "immutable")
	if known && whole && want != r.Sum {
		return wrong, "another picture than before"
	}
	return rightPicture, ""
}

// excuse begins a trouble of shops; the function that it returns ends it.
func (j *judge) excuse() (end func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	i := len(j.troubled)
	j.troubled = append(j.troubled, outage{from: time.Now()})
	return func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.troubled[i].to = time.Now()
	}
}

// aftermath is how long a node may remember that a shop was in trouble.
const aftermath = 15 * time.Second

func (j *judge) excused(r *loadgen.Result) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, o := range j.troubled {
		if o.from.Before(r.Done) && (o.to.IsZero() || o.to.Add(aftermath).After(r.Sent)) {
			return true
		}
	}
	return false
}

// tell prints the verdicts.
func (j *judge) tell(b *bench) {
	j.mu.Lock()
	defer j.mu.Unlock()
	b.table("answers", "number")
	for _, v := range []judged{rightPicture, clearRefusal, shopTrouble, nodeDown, wrong} {
		b.row(string(v), j.counts[v])
	}
	b.check("wrong answers", j.counts[wrong], "0", j.counts[wrong] == 0)
	if j.counts[wrong] > 0 {
		b.note("Wrong: %s.", words(j.mistakes))
	}
	for _, first := range j.firsts {
		b.note("%s", first)
	}
}
