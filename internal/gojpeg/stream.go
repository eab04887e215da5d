package gojpeg

// streamScan draws the picture from a scan of all components while it reads it.
func (d *decoder) streamScan(s *scan) error {
	f := d.frame
	for my := range f.mcusY {
		for mx := range f.mcusX {
			if _, err := d.mcu(s); err != nil {
				return err
			}
			for _, c := range s.comps {
				if !d.streamMCU(c, mx, my) {
					return corrupt("expected whole blocks; found an end or no code in MCU %d of row %d", mx, my)
				}
			}
		}
		d.out.draw(f, my)
	}
	return nil
}

// streamMCU reads the blocks of one component in one MCU.
func (d *decoder) streamMCU(c *component, mx, my int) bool {
	read := (*bitReader).sequentialBlock
	if c.size == 1 {
		read = (*bitReader).sequentialDC
	}
	for v := range c.v {
		for h := range c.h {
			mask, ok := read(&d.bits, &d.block, c.quant, c)
			if !ok {
				return false
			}
			c.draw(&d.block, mask, mx*c.h+h, my*c.v+v)
			if mask != 1 {
				clear(d.block[:])
			}
		}
	}
	return true
}

// draw puts the samples of a block into the plane.
func (c *component) draw(b *[64]int32, mask uint64, bx, by int) {
	if bx >= c.blocksX || by >= c.blocksY {
		return // padding
	}
	p := &c.plane
	dst := p.rows[by*c.size%(2*p.band)*p.stride+bx*c.size:]
	switch {
	case mask&^1 == 0:
		flat(dst, p.stride, c.size, b[0])
	case c.size == 8:
		idct8(dst, p.stride, b, mask)
	case c.size == 4:
		idct4(dst, p.stride, b, mask)
	default:
		idct2(dst, p.stride, b)
	}
}
