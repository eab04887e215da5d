package cutout

// How thin leftovers of the background are, and how far they are followed, in pixels.
const (
	halfSeam, alongSeam   = 4, 10
	halfCrust, alongCrust = 2, 4
)

// seams adds to the background what the flood left between it and the product: the crust of noise that JPEG puts
// around outlines, and the pale seam between a shadow and its product, where the shadow is too steep for the flood.
// Only what is thin goes, so that the sole of a white shoe stays.
func (c *cut) seams() {
	c.near.copy(&c.back)
	c.faint.or(&c.flat)
	c.follow(&c.faint, halfCrust, alongCrust)
	// The crust is no shadow.
	c.near.copy(&c.faint)
	c.near.and(&c.back)
	c.near.without(&c.soft)
	c.flat.or(&c.near)

	c.near.copy(&c.back)
	c.near.and(&c.soft)
	c.follow(&c.pale, halfSeam, alongSeam)
}

// follow adds the parts of mask to the background that are at most twice half wide and within some steps of near.
func (c *cut) follow(mask *bitmap, half, steps int) {
	thin, a, b := &c.open, &c.thick, &c.next
	thin.copy(mask)
	thin.without(&c.back)
	a.copy(thin)
	for range half {
		b.erode(a)
		a, b = b, a
	}
	for range half {
		b.dilate(a)
		a, b = b, a
	}
	thin.without(a)
	a.copy(&c.near)
	for range steps {
		b.dilate(a)
		b.and(thin)
		c.back.or(b)
		a, b = b, a
	}
}
