package mask

import "math"

// runExact convolves with the Gaussian itself, row by row. It is for small standard deviations.
func (b *blurring) runExact(sigma float64, s *blurScratch) {
	reach := int(math.Ceil(3 * sigma))
	variance := float64(sigma * sigma)
	s.fine = gaussian(s.fine, variance, reach, fineOne)
	s.weights = gaussian(s.weights, variance, reach, coarseOne)

	ch := b.channels
	n := b.width * ch
	pad := reach + b.margin
	octets := (n + 7) / 8
	words := ((b.width+2*b.margin)*ch + 1) / 2
	s.sums = grown(s.sums, octets)
	s.lanes = zeroed(s.lanes, 2*pad*ch+8*octets+4)
	s.even = grown(s.even, words+reach*ch)
	s.odd = grown(s.odd, words+reach*ch)
	s.line = grown(s.line, words)
	// What is written may be what is read, so the rows still needed are kept.
	kept := 2*reach + 1
	s.ring = grown(s.ring, kept*n)
	keep := func(y int) []byte {
		at := y % kept * n
		return s.ring[at : at+n]
	}
	at := func(offset int) []uint64 {
		lane := (reach + offset) * ch
		if lane%2 != 0 {
			return s.odd[lane/2:]
		}
		return s.even[lane/2:]
	}
	read := 0
	for y := -b.margin; y < b.height+b.margin; y++ {
		for ; read < b.height && read <= y+reach; read++ {
			copy(keep(read), b.source(read))
		}
		s.tapRows, s.tapWeights = s.tapRows[:0], s.tapWeights[:0]
		for k := y - reach; k <= y+reach; k++ {
			if inside := min(max(k, 0), b.height-1); k == inside || b.edge == Clamp {
				s.tapRows = append(s.tapRows, keep(inside))
				s.tapWeights = append(s.tapWeights, s.fine[max(k-y, y-k)])
			}
		}
		gather(s.sums, s.tapRows, s.tapWeights, n)
		settle(s.lanes[pad*ch:], s.sums)
		if b.edge == Clamp {
			repeatEnds(s.lanes, pad, b.width, ch)
		}
		pair(s.even, s.lanes, 0)
		if ch%2 != 0 {
			pair(s.odd, s.lanes, 1)
		}
		convolve(s.line, s.weights, at)
		pack(b.target(y), s.line)
	}
}
