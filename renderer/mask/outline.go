package mask

import (
	"image"
	"math"
)

// strips is into how many lines a row is cut whose sides are not straight.
const strips = 32

// outline is a convex shape by its sides at each height.
type outline struct {
	top, bottom float64
	sides       func(y float64) (left, right float64)
	straight    func(top, bottom float64) bool // whether the sides are vertical between two heights
}

// fillOutline draws o into m, which is empty.
func fillOutline(m *image.Alpha, o outline) {
	first := int(math.Floor(bounded(o.top, float64(m.Rect.Min.Y), float64(m.Rect.Max.Y))))
	last := int(math.Ceil(bounded(o.bottom, float64(m.Rect.Min.Y), float64(m.Rect.Max.Y))))
	s := scanline{deltas: make([]int32, m.Rect.Dx()+2), left: float64(m.Rect.Min.X), width: float64(m.Rect.Dx())}
	var full []byte // the last whole row with straight sides, which the next one repeats
	for y := first; y < last; y++ {
		to := row(m, m.Rect, y)
		top, bottom := max(o.top, float64(y)), min(o.bottom, float64(y+1))
		straight := o.straight(top, bottom)
		whole := straight && bottom-top == 1
		if whole && full != nil {
			copy(to, full)
			continue
		}
		n := strips
		if straight {
			n = 1
		}
		weight := int32(math.Round((bottom - top) / float64(n) * unit))
		for i := range n {
			left, right := o.sides(top + float64((float64(i)+0.5)*(bottom-top)/float64(n)))
			s.add(left, right, weight)
		}
		s.flush(to)
		if whole {
			full = to
		}
	}
}

const unit = 1 << 20 // the whole of a pixel

// scanline sums up the coverage of a row by its change from pixel to pixel.
type scanline struct {
	deltas      []int32
	left, width float64

	starts, ends reach // where deltas has changes
}

// reach is a range of pixels, to excluded.
type reach struct{ from, to int }

func (r *reach) include(i int) {
	if r.to == 0 {
		r.from = i
	}
	r.from, r.to = min(r.from, i), max(r.to, i+2)
}

// add covers all between left and right with a weight in parts of unit.
func (s *scanline) add(left, right float64, weight int32) {
	left, right = bounded(left-s.left, 0, s.width), bounded(right-s.left, 0, s.width)
	if left >= right {
		return
	}
	s.starts.include(s.change(left, weight))
	s.ends.include(s.change(right, -weight))
}

// change lets the coverage from x on differ by weight.
func (s *scanline) change(x float64, weight int32) int {
	i := int(x)
	later := int32(math.Round((x - float64(i)) * float64(weight)))
	s.deltas[i] += weight - later
	s.deltas[i+1] += later
	return i
}

// flush writes the row, and forgets it. Between its sides it is even.
func (s *scanline) flush(to []byte) {
	if s.starts.to == 0 {
		return
	}
	sum := int32(0)
	some := func(from, end int) {
		for i := from; i < end; i++ {
			sum += s.deltas[i]
			s.deltas[i] = 0
			if i < len(to) {
				to[i] = level(sum)
			}
		}
	}
	if s.ends.from <= s.starts.to {
		some(min(s.starts.from, s.ends.from), max(s.starts.to, s.ends.to))
	} else {
		some(s.starts.from, s.starts.to)
		v := level(sum)
		between := to[s.starts.to:s.ends.from]
		for i := range between {
			between[i] = v
		}
		some(s.ends.from, s.ends.to)
	}
	s.starts, s.ends = reach{}, reach{}
}

func level(sum int32) byte {
	return byte((int64(min(max(sum, 0), unit))*255 + unit/2) / unit)
}
