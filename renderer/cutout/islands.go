package cutout

// What the background may swallow, and what it may not.
const (
	speck     = 4000 // an island of less than this part of the picture,
	speckMost = 64   // whose samples differ by less than this from the ground, is noise
	leastHole = 2500 // a hole takes at least this part of the picture
)

// sweep adds noise to the background: specks that the flood went around.
func (c *cut) sweep() {
	for i, w := range c.back.words {
		c.open.words[i] = ^w
	}
	for y := range c.h {
		row := c.open.row(y)
		row[len(row)-1] &= c.open.last()
	}
	largest := c.w * c.h / speck
	c.islands(func(spans []span, area int) {
		if area <= largest && c.contrast(spans) <= speckMost {
			for _, s := range spans {
				setRun(c.back.row(int(s.y)), int(s.x0), int(s.x1))
			}
		}
	})
}

// holes adds the enclosed parts of the ground to the background.
func (c *cut) holes() {
	for i, w := range c.flat.words {
		c.near.words[i] = w &^ c.back.words[i]
	}
	c.open.erode(&c.near)
	found := &c.next
	found.reset(c.w, c.h)
	least := max(c.w*c.h/leastHole, 4)
	c.islands(func(spans []span, area int) {
		if area < least {
			return
		}
		for _, s := range spans {
			setRun(found.row(int(s.y)), int(s.x0), int(s.x1))
		}
	})
	c.open.dilate(found)
	c.open.and(&c.near)
	c.back.or(&c.open)
}

// islands calls each with the connected parts of open, which is empty thereafter.
func (c *cut) islands(each func(spans []span, area int)) {
	for y := range c.h {
		for x := nextSet(c.open.row(y), 0, c.w); x < c.w; x = nextSet(c.open.row(y), x, c.w) {
			c.spans, _ = take(&c.open, c.spans[:0], x, y)
			c.spans = grow(&c.open, c.spans)
			area := 0
			for _, s := range c.spans {
				area += int(s.x1 - s.x0)
			}
			each(c.spans, area)
		}
	}
}

// contrast is the most by which any pixel differs from the ground.
func (c *cut) contrast(spans []span) (most int) {
	for _, s := range spans {
		for x := int(s.x0); x < int(s.x1); x++ {
			most = max(most, contrast(c.pixel(x, int(s.y)), c.ground.colour(x, int(s.y))))
		}
	}
	return most
}

// contrast is the most by which a channel of px differs from the ground.
func contrast(px []uint8, ground [3]int) int {
	return max(distance(int(px[0]), ground[0]), distance(int(px[1]), ground[1]), distance(int(px[2]), ground[2]))
}
