package path

// step adds the part of e in the current row to the cells and moves e to the next row. It tells whether e goes on
// there.
func (r *Rasterizer) step(e *edge) bool {
	top := e.y & 255
	if e.y>>8 == (e.endY-1)>>8 {
		r.cross(e.x, e.endX, e.endY-e.y, e.sign)
		return false
	}
	r.cross(e.x, e.next, 256-top, e.sign)
	e.y += 256 - top
	e.x = e.next
	e.next += e.lift
	if e.mod += e.rem; e.mod >= 0 {
		e.mod -= e.dy
		e.next++
	}
	return true
}

// cross adds a line of the height dy from x0 to x1 inside a row to the cells. The height is shared out over them in
// proportion, and without loss.
func (r *Rasterizer) cross(x0, x1, dy, sign int32) {
	c, last := x0>>8, x1>>8
	if c == last {
		r.add(c, dy*sign, (x0&255+x1&255)*dy*sign)
		return
	}
	if x0 > x1 {
		x0, x1, c, last = x1, x0, last, c
	}
	dx := x1 - x0
	left := x0 & 255
	p := (256 - left) * dy
	d, mod := p/dx, p%dx
	r.add(c, d*sign, (left+256)*d*sign)
	rest := dy - d
	if c++; c != last {
		p = 256 * dy
		lift, rem := p/dx, p%dx
		mod -= dx
		for ; c != last; c++ {
			d = lift
			if mod += rem; mod >= 0 {
				mod -= dx
				d++
			}
			rest -= d
			if d != 0 {
				r.add(c, d*sign, 256*d*sign)
			}
		}
	}
	if rest != 0 {
		r.add(last, rest*sign, (x1&255)*rest*sign)
	}
}

func (r *Rasterizer) add(c, cover, area int32) {
	s := &r.cells[c]
	s.cover += cover
	s.area += area
	r.touched[c>>6] |= 1 << (c & 63)
}
