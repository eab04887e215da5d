package mask

import "math"

const far = int16(0x7fff) // no foot within range in this column

// nearestAcross sets each pixel of near to how many rows below it the nearest foot of its column lies, if that is
// within limit. feet starts skip rows below near.
func nearestAcross(near []int16, feet []foot, w, h, skip, footRows, limit int) {
	at := func(y int) []foot {
		if y -= skip; y < 0 || y >= footRows {
			return nil
		}
		return feet[y*w : (y+1)*w]
	}
	for y := range h {
		this := near[y*w : (y+1)*w]
		if y == 0 {
			for x := range this {
				this[x] = far
			}
		} else {
			carry(this, near[(y-1)*w:y*w], -1, -limit)
		}
		for x, f := range at(y) {
			if f.set {
				this[x] = 0
			}
		}
	}
	for y := h - 2; y >= 0; y-- {
		this, below := near[y*w:(y+1)*w], near[(y+1)*w:(y+2)*w]
		for x, v := range below[:len(this)] {
			if v >= 0 && int(v) < limit {
				if own := this[x]; own == far || -own > v+1 {
					this[x] = v + 1
				}
			}
		}
	}
}

// carry takes the distances of a neighbouring row, one row farther, as far as end.
func carry(this, from []int16, step int16, end int) {
	for x, v := range from[:len(this)] {
		if v == far || int(v) <= end {
			this[x] = far
		} else {
			this[x] = v + step
		}
	}
}

// parabola is a foot's place in a row's lower envelope: the squared distance to it is the lowest from column start on.
type parabola struct{ x, dy, start int32 }

// envelope finds, for each of the n columns of a row, counted from -left, the nearest foot by its pixel. (Meijster,
// Roerdink and Hesselink, A general algorithm for computing distance transforms in linear time, 2000, phase 2.)
func envelope(out []target, stack []parabola, near []int16, left int) []parabola {
	stack = stack[:0]
	for i, v := range near {
		if v == far {
			continue
		}
		p := parabola{x: int32(i), dy: int32(v), start: int32(-left)}
		for len(stack) > 0 {
			top := stack[len(stack)-1]
			p.start = overtakes(top, p)
			if p.start > top.start {
				break
			}
			stack = stack[:len(stack)-1]
			p.start = int32(-left)
		}
		stack = append(stack, p)
	}
	end := int32(len(out) - left)
	for i := len(stack) - 1; i >= 0; i-- {
		p := stack[i]
		for x := max(p.start, int32(-left)); x < end; x++ {
			out[int(x)+left] = target{p.x, p.dy}
		}
		end = min(end, p.start)
	}
	return stack
}

// overtakes is the first column at which b, which lies to the right of a, is nearer.
func overtakes(a, b parabola) int32 {
	ax, ay, bx, by := int64(a.x), int64(a.dy), int64(b.x), int64(b.dy)
	part, twice := bx*bx-ax*ax+by*by-ay*ay, 2*(bx-ax)
	column := part / twice
	if part%twice < 0 {
		column--
	}
	return int32(min(column, math.MaxInt32-1)) + 1
}

// target is the pixel of a foot: its column, and how many rows below it lies.
type target struct{ x, dy int32 }
