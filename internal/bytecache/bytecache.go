// Package bytecache keeps values in memory within a budget of bytes.
package bytecache

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Cache forgets what was used least recently once its values take more than its
// budget. It is safe for concurrent use.
type Cache[K comparable, V any] struct {
	mu     sync.Mutex
	lru    *simplelru.LRU[K, entry[V]]
	bytes  int64
	budget int64
}

type entry[V any] struct {
	value V
	bytes int64
}

// New returns an empty cache. One with a budget of 0 keeps nothing.
func New[K comparable, V any](budget int64) *Cache[K, V] {
	c := &Cache[K, V]{budget: budget}
	lru, err := simplelru.NewLRU(math.MaxInt, func(_ K, old entry[V]) { c.bytes -= old.bytes })
	if err != nil {
		panic(err) // the size is right
	}
	c.lru = lru
	return c
}

// Get returns the value of a key.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.lru.Get(key)
	return e.value, ok
}

// Add keeps a value that takes so many bytes, unless it alone is over the budget.
func (c *Cache[K, V]) Add(key K, value V, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lru.Remove(key) // what it took is given back
	if bytes > c.budget {
		return
	}
	c.bytes += bytes
	c.lru.Add(key, entry[V]{value, bytes})
	for c.bytes > c.budget {
		c.lru.RemoveOldest()
	}
}

// Bytes is what the values take now; never more than Budget.
func (c *Cache[K, V]) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// Len is how many values there are.
func (c *Cache[K, V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lru.Len()
}

// Budget is the most that the values may take.
func (c *Cache[K, V]) Budget() int64 { return c.budget }
