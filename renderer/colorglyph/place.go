package colorglyph

import (
	"image"
	"math"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/resample"
)

// placement is where a bitmap lies: its upper left corner, how large its pixels are, and an em.
type placement struct{ x, y, across, down, size float64 }

// finest is the smallest that pixels of a bitmap may get: below, nothing of it can be seen, but room would be needed
// for as many of them as lie in one pixel.
const finest = 1.0 / 256

// place scales a bitmap to where it lies.
func (d *Drawer) place(img *image.RGBA, p placement) (*image.RGBA, bool) {
	if !(p.across > 0 && p.down > 0 && math.Abs(p.x) <= maxSide && math.Abs(p.y) <= maxSide) {
		return nil, false
	}
	if p.across < finest || p.down < finest {
		return &image.RGBA{}, true
	}
	x := span(p.x, p.across, img.Rect.Dx())
	y := span(p.y, p.down, img.Rect.Dy())
	area := image.Rect(x.first, y.first, x.end, y.end)
	if area.Empty() || !drawable(area, p.size) {
		return nil, false
	}
	padded := image.NewRGBA(image.Rect(-x.before, -y.before, img.Rect.Dx()+x.after, img.Rect.Dy()+y.after))
	blend.Copy(padded, img)
	plan, err := d.planned(resample.Geometry{
		Src: padded.Rect.Size(), Dst: area.Size(),
		Crop: resample.Rect{X0: x.from, Y0: y.from, X1: x.to, Y1: y.to},
	})
	if err != nil {
		return nil, false
	}
	dst := image.NewRGBA(area)
	if plan.Run(dst, padded, &d.scratch) != nil {
		return nil, false
	}
	return dst, true
}

// planned is the plan of a geometry. Glyphs of one size mostly share it.
func (d *Drawer) planned(g resample.Geometry) (*resample.Plan, error) {
	if d.plan != nil && d.plan.Geometry() == g {
		return d.plan, nil
	}
	plan, err := resample.NewPlan(g)
	if err == nil {
		d.plan = plan
	}
	return plan, err
}

// stretch is a bitmap on one axis: the whole pixels that it reaches, how many pixels of its own, all transparent,
// have to be added before and after to fill these, and which part of the whole fills them.
type stretch struct {
	first, end    int
	before, after int
	from, to      float64
}

// span is the stretch of n pixels of a size from at on. Places are 1/256 of a pixel, so that a bitmap of which the
// font's rounding says that it lies a little beside whole pixels lies on them.
func span(at, size float64, n int) stretch {
	start, stop := snapped(at), snapped(at+float64(float64(n)*size))
	if !(stop > start) {
		stop = start + 1.0/256
	}
	size = (stop - start) / float64(n)
	s := stretch{first: int(math.Floor(start)), end: int(math.Ceil(stop))}
	before, after := (start-float64(s.first))/size, (float64(s.end)-stop)/size
	s.before, s.after = int(math.Ceil(before)), int(math.Ceil(after))
	s.from = float64(s.before) - before
	s.to = float64(s.before+n) + after
	return s
}

func snapped(v float64) float64 { return math.Floor(float64(v*256)+0.5) / 256 }
