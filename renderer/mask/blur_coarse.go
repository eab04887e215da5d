package mask

import "math"

// runCoarse shrinks by a whole factor f with cubic B-splines, convolves with a Gaussian that makes up for what the
// splines have already blurred, and grows back with cubic B-splines. Rows stream through, and those that are written
// are always behind those still to be read.
func (b *blurring) runCoarse(sigma float64, f int, s *blurScratch) {
	scale := sigma / float64(f)
	variance := float64(scale*scale) - 2.0/3
	c := coarsely{blurring: b, blurScratch: s, f: f, reach: int(math.Ceil(3.2 * math.Sqrt(variance)))}
	s.weights = gaussian(s.weights, variance, c.reach, coarseOne)
	s.fine, s.before = shrinking(s.fine, s.before, f, fineOne)
	s.phases = growing(s.phases, f, coarseOne)

	c.left = floorDiv(-b.margin, f) - 1
	c.lowWidth = floorDiv(b.width+b.margin-1, f) + 2 - c.left + 1
	ch := b.channels
	n := b.width * ch
	s.sums = grown(s.sums, (n+7)/8)
	s.lanes = grown(s.lanes, 8*len(s.sums))
	s.low = zeroed(s.low, (c.lowWidth+2*c.reach)*ch+4)
	c.lowWords = (c.lowWidth*ch + 1) / 2
	s.even = grown(s.even, c.lowWords+c.reach*ch)
	s.odd = grown(s.odd, c.lowWords+c.reach*ch)
	s.line = grown(s.line, c.lowWords)
	s.lows = grown(s.lows, (2*c.reach+1)*c.lowWords)
	c.octets = ((b.width+2*b.margin)*ch + 7) / 8
	s.wide = grown(s.wide, 8*c.octets)
	s.wides = grown(s.wides, 4*c.octets)

	first := floorDiv(-b.margin, f) - 1
	last := floorDiv(b.height+b.margin-1, f) + 2
	for j := first - c.reach; j <= last+c.reach; j++ {
		c.shrinkRow(j)
		done := j - c.reach
		if done < first {
			continue
		}
		c.growRow(done)
		if done-first >= 3 {
			c.write(done - 2)
		}
	}
}

// coarsely is the state of runCoarse. Shrunk pixel j stands where pixel j*f of what is read does.
type coarsely struct {
	*blurring
	*blurScratch
	f        int
	reach    int // of the Gaussian in shrunk pixels
	left     int // the first shrunk column that what is written needs
	lowWidth int // shrunk columns from left on
	lowWords int
	octets   int // of a row of what is written
}

// taps are the pixels in 0 to size-1 that make shrunk pixel j, and their weights.
// Clamped, the first and the last pixel also stand for those beyond them.
func (c *coarsely) taps(j, size int) (from, to int, weights []uint64, atFirst, atLast uint64) {
	start := (j-2)*c.f + 1
	from, to = max(start, 0), min(start+len(c.fine), size)
	if c.edge == Clamp {
		atFirst = c.before[min(max(-start, 0), len(c.fine))]
		atLast = fineOne - c.before[min(max(size-start, 0), len(c.fine))]
	}
	if from >= to {
		return 0, 0, nil, atFirst, atLast
	}
	return from, to, c.fine[from-start : to-start], atFirst, atLast
}

// shrinkRow makes shrunk row j, blurs it along and keeps it in the ring of shrunk rows.
func (c *coarsely) shrinkRow(j int) {
	c.tapRows, c.tapWeights = c.tapRows[:0], c.tapWeights[:0]
	add := func(y int, w uint64) {
		if w != 0 {
			c.tapRows, c.tapWeights = append(c.tapRows, c.source(y)), append(c.tapWeights, w)
		}
	}
	from, _, weights, atFirst, atLast := c.taps(j, c.height)
	add(0, atFirst)
	for i, w := range weights {
		add(from+i, w)
	}
	add(c.height-1, atLast)
	out := c.lowRow(j)
	if len(c.tapRows) == 0 {
		clear(out)
		return
	}
	gather(c.sums, c.tapRows, c.tapWeights, c.width*c.channels)
	settle(c.lanes, c.sums)
	c.shrinkAlong()
	pair(c.even, c.low, 0)
	if c.channels%2 != 0 {
		pair(c.odd, c.low, 1)
	}
	convolve(out, c.weights, func(offset int) []uint64 {
		lane := (c.reach + offset) * c.channels
		if lane%2 != 0 {
			return c.odd[lane/2:]
		}
		return c.even[lane/2:]
	})
	round(out)
}

// shrinkAlong makes low of lanes.
func (c *coarsely) shrinkAlong() {
	const rounding = fineOne / 2
	ch := c.channels
	lastPixel := (c.width - 1) * ch
	for i := range c.lowWidth + 2*c.reach {
		from, to, weights, atFirst, atLast := c.taps(c.left-c.reach+i, c.width)
		for k := range ch {
			sum := rounding + uint64(c.lanes[k])*atFirst + uint64(c.lanes[lastPixel+k])*atLast
			if ch == 1 {
				lanes := c.lanes[from:to]
				for x, w := range weights[:len(lanes)] {
					sum += uint64(lanes[x]) * w
				}
			} else {
				x := from*ch + k
				for _, w := range weights {
					sum += uint64(c.lanes[x]) * w
					x += ch
				}
			}
			c.low[i*ch+k] = uint32(sum >> 24)
		}
	}
}

// lowRow is the place of shrunk row j in the ring.
func (c *coarsely) lowRow(j int) []uint64 {
	kept := 2*c.reach + 1
	at := ((j % kept) + kept) % kept * c.lowWords
	return c.lows[at : at+c.lowWords]
}

// growRow blurs shrunk row j across, grows it along and keeps it in the ring of grown rows.
func (c *coarsely) growRow(j int) {
	convolve(c.line, c.weights, func(offset int) []uint64 { return c.lowRow(j + offset) })
	round(c.line)
	for i, v := range c.line {
		c.low[2*i], c.low[2*i+1] = uint32(v), uint32(v>>32)
	}
	ch := c.channels
	at := 0
	end := (c.width + 2*c.margin) * ch
	// The first shrunk column lies before the first that is written by f pixels and a part.
	phase := -c.margin - (c.left+1)*c.f
	for i := 0; at < end; i++ {
		low := c.low[i*ch : (i+4)*ch]
		for ; phase < c.f && at < end; phase++ {
			w := &c.phases[phase]
			for k := range ch {
				c.wide[at+k] = uint32((uint64(low[k])*w[0] + uint64(low[ch+k])*w[1] + uint64(low[2*ch+k])*w[2] +
					uint64(low[3*ch+k])*w[3] + coarseOne/2) >> 16)
			}
			at += ch
		}
		phase = 0
	}
	fold(c.wideRow(j), c.wide)
}

// wideRow is the place of grown row j in the ring.
func (c *coarsely) wideRow(j int) []octet {
	at := (j & 3) * c.octets
	return c.wides[at : at+c.octets]
}

// write makes the rows from shrunk row j to the next.
func (c *coarsely) write(j int) {
	first, last := max(j*c.f, -c.margin), min((j+1)*c.f, c.height+c.margin)
	for y := first; y < last; y++ {
		blend(c.target(y), c.wideRow(j-1), c.wideRow(j), c.wideRow(j+1), c.wideRow(j+2), &c.phases[y-j*c.f])
	}
}

// round leaves 8 of 24 fractional bits of sums that half a level has already been added to: half of a level of 8 bits
// is too much for 16.
func round(words []uint64) {
	for i, v := range words {
		words[i] = (v - halves + 0x8000_0000_8000) >> 16 & 0x0000ffff_0000ffff
	}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
