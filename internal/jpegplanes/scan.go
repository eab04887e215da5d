package jpegplanes

import "fmt"

// scan is one pass over some components.
type scan struct {
	bits
	order       [64]byte
	parts       []part
	first, last int // coefficients, in the order of the file
	high, low   int // bits that were there before, and bits that are still missing
	progressive bool
	endOfBand   int32 // blocks to come without further coefficients
}

// part is a component in a scan.
type part struct {
	*component
	dc, ac *huffman
	before int32 // the DC value of the last block
}

// scan reads a scan's header and its coded data.
func (d *decoder) scan(body []byte) error {
	if d.components == nil || len(body) < 1 || len(body) != 4+2*int(body[0]) || body[0] < 1 || int(body[0]) > len(d.components) {
		return fmt.Errorf("%w: expected a scan of the components of a frame, found %.1x", ErrCorrupt, body)
	}
	n := int(body[0])
	tail := body[1+2*n:]
	s := scan{
		bits: bits{data: d.data, pos: d.pos}, order: zigzag(), progressive: d.progressive,
		first: int(tail[0]), last: int(tail[1]), high: int(tail[2] >> 4), low: int(tail[2] & 15),
	}
	if !d.progressive {
		s.first, s.last, s.high, s.low = 0, 63, 0, 0
	}
	if s.first > s.last || s.last > 63 || s.low > 13 || s.progressive && (s.first == 0 && s.last != 0 || s.first > 0 && n > 1) {
		return fmt.Errorf("%w: expected the DC values or a band of AC values, found %d to %d of %d components", ErrCorrupt, s.first, s.last, n)
	}
	for i := range n {
		p, index, err := d.part(body[1+2*i], body[2+2*i], &s)
		if err != nil {
			return err
		}
		for _, other := range s.parts {
			if other.component == p.component {
				return fmt.Errorf("%w: expected a component once, found %d twice", ErrCorrupt, p.id)
			}
		}
		s.parts = append(s.parts, p)
		if s.first == 0 {
			d.scanned |= 1 << index
		}
	}
	d.run(&s)
	d.pos = s.pos
	return s.err
}

// part finds a component and its codes. Codes that a scan does not need may be missing.
func (d *decoder) part(id, tables byte, s *scan) (part, int, error) {
	for i := range d.components {
		if d.components[i].id != id {
			continue
		}
		if tables>>4 > 3 || tables&15 > 3 {
			return part{}, 0, fmt.Errorf("%w: expected tables 0 to 3, found %#x", ErrCorrupt, tables)
		}
		p := part{component: &d.components[i], dc: d.codes[0][tables>>4], ac: d.codes[1][tables&15]}
		if s.first == 0 && s.high == 0 && p.dc == nil || s.last > 0 && p.ac == nil {
			return part{}, 0, fmt.Errorf("%w: expected the tables %#x before the scan, found none", ErrCorrupt, tables)
		}
		return p, i, nil
	}
	return part{}, 0, fmt.Errorf("%w: expected a component of the frame, found %d", ErrCorrupt, id)
}

// run decodes the blocks in their order: of a lone component by rows, of several by MCUs.
func (d *decoder) run(s *scan) {
	wide, high := ceil(d.width, 8*d.across), ceil(d.height, 8*d.down)
	lone := len(s.parts) == 1
	if lone {
		wide, high = s.parts[0].width, s.parts[0].height
	}
	for y := range high {
		for x := range wide {
			if n := y*wide + x; d.restart > 0 && n > 0 && n%d.restart == 0 {
				s.restart()
				s.endOfBand = 0
				for i := range s.parts {
					s.parts[i].before = 0
				}
			}
			for i := range s.parts {
				p := &s.parts[i]
				if lone {
					s.block(p, x, y)
					continue
				}
				for v := range p.down {
					for h := range p.across {
						s.block(p, x*p.across+h, y*p.down+v)
					}
				}
			}
			if s.err != nil {
				return
			}
		}
	}
}

func (s *scan) block(p *part, x, y int) {
	at := 64 * (y*p.stride + x)
	c := (*[64]int16)(p.coefficients[at : at+64])
	switch {
	case !s.progressive:
		s.firstDC(p, c)
		s.sequentialAC(p, c)
	case s.first == 0 && s.high == 0:
		s.firstDC(p, c)
	case s.first == 0:
		c[0] |= int16(s.bit() << s.low)
	case s.high == 0:
		s.firstAC(p, c)
	default:
		s.refineAC(p, c)
	}
}

func (s *scan) firstDC(p *part, c *[64]int16) {
	n := s.symbol(p.dc)
	if n > 15 {
		s.fail("DC value of %d bits", n)
		return
	}
	p.before += s.signed(n)
	c[0] = int16(p.before << s.low)
}

func (s *scan) sequentialAC(p *part, c *[64]int16) {
	for k := 1; k < 64; k++ {
		symbol := s.symbol(p.ac)
		run, n := symbol>>4, symbol&15
		if n == 0 {
			if run != 15 {
				return
			}
			k += 15
			continue
		}
		if k += run; k > 63 {
			s.fail("coefficient %d", k)
			return
		}
		c[s.order[k]] = int16(s.signed(n))
	}
}

func (s *scan) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf("%w: found a "+format, append([]any{ErrCorrupt}, args...)...)
	}
}
