package gojpeg

import "math/bits"

// progression reads the blocks of one scan of a stored picture (T.81, annex G).
type progression struct {
	r      *bitReader
	ss, se int
	al     int
	endRun int // blocks to come without new coefficients
}

// reader gives the function that reads a block in a scan of this kind.
func (p *progression) reader(s *scan, progressive bool) func(c *component, block int) bool {
	switch {
	case !progressive:
		return p.sequential
	case s.ss == 0 && s.ah == 0:
		return p.firstDC
	case s.ss == 0:
		return p.refineDC
	case s.ah == 0:
		return p.firstAC
	}
	return p.refineAC
}

func (p *progression) sequential(c *component, block int) bool {
	if !p.firstDC(c, block) {
		return false
	}
	for k := 1; k < 64; k++ {
		s, value := p.r.next(c.ac)
		k += s.run()
		if k > 63 {
			return k >= endOfBlock
		}
		if s == 0 {
			return false
		}
		c.store.put(block, k, value)
	}
	return true
}

func (p *progression) firstDC(c *component, block int) bool {
	s, diff := p.r.next(c.dc)
	c.pred += diff
	c.store.put(block, 0, c.pred<<uint(p.al&15))
	return s != 0
}

func (p *progression) refineDC(c *component, block int) bool {
	c.store.coef[block*c.store.perBlock] |= int16(p.r.bit() << uint(p.al&15))
	return true
}

func (p *progression) firstAC(c *component, block int) bool {
	if p.endRun > 0 {
		p.endRun--
		return true
	}
	for k := p.ss; k <= p.se; k++ {
		s, value := p.r.next(c.ac)
		if run := s.run(); run >= endOfBlock {
			p.endRun = p.readEndRun(run) - 1
			return true
		}
		k += s.run()
		if s == 0 || k > p.se {
			return false
		}
		if value != 0 {
			c.store.put(block, k, value<<uint(p.al&15))
		}
	}
	return true
}

// readEndRun reads how many blocks an EOBn ends.
func (p *progression) readEndRun(run int) int {
	n := run - endOfBlock
	if n == 0 {
		return 1
	}
	return 1<<n + int(p.r.bits(n))
}

func (p *progression) refineAC(c *component, block int) bool {
	st := &c.store
	k := p.ss
	for p.endRun == 0 && k <= p.se {
		s, value := p.r.next(c.ac)
		run := s.run()
		if run >= endOfBlock {
			p.endRun = p.readEndRun(run)
			break
		}
		if s == 0 || value < -1 || value > 1 {
			return false
		}
		// The run counts coefficients that are still zero; the others on the way get a bit each.
		k = p.refine(st, block, k, p.se, run)
		if k > p.se {
			return false
		}
		if value != 0 {
			st.put(block, k, value<<uint(p.al&15))
		}
		k++
	}
	if p.endRun > 0 {
		p.endRun--
		p.refine(st, block, k, p.se, 64)
	}
	return true
}

// refine adds a bit to the coefficients from k to last that are not zero, until it meets a zero after run others. It
// gives the place of that one, or one beyond last.
func (p *progression) refine(st *store, block, k, last, run int) int {
	set := st.set[block] >> uint(k&63)
	for k <= last {
		zeros := min(bits.TrailingZeros64(set), last+1-k)
		if zeros > run {
			return k + run
		}
		run -= zeros
		k += zeros
		if k > last {
			break
		}
		if p.r.bit() != 0 && k < st.perBlock {
			st.grow(block, k, 1<<uint(p.al&15))
		}
		set >>= uint(zeros & 63)
		set >>= 1
		k++
	}
	return k
}

// grow moves a coefficient away from zero.
func (s *store) grow(block, k int, by int16) {
	v := &s.coef[block*s.perBlock+k]
	if *v >= 0 {
		*v += by
	} else {
		*v -= by
	}
}
