package mask

import (
	"image"
	"math"
)

// farthest is the longest way that a shadow is moved along an axis, in pixels.
const farthest = 1 << 16

// Drop returns the coverage of the shadow of m: grown by spread pixels, blurred by a standard deviation of sigma
// pixels and moved by dx and dy. Parts of a pixel are moved too, bilinearly; as that blurs by itself, the Gaussian is
// made smaller by as much where it is large enough. The result's Rect is where it may cover anything.
//
// It needs the scratch memory of Spread, or if spread is zero of Blur.
func Drop(m *image.Alpha, dx, dy, sigma, spread float64, s *Scratch) *image.Alpha {
	s = s.usable()
	if m.Rect.Empty() {
		return cloned(m)
	}
	x, partX := math.Modf(math.Floor(bounded(dx, -farthest, farthest)*64+0.5) / 64)
	y, partY := math.Modf(math.Floor(bounded(dy, -farthest, farthest)*64+0.5) / 64)
	if partX < 0 {
		x, partX = x-1, partX+1
	}
	if partY < 0 {
		y, partY = y-1, partY+1
	}
	if spread = bounded(spread, -MaxRadius, MaxRadius); spread != 0 {
		m = Spread(m, spread, s)
	}
	if partX != 0 || partY != 0 {
		m = shifted(m, int(64*partX), int(64*partY))
	}
	if sigma = bounded(sigma, 0, MaxSigma); sigma >= 1 {
		// Moving by a part t mixes two pixels, which has a variance of t(1-t); here the mean of both axes.
		sigma = math.Sqrt(float64(sigma*sigma) - (float64(partX*(1-partX))+float64(partY*(1-partY)))/2)
	}
	m = Blur(m, sigma, s)
	m.Rect = m.Rect.Add(image.Pt(int(x), int(y)))
	return m
}

// Inner returns the coverage of a shadow that falls into m from its edges, as CSS's inset box-shadow does: what m
// covers but its blurred and moved self, shrunk by spread pixels, does not. Its Rect is that of m. (W3C CSS Backgrounds
// and Borders Level 3, section 6.1.)
//
// It needs the scratch memory of Spread, or if spread is zero of Blur.
func Inner(m *image.Alpha, dx, dy, sigma, spread float64, s *Scratch) *image.Alpha {
	return Subtract(m, Drop(m, dx, dy, sigma, -bounded(spread, -MaxRadius, MaxRadius), s))
}

// shifted is m moved right and down by 64ths of a pixel, and larger by a pixel at these sides.
func shifted(m *image.Alpha, x, y int) *image.Alpha {
	area := m.Rect
	area.Max = area.Max.Add(image.Pt(1, 1))
	out := image.NewAlpha(area)
	w := m.Rect.Dx()
	none := make([]byte, w)
	for py := area.Min.Y; py < area.Max.Y; py++ {
		above, this := none, none
		if py > area.Min.Y {
			above = row(m, m.Rect, py-1)
		}
		if py < m.Rect.Max.Y {
			this = row(m, m.Rect, py)
		}
		o := row(out, area, py)
		before := 0
		for i := range w {
			now := int(this[i])*(64-y) + int(above[i])*y
			o[i] = byte((now*(64-x) + before*x + 1<<11) >> 12)
			before = now
		}
		o[w] = byte((before*x + 1<<11) >> 12)
	}
	return out
}
