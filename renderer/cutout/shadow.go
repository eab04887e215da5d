package cutout

// solid is the depth from which a shadow passes over into the product, all of which it is at deepest.
const solid = 72

// clear makes the background transparent, and leaves its shadows.
func (c *cut) clear() {
	for y := range c.h {
		row, back, flat := c.row(y), c.back.row(y), c.flat.row(y)
		for x := nextSet(back, 0, c.w); x < c.w; x = nextSet(back, x, c.w) {
			end := nextClear(back, x, c.w)
			if bare := min(nextClear(flat, x, c.w), end); bare > x {
				clear(row[4*x : 4*bare])
				x = bare
				continue
			}
			// The ground is the same all over a word.
			end = min(end, nextSet(flat, x, c.w), x|63+1)
			c.shade(row[4*x:4*end], c.ground.colour(x&^63+32, y))
			x = end
		}
	}
}

// shade turns shadowed pixels of the ground into what they are without it: black for the most part.
func (c *cut) shade(row []uint8, ground [3]int) {
	r, g, b := ground[0], ground[1], ground[2]
	opacity := 255<<16/min(r, g, b) + 1 // of one level, with 16 fractional bits
	for ; len(row) >= 4; row = row[4:] {
		px := row[:4:4]
		down := max(r-int(px[0]), g-int(px[1]), b-int(px[2]))
		if down <= c.noise {
			px[0], px[1], px[2], px[3] = 0, 0, 0, 0
			continue
		}
		// Out of the noise it comes up twice as fast, until it is as dark as it was on the ground.
		alpha := min(down, 2*(down-c.noise)) * opacity >> 16
		if down > solid {
			alpha = max(alpha, 255*(down-solid)/(deepest-solid))
		}
		alpha = min(alpha, 255)
		px[0], px[1], px[2] = without(px[0], r, alpha), without(px[1], g, alpha), without(px[2], b, alpha)
		px[3] = uint8(alpha)
	}
}
