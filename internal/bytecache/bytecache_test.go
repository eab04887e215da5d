package bytecache_test

import (
	"sync"
	"testing"

	"github.com/adloom/adloom/internal/bytecache"
)

func TestBudget(t *testing.T) {
	c := bytecache.New[int, string](100)
	for i := range 1000 {
		c.Add(i, "value", int64(i%60))
		if got := c.Bytes(); got > c.Budget() {
			t.Fatalf("%d bytes after value %d; the budget is %d", got, i, c.Budget())
		}
	}
	c.Add(1, "too large", 101)
	if _, ok := c.Get(1); ok {
		t.Error("a value over the budget was kept")
	}
}

func TestLeastRecentlyUsedGoesFirst(t *testing.T) {
	c := bytecache.New[string, int](3)
	c.Add("a", 1, 1)
	c.Add("b", 2, 1)
	c.Add("c", 3, 1)
	c.Get("a")
	c.Add("d", 4, 1)
	for key, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		if _, ok := c.Get(key); ok != want {
			t.Errorf("%s: kept is %v, want %v", key, ok, want)
		}
	}
}

func TestReplacedValueGivesItsBytesBack(t *testing.T) {
	c := bytecache.New[string, int](10)
	c.Add("a", 1, 8)
	c.Add("a", 2, 3)
	if v, _ := c.Get("a"); v != 2 || c.Bytes() != 3 || c.Len() != 1 {
		t.Errorf("value %d, %d bytes, %d values; want 2, 3, 1", v, c.Bytes(), c.Len())
	}
	c.Add("a", 3, 11) // over the budget: the old one must not stand for it
	if _, ok := c.Get("a"); ok || c.Bytes() != 0 {
		t.Errorf("the replaced value is still there, %d bytes", c.Bytes())
	}
}

func TestConcurrentUse(t *testing.T) {
	c := bytecache.New[int, int](50)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 1000 {
				c.Add((i*g)%97, i, int64(i%7))
				c.Get(i % 97)
			}
		})
	}
	wg.Wait()
	if c.Bytes() > c.Budget() {
		t.Errorf("%d bytes, budget %d", c.Bytes(), c.Budget())
	}
}
