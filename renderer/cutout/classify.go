package cutout

import "encoding/binary"

// What a soft shadow is like, besides being darker than the ground.
const (
	deepest    = 112 // the deepest shadow, in levels below the ground
	tinted     = 8   // the most that its channels may lie apart, to which a twelfth of its depth is added
	steepest   = 3   // the most that neighbours two pixels apart may differ on a ground without noise,
	shallow    = 14  // to which, in depths from here on,
	steepening = 3   // this part of the further depth is added
	light      = 100 // the depth of what may be a shadow by its colour alone

	ringing = 20 // the most by which the ringing of JPEG departs from the ground
)

// classify fills flat, soft, faint and pale.
func (c *cut) classify() {
	for y := range c.h {
		above, row, below := c.row(max(y-1, 0)), c.row(y), c.row(min(y+1, c.h-1))
		flat, soft, faint, pale := c.flat.row(y), c.soft.row(y), c.faint.row(y), c.pale.row(y)
		for x0 := 0; x0 < c.w; x0 += 64 {
			n := min(64, c.w-x0)
			// Across 64 pixels the ground changes by less than one level, or it would not be flat.
			ground := c.ground.colour(x0+n/2, y)
			flat[x0>>6], soft[x0>>6], faint[x0>>6], pale[x0>>6] = c.classifyWord(above, row, below, x0, n, ground)
		}
	}
}

// classifyWord classifies the n pixels from x0 on, at most 64.
func (c *cut) classifyWord(above, row, below []uint8, x0, n int, ground [3]int) (flat, soft, faint, pale uint64) {
	r, g, b := ground[0], ground[1], ground[2]
	last := 4 * (c.w - 1)
	known := uint32(1) // the last pixel found flat, at first one that is none: clean ground is much the same
	for i := range n {
		at := 4 * (x0 + i)
		px := row[at:][:4:4]
		sample := binary.LittleEndian.Uint32(px)
		if sample == known {
			flat |= 1 << i
			continue
		}
		dr, dg, db := r-int(px[0]), g-int(px[1]), b-int(px[2])
		most, least := max(dr, dg, db), min(dr, dg, db)
		if most <= c.tolerance && least >= -c.tolerance && px[3] == 255 {
			known = sample
			flat |= 1 << i
			continue
		}
		if most <= ringing && least >= -ringing {
			faint |= 1 << i
		}
		if most > deepest || most-least > tinted+most/12 || px[3] != 255 {
			continue
		}
		if most < light {
			pale |= 1 << i
		}
		limit := c.steepest + max(most-shallow, 0)/steepening
		across := distance(int(row[max(at-4, 0)+1]), int(row[min(at+4, last)+1]))
		down := distance(int(above[at+1]), int(below[at+1]))
		if across <= limit && down <= limit {
			soft |= 1 << i
		}
	}
	return flat, soft, faint, pale
}
