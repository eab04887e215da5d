package fetcher

import (
	"sync"
	"time"
)

const (
	hostShare = 4       // one host's photos on their way take at most this part of Config.MaxBuffered
	ordinary  = 1 << 20 // bytes of a photo for which the last quarter is kept
	roomAgain = time.Second
)

// buffers bounds the bytes of all photos on their way. A photo that does not fit is refused at once rather than kept
// waiting: with part of itself in memory it would wait for others that wait like it. A host's share, and a quarter that
// only photos of ordinary size may use, see to it that those who fill the memory with large and slow photos fail before
// others do. A photo that has come is counted no more: it belongs to who asked for it.
type buffers struct {
	max      int64
	counters *counters

	mu   sync.Mutex
	used int64
}

// room is what one photo takes. It is used by one goroutine.
type room struct {
	of     *buffers
	origin *origin // nil for a photo that no host sends
	size   int64
}

func (b *buffers) room(o *origin) *room { return &room{of: b, origin: o} }

// grow makes the room size bytes large, or says why not.
func (r *room) grow(size int64) error {
	b, more := r.of, size-r.size
	b.mu.Lock()
	defer b.mu.Unlock()
	limit := b.max
	if size > ordinary {
		limit -= limit / 4
	}
	if o := r.origin; o != nil && o.held+more > b.max/hostShare {
		full := faultf(OriginLimited, "expected at most %d bytes of photos on their way from %s, found %d more than %d",
			b.max/hostShare, o.name, more, o.held)
		full.local, full.retryAfter = true, roomAgain
		return full
	}
	if b.used+more > limit {
		full := faultf(NodeFull, "expected at most %d bytes of photos on their way, found %d more than %d", limit, more, b.used)
		full.local, full.retryAfter = true, roomAgain
		return full
	}
	r.size = size
	b.add(r.origin, more)
	return nil
}

func (r *room) release() {
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	r.of.add(r.origin, -r.size)
	r.size = 0
}

// add is called with mu held.
func (b *buffers) add(o *origin, n int64) {
	b.used += n
	b.counters.buffered.Add(n)
	if o != nil {
		o.held += n
	}
}
