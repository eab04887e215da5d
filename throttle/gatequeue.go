package throttle

import (
	"container/list"
	"time"
)

// entry is one render in the queue for a slot.
type entry struct {
	customer string
	bytes    int64
	since    time.Time
	admitted chan struct{} // closed when it has its slot and its memory
	place    *list.Element // nil when it is not in the queue
}

// queue decides who is next: whoever came first, however much it needs, so
// that small renders cannot pass a big one for ever. Its owner's lock guards it.
type queue struct{ entries list.List }

func (q *queue) push(e *entry) { e.place = q.entries.PushBack(e) }

// next is the entry whose turn it is, nil when the queue is empty.
func (q *queue) next() *entry {
	if front := q.entries.Front(); front != nil {
		return front.Value.(*entry)
	}
	return nil
}

func (q *queue) remove(e *entry) {
	q.entries.Remove(e.place)
	e.place = nil
}

func (q *queue) len() int { return q.entries.Len() }

// age is how long the oldest entry has waited, 0 when the queue is empty.
func (q *queue) age() time.Duration {
	if e := q.next(); e != nil {
		return time.Since(e.since)
	}
	return 0
}
