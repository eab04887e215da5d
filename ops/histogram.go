package ops

import (
	"math/bits"
	"time"
)

// A histogram counts durations in buckets that grow by a quarter of a power of two: 256 µs to 67 s, and what is below and
// above. What it says of a quantile of those is at most a quarter off, and of many durations much less.
type histogram struct {
	counts [buckets]uint32
	n      uint32
}

const (
	octaves    = 18
	perOctave  = 4
	firstBits  = 8 // 1<<8 µs is where the second bucket begins
	buckets    = octaves*perOctave + 1
	quarterBit = 2 // bits behind the first that choose the quarter
)

func (h *histogram) add(d time.Duration) {
	h.counts[bucketOf(d)]++
	h.n++
}

func (h *histogram) merge(other *histogram) {
	if other == nil {
		return
	}
	h.n += other.n
	for i, n := range other.counts {
		h.counts[i] += n
	}
}

func bucketOf(d time.Duration) int {
	us := uint64(max(d.Microseconds(), 0))
	exponent := bits.Len64(us) - 1
	if exponent < firstBits {
		return 0
	}
	quarter := int(us>>(exponent-quarterBit)) & (perOctave - 1)
	return min((exponent-firstBits)*perOctave+quarter+1, buckets-1)
}

// bounds are where a bucket begins and ends.
func bounds(bucket int) (from, to time.Duration) {
	edge := func(i int) time.Duration {
		return time.Duration((perOctave+i%perOctave)<<(firstBits-quarterBit+i/perOctave)) * time.Microsecond
	}
	if bucket == 0 {
		return 0, edge(0)
	}
	return edge(bucket - 1), edge(bucket)
}

// quantile is what the share q of all durations is below, taking those of a bucket as evenly spread; 0 without any.
func (h *histogram) quantile(q float64) time.Duration {
	rank := q * float64(h.n)
	below := 0.0
	for i, n := range h.counts {
		if n > 0 && below+float64(n) >= rank {
			from, to := bounds(i)
			return from + time.Duration((rank-below)/float64(n)*float64(to-from))
		}
		below += float64(n)
	}
	return 0
}
