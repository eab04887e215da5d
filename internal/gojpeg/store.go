package gojpeg

import "math/bits"

// store keeps the coefficients of a component while scans add to them.
type store struct {
	perBlock int      // coefficients that are kept of a block, in zigzag order
	coef     []int16  // perBlock of each block
	set      []uint64 // a bit for each coefficient of a block that is not zero, kept or not
	stride   int      // blocks in a row
	known    [64]int8 // one more than the lowest bit known of each coefficient; 0 for nothing
}

// take takes the memory. Of blocks that shrink to a pixel only the first coefficient is ever needed.
func (s *store) take(blocksX, blocksY, size int) {
	s.perBlock = 64
	if size == 1 {
		s.perBlock = 1
	}
	s.stride = blocksX
	s.coef = make([]int16, blocksX*blocksY*s.perBlock)
	s.set = make([]uint64, blocksX*blocksY)
}

// advance refuses a scan that does not go on where those before it ended.
func (s *store) advance(sc *scan) error {
	if sc.ss > 0 && s.known[0] == 0 {
		return corrupt("scan header: expected coefficient 0 first; found %d", sc.ss)
	}
	for k := sc.ss; k <= sc.se; k++ {
		known := int(s.known[k]) - 1
		if known < 0 && sc.ah > 0 || known >= 0 && sc.ah != known || known == 0 {
			return corrupt("scan header: expected coefficient %d from bit %d on; found bit %d", k, known, sc.ah)
		}
		s.known[k] = int8(sc.al) + 1
	}
	return nil
}

// put keeps coefficient k of a block.
func (s *store) put(block, k int, value int32) {
	s.set[block] |= 1 << (k & 63)
	if k < s.perBlock {
		s.coef[block*s.perBlock+k] = int16(value)
	}
}

// block multiplies the coefficients of a block by q, into b, which must be zero, and in rows. The mask has a bit for each
// place in b that may not be zero.
func (s *store) block(b, q *[64]int32, block int) (mask uint64) {
	coef := s.coef[block*s.perBlock:][:s.perBlock]
	b[0] = int32(coef[0]) * q[0]
	mask = 1
	if len(coef) < 64 {
		return mask
	}
	for set := s.set[block] &^ 1; set != 0; set &= set - 1 {
		k := bits.TrailingZeros64(set) & 63
		place := zigzag[k]
		b[place&63] = int32(coef[k]) * q[k]
		mask |= 1 << (place & 63)
	}
	return mask
}

// drawStored draws the picture after the last scan.
func (d *decoder) drawStored() {
	f := d.frame
	d.out = newOutput(f)
	for my := range f.mcusY {
		for i := range f.comps {
			c := &f.comps[i]
			for by := my * c.v; by < min((my+1)*c.v, c.blocksY); by++ {
				for bx := range c.blocksX {
					mask := c.store.block(&d.block, c.quant, by*c.store.stride+bx)
					c.draw(&d.block, mask, bx, by)
					if mask != 1 {
						clear(d.block[:])
					}
				}
			}
		}
		d.out.draw(f, my)
	}
}

// storeScan adds a scan to the coefficients.
func (d *decoder) storeScan(s *scan) error {
	p := progression{r: &d.bits, ss: s.ss, se: s.se, al: s.al}
	read := p.reader(s, d.frame.progressive)
	interleaved := len(s.comps) > 1
	w, h := d.frame.mcusX, d.frame.mcusY
	if !interleaved {
		w, h = s.comps[0].blocksX, s.comps[0].blocksY
	}
	for my := range h {
		for mx := range w {
			restarted, err := d.mcu(s)
			if err != nil {
				return err
			}
			if restarted {
				p.endRun = 0
			}
			ok := true
			for _, c := range s.comps {
				if !interleaved {
					ok = read(c, my*c.store.stride+mx)
					continue
				}
				for v := range c.v {
					for h := range c.h {
						ok = read(c, (my*c.v+v)*c.store.stride+mx*c.h+h) && ok
					}
				}
			}
			if !ok || d.bits.overrun() {
				return corrupt("expected whole blocks; found an end or no code in MCU %d of row %d", mx, my)
			}
		}
	}
	if p.endRun > 0 {
		return corrupt("expected blocks up to the last one; found %d after it", p.endRun)
	}
	return nil
}
