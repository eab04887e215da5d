package gojpeg

import "fmt"

// scan is one pass over some of the components (T.81, B.2.3).
type scan struct {
	comps  []*component
	ss, se int // band of coefficients in zigzag order
	ah, al int // lowest bit known before, or 0, and lowest bit of this scan

	restart int  // MCUs between restart markers, 0 for none
	left    int  // MCUs until the next one
	marker  byte // the next one
}

func (d *decoder) readScan(p []byte) error {
	if d.frame == nil {
		return corrupt("expected a frame header before the first scan; found none")
	}
	if d.scans++; d.scans > MaxScans {
		return fmt.Errorf("%w: expected at most %d scans; found more", ErrTooLarge, MaxScans)
	}
	s, err := d.scanHeader(p)
	if err != nil {
		return err
	}
	if d.scans == 1 {
		d.begin(s)
	} else if !d.frame.stored {
		return corrupt("expected the end after a scan of everything; found another scan")
	}
	if err := d.load(s); err != nil {
		return err
	}
	read := d.streamScan
	if d.frame.stored {
		read = d.storeScan
	}
	if err := read(s); err != nil {
		return fmt.Errorf("scan %d: %w", d.scans, err)
	}
	return d.spent()
}

func (d *decoder) scanHeader(p []byte) (*scan, error) {
	if len(p) < 1 || p[0] < 1 || p[0] > 3 || len(p) != 4+2*int(p[0]) {
		return nil, corrupt("scan header: expected 1 to 3 components, 2 bytes each, and 4 bytes; found %d bytes", len(p))
	}
	comps, last := p[1:len(p)-3], p[len(p)-3:]
	s := &scan{ss: int(last[0]), se: int(last[1]), ah: int(last[2] >> 4), al: int(last[2] & 15), restart: d.tables.restart}
	if !d.frame.progressive { // the numbers mean nothing, and some files have them wrong
		s.ss, s.se, s.ah, s.al = 0, 63, 0, 0
	} else if s.ss > s.se || s.se > 63 || s.ss == 0 && s.se > 0 || s.ss > 0 && len(comps) > 2 ||
		s.al > 13 || s.ah > 0 && s.ah != s.al+1 {
		return nil, corrupt("scan header: expected a progression; found coefficients %d to %d, bits %d to %d and %d components",
			s.ss, s.se, s.ah, s.al, len(comps)/2)
	}
	for ; len(comps) > 0; comps = comps[2:] {
		c := d.frame.component(comps[0])
		if c == nil {
			return nil, corrupt("scan header: expected components of the frame; found %d", comps[0])
		}
		for _, other := range s.comps {
			if other == c {
				return nil, corrupt("scan header: expected different components; found %d twice", c.id)
			}
		}
		if err := d.tables.latch(c, comps[1], s); err != nil {
			return nil, err
		}
		s.comps = append(s.comps, c)
	}
	return s, nil
}

func (f *frame) component(id byte) *component {
	for i := range f.comps {
		if f.comps[i].id == id {
			return &f.comps[i]
		}
	}
	return nil
}

// latch gives c the tables of this moment: later ones may take their places.
func (t *tables) latch(c *component, selectors byte, s *scan) error {
	dc, ac := selectors>>4, selectors&15
	if dc > 3 || ac > 3 {
		return corrupt("scan header: expected tables 0 to 3; found %d and %d", dc, ac)
	}
	c.dc, c.ac = t.dc[dc], t.ac[ac]
	needDC, needAC := s.ss == 0 && s.ah == 0, s.se > 0
	if needDC && c.dc == nil || needAC && c.ac == nil {
		return corrupt("scan header: expected Huffman tables %d and %d before it; found none", dc, ac)
	}
	if c.quant == nil {
		if c.quant = t.quant[c.table]; c.quant == nil {
			return corrupt("scan header: expected quantisation table %d before it; found none", c.table)
		}
	}
	return c.store.advance(s)
}

// begin takes the memory for the picture, now that the first scan tells how it comes.
func (d *decoder) begin(s *scan) {
	f := d.frame
	f.stored = f.progressive || len(s.comps) < len(f.comps)
	switch {
	case len(f.comps) < 3 || d.tables.jfif:
	case d.tables.adobe:
		f.rgb = d.tables.adobeRGB
	default:
		f.rgb = f.comps[0].id == 'R' && f.comps[1].id == 'G' && f.comps[2].id == 'B'
	}
	for i := range f.comps {
		c := &f.comps[i]
		c.plane.rows = make([]byte, 2*c.plane.band*c.plane.stride)
		if f.stored {
			c.store.take(f.mcusX*c.h, f.mcusY*c.v, c.size)
		}
	}
	if !f.stored {
		d.out = newOutput(f)
	}
}

// load makes the entropy-coded data at pos ready.
func (d *decoder) load(s *scan) error {
	n, err := d.bits.load(d.data[d.pos:])
	d.pos += n
	s.left, s.marker = s.restart, markerRST0
	for _, c := range s.comps {
		c.pred = 0
	}
	return err
}
