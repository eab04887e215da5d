package cutout

// How the edge of the product is told from its inside.
const (
	band  = 3 // width of the edge, in pixels
	reach = 5 // how many pixels further inside the product's own colour is looked for
)

// An edge is a pixel of the product's rim and what it becomes.
type edge struct {
	x, y int32
	to   [4]uint8
}

// matte finds the edge and works out its pixels, from a picture that is still whole.
func (c *cut) matte() {
	grown, next := &c.near, &c.next
	grown.dilate(&c.back)
	for range band - 1 {
		next.dilate(grown)
		grown, next = next, grown
	}
	c.edges = c.edges[:0]
	for y := range c.h {
		row, back := grown.row(y), c.back.row(y)
		for i := range row {
			row[i] &^= back[i]
		}
		for x := nextSet(row, 0, c.w); x < c.w; x = nextSet(row, x+1, c.w) {
			px, ground := c.pixel(x, y), c.ground.colour(x, y)
			if px[3] == 255 {
				alpha := opacity(px, c.inside(x, y, ground), ground, c.noise)
				c.edges = append(c.edges, edge{int32(x), int32(y), unmix(px, ground, alpha)})
			}
		}
	}
}

// inside returns the product's own colour near x, y. It climbs from pixel to pixel as long as the contrast to the
// ground rises by more than shading does.
func (c *cut) inside(x, y int, ground [3]int) []uint8 {
	at, best := c.pixel(x, y), 0
	best = contrast(at, ground)
	for range reach {
		nx, ny, most := x, y, best+best/16+3
		for v := max(y-1, 0); v <= min(y+1, c.h-1); v++ {
			for u := max(x-1, 0); u <= min(x+1, c.w-1); u++ {
				if k := contrast(c.pixel(u, v), ground); k > most && !c.back.has(u, v) {
					nx, ny, most = u, v, k
				}
			}
		}
		if nx == x && ny == y {
			break
		}
		x, y, best = nx, ny, most
		at = c.pixel(x, y)
	}
	return at
}

// opacity is how far px lies on the way from the ground to the product's colour, of 255.
func opacity(px, product []uint8, ground [3]int, tolerance int) int {
	var dot, norm, least, far int
	for i, g := range ground {
		u, v := g-int(px[i]), g-int(product[i])
		dot, norm, far = dot+u*v, norm+v*v, max(far, distance(v, 0))
		// No product colour lies beyond black or white, so alpha is at least this.
		if u > 0 {
			least = max(least, (u*255+g-1)/g)
		} else if u < 0 {
			least = max(least, (-u*255+254-g)/(255-g))
		}
	}
	if norm == 0 {
		return 255
	}
	alpha := min(max(dot*255/norm, least), 255)
	// A product nearly as white as the ground says little about alpha; there its edge stays whole.
	if doubt := 3*tolerance - far; doubt > 0 {
		alpha += (255 - alpha) * min(doubt, 2*tolerance) / (2 * tolerance)
	}
	return alpha
}

// unmix takes the ground out of px.
func unmix(px []uint8, ground [3]int, alpha int) (to [4]uint8) {
	for i, g := range ground {
		to[i] = without(px[i], g, alpha)
	}
	to[3] = uint8(alpha)
	return to
}

// finishEdges writes the edge's pixels.
func (c *cut) finishEdges() {
	for _, e := range c.edges {
		copy(c.pixel(int(e.x), int(e.y)), e.to[:])
	}
}

// without takes the ground out of one sample. The result is premultiplied.
func without(v uint8, ground, alpha int) uint8 {
	return uint8(min(max(int(v)-((255-alpha)*ground+127)/255, 0), alpha))
}
