package mask

import (
	"image"
	"math"
	"slices"
)

// walk is how far along the contour a nearer foot is looked for.
const walk = 6

// distance is how far the middle of a pixel lies outside of the contour; negative is inside. It looks at the targets
// of the pixel and of the four beside it, and from each goes along the contour while that comes nearer: the nearest
// pixel of the contour need not have the nearest foot.
func (f *field) distance(around [3][]target, i, x, y int, within bool) float64 {
	var seen [5 * walk]image.Point
	n := 0
	line, thin := math.Inf(1), math.Inf(1)
	for k, targets := range around {
		for j := max(i-1, 0); j <= i+1 && j < len(targets); j++ {
			if k != 1 && j != i {
				continue
			}
			q := image.Pt(int(targets[j].x), y+k-1+int(targets[j].dy))
			for range walk {
				if slices.Contains(seen[:n], q) {
					break
				}
				seen[n] = q
				n++
				l, t, nearest := f.distanceTo(q, x, y)
				line, thin, q = min(line, l), min(thin, t), nearest
			}
		}
	}
	line = math.Sqrt(line)
	if within {
		line = -line
	}
	return min(line, thin)
}

// distanceTo is the squared distance from pixel x, y to the contour about pixel q: to the lines from its foot to those
// of the pixels around it; the distance to the thin features there; and of these pixels the one with the nearest foot.
func (f *field) distanceTo(q image.Point, x, y int) (line, thin float64, nearest image.Point) {
	line, thin = math.Inf(1), math.Inf(1)
	own := f.feet[q.Y*f.width+q.X]
	ax, ay := own.from(q.X-x, q.Y-y)
	least := float64(ax*ax) + float64(ay*ay)
	nearest = q
	alone := true
	for ny := max(q.Y-1, 0); ny <= min(q.Y+1, f.height-1); ny++ {
		for nx := max(q.X-1, 0); nx <= min(q.X+1, f.width-1); nx++ {
			other := f.feet[ny*f.width+nx]
			if !other.set || (nx == q.X && ny == q.Y) {
				continue
			}
			alone = false
			bx, by := other.from(nx-x, ny-y)
			if d := float64(bx*bx) + float64(by*by); d < least {
				least, nearest = d, image.Pt(nx, ny)
			}
			d, t := segment(ax, ay, bx, by)
			if own.radius|other.radius == 0 {
				line = min(line, d)
				continue
			}
			radius := float64(float64(own.radius)*(1-t)) + float64(float64(other.radius)*t)
			thin = min(thin, math.Sqrt(d)-radius/footUnit)
		}
	}
	switch {
	case alone && own.radius == 0:
		line = least
	case alone:
		thin = math.Sqrt(least) - float64(own.radius)/footUnit
	}
	return line, thin, nearest
}

// from is where the foot of a pixel at x, y lies.
func (f foot) from(x, y int) (fx, fy float64) {
	return float64(x) + float64(f.x)/footUnit, float64(y) + float64(f.y)/footUnit
}

// segment is the squared distance from the origin to the line from a to b, and where on it the nearest point lies,
// from 0 to 1.
func segment(ax, ay, bx, by float64) (squared, t float64) {
	dx, dy := bx-ax, by-ay
	if length := float64(dx*dx) + float64(dy*dy); length > 0 {
		t = min(max(-(float64(ax*dx)+float64(ay*dy))/length, 0), 1)
	}
	x, y := ax+float64(t*dx), ay+float64(t*dy)
	return float64(x*x) + float64(y*y), t
}
