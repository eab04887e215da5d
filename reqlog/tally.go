package reqlog

import (
	"cmp"
	"slices"
	"strings"
)

const (
	kindsCounted = 24 // kinds of failures that are counted apart; the words that stand for them are few
	kindsTold    = 5
)

// tally counts what was dropped.
type tally struct {
	budget, buffer uint64  // failures, by cause
	successes      float64 // that the dropped ones stand for
	kinds          []counted
}

type counted struct {
	kind
	n uint64
}

func (t *tally) none() bool { return t.budget == 0 && t.buffer == 0 && t.successes == 0 }

// add counts one failure under its kind and one of the causes.
func (t *tally) add(k kind, cause *uint64) {
	*cause++
	t.count(k, 1)
}

func (t *tally) count(k kind, n uint64) {
	for i := range t.kinds {
		if t.kinds[i].kind == k {
			t.kinds[i].n += n
			return
		}
	}
	if len(t.kinds) < kindsCounted {
		t.kinds = append(t.kinds, counted{kind{strings.Clone(k.err), strings.Clone(k.reason)}, n})
	}
}

func (t *tally) merge(other *tally) {
	t.budget += other.budget
	t.buffer += other.buffer
	t.successes += other.successes
	for _, c := range other.kinds {
		t.count(c.kind, c.n)
	}
}

// commonest are the kinds that most of the failures were of.
func (t *tally) commonest() []Kind {
	slices.SortFunc(t.kinds, func(a, b counted) int {
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.err, b.err), strings.Compare(a.reason, b.reason))
	})
	out := make([]Kind, 0, kindsTold)
	for _, c := range t.kinds[:min(len(t.kinds), kindsTold)] {
		out = append(out, Kind{Error: c.err, Reason: c.reason, Count: c.n})
	}
	return out
}
