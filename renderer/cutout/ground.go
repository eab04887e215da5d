package cutout

import (
	"image"
	"math"
	"slices"
)

// What a picture on white and its rim have to be like.
const (
	smallest   = 16   // the shortest side of a picture worth looking at, in pixels
	segments   = 12   // per side
	depth      = 3    // of the rim, in pixels
	darkest    = 200  // the least that the darkest channel of a white ground may have
	colourful  = 12   // the most that its channels may lie apart
	unrest     = 14   // the most that nine tenths of a segment may spread
	wandering  = 24   // the most that a segment may differ from the median segment
	leastShare = 0.62 // of the segments that have to be ground
)

// A plane is the colour of the ground across a picture, at most 255, with 16 fractional bits.
type plane struct{ at, dx, dy [3]int }

// colour returns the ground at x, y.
func (p *plane) colour(x, y int) (c [3]int) {
	for i := range c {
		c[i] = min(max((p.at[i]+x*p.dx[i]+y*p.dy[i])>>16, 1), 255)
	}
	return c
}

// A segment of the rim has its centre at x, y, from -1 to 1 across the picture.
type segment struct {
	x, y   float64
	colour [3]int
	noise  int
}

// measure returns the ground of a picture on white, and the noise on it: how far nine tenths of a typical segment spread.
func measure(img *image.RGBA) (p plane, noise int, ok bool) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if min(w, h) < smallest {
		return p, 0, false
	}
	white := make([]segment, 0, 4*segments)
	for i := range segments {
		x0, x1 := i*w/segments, (i+1)*w/segments
		y0, y1 := i*h/segments, (i+1)*h/segments
		for _, r := range [4]image.Rectangle{
			image.Rect(x0, 0, x1, depth), image.Rect(x0, h-depth, x1, h),
			image.Rect(0, y0, depth, y1), image.Rect(w-depth, y0, w, y1),
		} {
			if colour, noise, ok := flatColour(img, r); ok {
				white = append(white, segment{
					x: float64(r.Min.X+r.Max.X)/float64(w) - 1, y: float64(r.Min.Y+r.Max.Y)/float64(h) - 1, colour: colour, noise: noise,
				})
			}
		}
	}
	if len(white) == 0 {
		return p, 0, false
	}
	var middle [3]int
	column := make([]int, len(white))
	for c := range middle {
		for i := range white {
			column[i] = white[i].colour[c]
		}
		slices.Sort(column)
		middle[c] = column[len(column)/2]
	}
	white = slices.DeleteFunc(white, func(s segment) bool { return spread(s.colour, middle) > wandering })
	if float64(len(white)) < leastShare*4*segments {
		return p, 0, false
	}
	slices.SortFunc(white, func(a, b segment) int { return a.noise - b.noise })
	return fit(white, w, h), white[len(white)/2].noise, true
}

// flatColour is the median colour of a part of the rim, if that may be white ground.
func flatColour(img *image.RGBA, r image.Rectangle) (colour [3]int, noise int, ok bool) {
	var counts [3][256]int32
	n := int32(r.Dx() * r.Dy())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			px := img.Pix[y*img.Stride+4*x:][:4]
			if px[3] != 255 {
				return colour, noise, false
			}
			counts[0][px[0]]++
			counts[1][px[1]]++
			counts[2][px[2]]++
		}
	}
	for c := range counts {
		if quantile(&counts[c], n-n/20)-quantile(&counts[c], n/20+1) > unrest {
			return colour, noise, false
		}
		colour[c] = quantile(&counts[c], (n+1)/2)
	}
	least, most := slices.Min(colour[:]), slices.Max(colour[:])
	return colour, noise, noise <= unrest && least >= darkest && most-least <= colourful
}

// quantile is the value of the rank-th sample, counted from one.
func quantile(counts *[256]int32, rank int32) int {
	for v, n := range counts {
		if rank -= n; rank <= 0 {
			return v
		}
	}
	return 255
}

func spread(a, b [3]int) int {
	return max(distance(a[0], b[0]), distance(a[1], b[1]), distance(a[2], b[2]))
}

func distance(a, b int) int { return max(a-b, b-a) }

// fit puts a plane through segments by least squares. A small weight on the slopes keeps them at rest where the
// segments do not tell, as when they all lie at one side. Products are rounded before they are added, which makes
// the result the same on machines that could fuse the two.
func fit(white []segment, w, h int) (p plane) {
	n := float64(len(white))
	var mx, my float64
	for _, s := range white {
		mx, my = mx+s.x, my+s.y
	}
	mx, my = mx/n, my/n
	const rest = 3
	xx, xy, yy := float64(rest), 0.0, float64(rest)
	for _, s := range white {
		xx += float64((s.x - mx) * (s.x - mx))
		xy += float64((s.x - mx) * (s.y - my))
		yy += float64((s.y - my) * (s.y - my))
	}
	det := float64(xx*yy) - float64(xy*xy)
	for c := range 3 {
		var mean, xc, yc float64
		for _, s := range white {
			mean += float64(s.colour[c])
		}
		mean /= n
		for _, s := range white {
			d := float64(s.colour[c]) - mean
			xc += float64((s.x - mx) * d)
			yc += float64((s.y - my) * d)
		}
		sx := (float64(xc*yy) - float64(yc*xy)) / det
		sy := (float64(yc*xx) - float64(xc*xy)) / det
		at := mean - float64(sx*(1+mx)) - float64(sy*(1+my)) + 0.5
		p.at[c] = int(math.Round(at * 65536))
		p.dx[c] = int(math.Round(sx * 2 * 65536 / float64(w)))
		p.dy[c] = int(math.Round(sy * 2 * 65536 / float64(h)))
	}
	return p
}
