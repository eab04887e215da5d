package diskcache

import (
	"context"
	"sync"
	"time"
)

const (
	flushAfter = 100 * time.Millisecond // what was noted waits no longer than this
	flushAt    = 256                    // nor for more names than this, which is what one call takes
	notesMost  = 8192                   // while Redis is slow; what does not fit is found by a rebuild
)

// notes are the files that were put or used since the index was last told. A name is there once, with its last size.
//
// Whether somebody flushes is known under the same lock as the names: who leaves one while flushers > 0 finds it taken by
// the last flush of the last of them, which comes after flushers became 0; who comes later is told to do it himself.
type notes struct {
	some chan struct{} // there is a first name
	many chan struct{} // there are enough to flush at once

	mu       sync.Mutex
	blocks   map[name]int64
	flushers int
}

func newNotes() notes {
	return notes{
		some: make(chan struct{}, 1), many: make(chan struct{}, 1),
		blocks: make(map[name]int64),
	}
}

type left int

const (
	leftToFlusher left = iota
	leftToCaller       // nobody flushes
	leftOut            // no room
)

func (q *notes) leave(f indexed) left {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.flushers == 0 {
		return leftToCaller
	}
	if _, known := q.blocks[f.name]; !known && len(q.blocks) == notesMost {
		return leftOut
	}
	q.blocks[f.name] = f.blocks
	switch len(q.blocks) {
	case 1:
		signal(q.some)
	case flushAt:
		signal(q.many)
	}
	return leftToFlusher
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is on already
	}
}

func (q *notes) attend(by int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.flushers += by
}

// take empties the notes.
func (q *notes) take() []indexed {
	q.mu.Lock()
	defer q.mu.Unlock()
	files := make([]indexed, 0, len(q.blocks))
	for n, blocks := range q.blocks {
		files = append(files, indexed{name: n, blocks: blocks})
	}
	clear(q.blocks)
	return files
}

// note has the index told of a file that was put or used now: soon, by the flusher of Run, or at once when there is none.
func (c *Cache) note(ctx context.Context, f indexed) {
	if c.index == nil {
		return
	}
	switch c.notes.leave(f) {
	case leftToCaller:
		c.tell(ctx, []indexed{f})
	case leftOut:
		c.lost.Store(true)
		c.counters.indexErrors.Add(1)
	}
}

// tell tells the index, also for a caller that has left. An error means that a rebuild is due.
func (c *Cache) tell(ctx context.Context, files []indexed) {
	ctx = context.WithoutCancel(ctx)
	for len(files) > 0 {
		n := min(len(files), flushAt)
		if err := c.index.add(ctx, files[:n]); err != nil {
			c.lost.Store(true)
		}
		files = files[n:]
	}
}

// flushNotes tells the index what is noted, until ctx ends and nothing is left.
func (c *Cache) flushNotes(ctx context.Context) {
	if c.index == nil {
		return
	}
	c.notes.attend(1)
	defer func() {
		c.notes.attend(-1)
		c.tell(ctx, c.notes.take())
	}()
	timer := time.NewTimer(flushAfter)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.notes.some:
		}
		timer.Reset(flushAfter)
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-c.notes.many:
		}
		c.tell(ctx, c.notes.take())
	}
}
