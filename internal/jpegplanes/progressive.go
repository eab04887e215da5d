package jpegplanes

// firstAC reads the first bits of a band (T.81, G.1.2.2).
func (s *scan) firstAC(p *part, c *[64]int16) {
	if s.endOfBand > 0 {
		s.endOfBand--
		return
	}
	for k := s.first; k <= s.last; k++ {
		symbol := s.symbol(p.ac)
		run, n := symbol>>4, symbol&15
		if n == 0 {
			if run != 15 {
				s.endOfBand = 1<<run - 1 + s.take(run)
				return
			}
			k += 15
			continue
		}
		if k += run; k > s.last {
			s.fail("coefficient %d", k)
			return
		}
		c[s.order[k]] = int16(s.signed(n) << s.low)
	}
}

// refineAC reads one more bit of a band (T.81, G.1.2.3).
func (s *scan) refineAC(p *part, c *[64]int16) {
	k := s.first
	for s.endOfBand == 0 && k <= s.last {
		symbol := s.symbol(p.ac)
		if s.err != nil {
			return
		}
		run, n := symbol>>4, symbol&15
		value := int16(0)
		switch n {
		case 0:
			if run != 15 {
				s.endOfBand = 1<<run + s.take(run)
			}
		case 1:
			value = -1 << s.low
			if s.bit() == 1 {
				value = 1 << s.low
			}
		default:
			s.fail("refinement of %d bits", n)
			return
		}
		if s.endOfBand > 0 {
			break
		}
		k = s.passZeros(c, k, run)
		if value != 0 {
			if k > s.last {
				s.fail("coefficient %d", k)
				return
			}
			c[s.order[k]] = value
		}
		k++
	}
	if s.endOfBand > 0 {
		s.passZeros(c, k, 64)
		s.endOfBand--
	}
}

// passZeros goes from coefficient k over n that are 0, and to the next that is, while it refines the others. It
// returns where it stopped, at most one behind the band.
func (s *scan) passZeros(c *[64]int16, k, n int) int {
	for ; k <= s.last; k++ {
		v := &c[s.order[k]]
		if *v == 0 {
			if n == 0 {
				return k
			}
			n--
			continue
		}
		if s.bit() == 0 {
			continue
		}
		if *v > 0 {
			*v += 1 << s.low
		} else {
			*v -= 1 << s.low
		}
	}
	return k
}
