package fetcher

import "sync/atomic"

// Stats counts since New.
type Stats struct {
	Fetches     uint64            // calls of Fetch
	Joined      uint64            // that shared a flight which another call had started
	Left        uint64            // that ended with their own context
	Hits        uint64            // flights answered from the cache without asking the shop
	Revalidated uint64            // flights answered from the cache after the shop said 304
	Stale       uint64            // flights answered with an old copy because the shop was in trouble
	Doubted     uint64            // cached photos that could not be decoded
	Downloads   uint64            // requests to shops, redirects not counted
	Bytes       uint64            // body bytes received from shops
	CacheErrors uint64            // cache reads and writes that failed; a miss is none
	BadEntries  uint64            // cache entries that could not be used
	InFlight    int64             // flights running now
	ServedFirst uint64            // flights answered with an old copy, to be revalidated in the background
	Refreshes   uint64            // revalidations in the background that were started
	Dropped     uint64            // and that were not, because enough were under way
	Retries     uint64            // requests to shops that were made again
	Limited     uint64            // requests to shops that were not made: the host rests, or has its share
	Remembered  uint64            // and those that a remembered failure saved
	Hosts       int64             // hosts whose state is kept now
	OpenHosts   int64             // of these, in trouble: not asked, or asked by one request at a time
	Waiting     int64             // flights that wait for a place at their host now
	Buffered    int64             // bytes of photos on their way now
	Errors      map[Reason]uint64 // failed flights by reason, with every reason as a key
}

type counters struct {
	fetches, joined, left, hits, revalidated, stale, doubted atomic.Uint64
	downloads, bytes, cacheErrors, badEntries                atomic.Uint64
	servedFirst, refreshes, dropped                          atomic.Uint64
	retries, limited, remembered                             atomic.Uint64
	inFlight, hosts, openHosts, waiting, buffered            atomic.Int64
	errors                                                   map[Reason]*atomic.Uint64 // never changed after newCounters
}

func newCounters() *counters {
	c := &counters{errors: make(map[Reason]*atomic.Uint64)}
	for _, reason := range Reasons() {
		c.errors[reason] = new(atomic.Uint64)
	}
	return c
}

// failed counts e and returns it.
func (c *counters) failed(e *Error) error {
	c.errors[e.Reason].Add(1)
	return e
}

func (c *counters) snapshot() Stats {
	s := Stats{
		Fetches: c.fetches.Load(), Joined: c.joined.Load(), Left: c.left.Load(),
		Hits: c.hits.Load(), Revalidated: c.revalidated.Load(), Stale: c.stale.Load(), Doubted: c.doubted.Load(),
		Downloads: c.downloads.Load(), Bytes: c.bytes.Load(),
		CacheErrors: c.cacheErrors.Load(), BadEntries: c.badEntries.Load(),
		ServedFirst: c.servedFirst.Load(), Refreshes: c.refreshes.Load(), Dropped: c.dropped.Load(),
		Retries: c.retries.Load(), Limited: c.limited.Load(), Remembered: c.remembered.Load(),
		Hosts: c.hosts.Load(), OpenHosts: c.openHosts.Load(), Waiting: c.waiting.Load(), Buffered: c.buffered.Load(),
		InFlight: c.inFlight.Load(), Errors: make(map[Reason]uint64, len(c.errors)),
	}
	for reason, n := range c.errors {
		s.Errors[reason] = n.Load()
	}
	return s
}
