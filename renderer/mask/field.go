package mask

import (
	"image"
	"math"
)

// slack is how much a distance to a contour may differ from that to the middle of its pixel.
const slack = 1.75

type fieldScratch struct {
	plane   []byte
	feet    []foot
	near    []int16
	targets [3][]target
	stack   []parabola
}

// field knows the distance to the contour of a mask. Its columns and rows start one pixel before the mask.
type field struct {
	*fieldScratch
	stride        int // of plane
	width, height int // of feet
}

// band is the coverage of all that lies from low to high pixels outside of a mask's contour; negative is inside. low
// may be -Inf.
func band(m *image.Alpha, area image.Rectangle, low, high float64, s *fieldScratch) *image.Alpha {
	out := image.NewAlpha(area)
	if area.Empty() || m.Rect.Empty() {
		return out
	}
	f := field{fieldScratch: s, width: m.Rect.Dx() + 2, height: m.Rect.Dy() + 2}
	f.findFeet(m)

	limit := int(math.Abs(high) + slack + 1)
	if !math.IsInf(low, 0) {
		limit = max(limit, int(math.Abs(low)+slack+1))
	}
	top, left := m.Rect.Min.Y-1-area.Min.Y, m.Rect.Min.X-1-area.Min.X // at least 0
	s.near = grown(s.near, f.width*area.Dy())
	nearestAcross(s.near, s.feet, f.width, area.Dy(), top, f.height, limit)

	for i := range s.targets {
		s.targets[i] = grown(s.targets[i], area.Dx())
	}
	find := func(y int) []target {
		if y < 0 || y >= area.Dy() {
			return nil
		}
		t := s.targets[y%3]
		s.stack = envelope(t, s.stack, s.near[y*f.width:(y+1)*f.width], left)
		if len(s.stack) == 0 {
			return nil
		}
		return t
	}
	c := cover{low: low, high: high}
	var around [3][]target
	around[2] = find(0)
	for y := range area.Dy() {
		around[0], around[1], around[2] = around[1], around[2], find(y+1)
		f.fill(out.Pix[y*out.Stride:][:area.Dx()], around, c, left, y-top)
	}
	return out
}

// findFeet finds the feet of m.
func (f *field) findFeet(m *image.Alpha) {
	f.plane, f.stride = bordered(f.plane, m)
	f.feet = zeroed(f.feet, f.width*f.height)
	for y := range f.height {
		start := f.planeAt(0, y)
		feet := f.feet[y*f.width : (y+1)*f.width]
		for x := range feet {
			if ft, ok := footAt(f.plane, f.stride, start+x); ok {
				feet[x] = ft
			}
		}
	}
}

func (f *field) planeAt(x, y int) int { return (y+border-1)*f.stride + x + border - 1 }

// within tells whether the middle of a pixel is covered.
func (f *field) within(x, y int) bool {
	return x >= 0 && y >= 0 && x < f.width && y < f.height && f.plane[f.planeAt(x, y)] >= inside
}

// fill makes a row, whose first column is -left and whose row is y. around is the targets of the row
// before, of itself and of the next one; nil stands for none.
func (f *field) fill(row []byte, around [3][]target, c cover, left, y int) {
	for i := range row {
		x := i - left
		within := f.within(x, y)
		if around[1] == nil {
			row[i] = c.unbounded(within)
			continue
		}
		t := around[1][i]
		dx, dy := int(t.x)-x, int(t.dy)
		d := dx*dx + dy*dy
		v, sure := c.rough(float64(d), within)
		if !sure {
			v = c.at(f.distance(around, i, x, y, within))
		}
		row[i] = v
	}
}

// cover turns distances into the coverage of a band.
type cover struct{ low, high float64 }

// at is the coverage at a distance outside of the contour.
func (c cover) at(d float64) byte {
	v := min(max(c.high+0.5-d, 0), 1)
	if !math.IsInf(c.low, 0) {
		v *= min(max(d-c.low+0.5, 0), 1)
	}
	return byte(float64(v*255) + 0.5)
}

// unbounded is the coverage farther from any contour than both bounds.
func (c cover) unbounded(within bool) byte {
	if within && math.IsInf(c.low, 0) {
		return 255
	}
	return 0
}

// rough is the coverage by the squared distance to the nearest foot's pixel, where that is sure.
func (c cover) rough(squared float64, within bool) (v byte, sure bool) {
	side := 1.0
	if within {
		side = -1
	}
	for _, bound := range [2]float64{c.low, c.high} {
		if b := side * bound; b > -slack && squared < (b+slack)*(b+slack) && (b < slack || squared > (b-slack)*(b-slack)) {
			return 0, false
		}
	}
	return c.at(side * math.Sqrt(squared)), true
}
