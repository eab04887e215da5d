package cutout

// A span is a run of pixels in a row, from x0 to before x1.
type span struct{ y, x0, x1 int32 }

// take moves the run of set bits around x out of open into spans.
func take(open *bitmap, spans []span, x, y int) ([]span, int) {
	row := open.row(y)
	x0, x1 := runStart(row, x), nextClear(row, x, open.w)
	clearRun(row, x0, x1)
	return append(spans, span{int32(y), int32(x0), int32(x1)}), x1
}

// grow moves everything connected to the spans out of open into spans, which are queue and result in one.
func grow(open *bitmap, spans []span) []span {
	for i := 0; i < len(spans); i++ {
		s := spans[i]
		for _, y := range [2]int{int(s.y) - 1, int(s.y) + 1} {
			if y < 0 || y >= open.h {
				continue
			}
			row := open.row(y)
			for x := nextSet(row, int(s.x0), open.w); x < int(s.x1); x = nextSet(row, x, open.w) {
				spans, x = take(open, spans, x, y)
			}
		}
	}
	return spans
}

// flood finds the background that is connected to the rim.
func (c *cut) flood() {
	passable := &c.near
	passable.or(&c.flat)
	passable.or(&c.soft)
	c.open.erode(passable)
	spans := c.spans[:0]
	seed := func(x, y int) int {
		x = nextSet(c.open.row(y), x, c.w)
		if x < c.w {
			spans, x = take(&c.open, spans, x, y)
		}
		return x
	}
	for x := 0; x < c.w; {
		x = seed(x, 0)
	}
	for x := 0; x < c.w; {
		x = seed(x, c.h-1)
	}
	for y := range c.h {
		if c.open.has(0, y) {
			seed(0, y)
		}
		if c.open.has(c.w-1, y) {
			seed(c.w-1, y)
		}
	}
	c.spans = grow(&c.open, spans)
	c.widen(c.spans, &c.flat)
}

// widen adds spans to the background, and of mask the neighbours that erosion took away.
func (c *cut) widen(spans []span, mask *bitmap) {
	c.open.reset(c.w, c.h)
	for _, s := range spans {
		setRun(c.open.row(int(s.y)), int(s.x0), int(s.x1))
	}
	c.next.dilate(&c.open)
	c.next.and(mask)
	c.back.or(&c.open)
	c.back.or(&c.next)
}
