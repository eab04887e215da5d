package studio

import (
	"image"
	"image/color"
	"math"

	"github.com/fogleman/gg"
)

// Shadow paints the shape's blurred silhouette, moved by (dx, dy). blur is the standard deviation of the softness. It
// paints over what is there, so it comes before the fill; without an offset and in a light colour it is a glow.
func (s Shape) Shadow(dx, dy, blur float64, hex string) Shape {
	return s.shadow(dx, dy, blur, hex, 0, func(dc *gg.Context, _ float64) { dc.Fill() })
}

// StrokeShadow is Shadow for the outline drawn with the given width.
func (s Shape) StrokeShadow(width, dx, dy, blur float64, hex string) Shape {
	return s.shadow(dx, dy, blur, hex, width/2, func(dc *gg.Context, unit float64) {
		dc.SetLineWidth(width * unit)
		dc.Stroke()
	})
}

// shadow lets draw paint the traced outline, which grow units widen, on a canvas as small as a blur allows.
func (s Shape) shadow(dx, dy, blur float64, hex string, grow float64, draw func(dc *gg.Context, unit float64)) Shape {
	c, tint := s.canvas, parseHex(hex)
	m := gg.Translate(dx, dy).Multiply(c.matrix)
	sigma := blur * c.unit()
	shrink := math.Max(1, math.Floor(sigma/3))
	margin := 3*sigma + 4*shrink
	area := s.reach(m, margin+grow*c.unit()).Intersect(c.Image().Rect.Inset(-int(margin)))
	if area.Empty() {
		return s
	}
	w, h := int(math.Ceil(float64(area.Dx())/shrink)), int(math.Ceil(float64(area.Dy())/shrink))

	small := gg.NewContext(w, h)
	small.SetLineCapRound()
	small.SetLineJoinRound()
	small.SetColor(color.White)
	s.trace(small, m.Multiply(gg.Translate(-float64(area.Min.X), -float64(area.Min.Y))).Multiply(gg.Scale(1/shrink, 1/shrink)))
	draw(small, c.unit()/shrink)
	cover := blurred(small.AsMask(), sigma/shrink)

	c.dc.DrawRectangle(float64(area.Min.X), float64(area.Min.Y), float64(area.Dx()), float64(area.Dy()))
	c.dc.SetFillStyle(&haze{cover: cover, w: w, h: h, origin: area.Min, shrink: shrink, tint: between(tint, tint, 0)})
	c.dc.Fill()
	return s
}

// reach is the box of pixels around the outline, and margin more on each side.
func (s Shape) reach(m gg.Matrix, margin float64) image.Rectangle {
	low, high := s.bounds()
	var box image.Rectangle
	for i, p := range []gg.Point{low, {X: high.X, Y: low.Y}, high, {X: low.X, Y: high.Y}} {
		x, y := m.TransformPoint(p.X, p.Y)
		corner := image.Rect(int(math.Floor(x-margin)), int(math.Floor(y-margin)), int(math.Ceil(x+margin)), int(math.Ceil(y+margin)))
		if i == 0 {
			box = corner
		}
		box = box.Union(corner)
	}
	return box
}

// haze is a pattern: a colour under a cover from 0 to 1 that is drawn smaller and smoothed as it grows.
type haze struct {
	cover  []float32
	w, h   int
	origin image.Point
	shrink float64
	tint   stop
	pixel  color.RGBA64 // what ColorAt returns, so that it need not allocate
}

// ColorAt implements gg.Pattern. The colour holds until the next call.
func (z *haze) ColorAt(x, y int) color.Color {
	u := (float64(x-z.origin.X)+0.5)/z.shrink - 0.5
	v := (float64(y-z.origin.Y)+0.5)/z.shrink - 0.5
	i, j := min(int(max(u, 0)), z.w-1), min(int(max(v, 0)), z.h-1)
	right, below := min(i+1, z.w-1), min(j+1, z.h-1)*z.w
	u, v = max(u-float64(i), 0), max(v-float64(j), 0)
	row := j * z.w
	top := float64(z.cover[row+i])*(1-u) + float64(z.cover[row+right])*u
	bottom := float64(z.cover[below+i])*(1-u) + float64(z.cover[below+right])*u
	z.pixel = z.tint.under(top*(1-v)+bottom*v, x, y)
	return &z.pixel
}

// blurred runs three box blurs each way, which come close to a Gaussian.
func blurred(mask *image.Alpha, sigma float64) []float32 {
	w, h := mask.Rect.Dx(), mask.Rect.Dy()
	a, b := make([]float32, w*h), make([]float32, w*h)
	for y := range h {
		for x := range w {
			a[y*w+x] = float32(mask.Pix[y*mask.Stride+x]) / 255
		}
	}
	radius := int(math.Round((math.Sqrt(4*sigma*sigma+1) - 1) / 2))
	for range 3 {
		for y := range h {
			box(b[y*w:], a[y*w:], w, 1, radius)
		}
		for x := range w {
			box(a[x:], b[x:], h, w, radius)
		}
	}
	return a
}

// box writes the running mean of n values of src, step apart, to dst. Beyond the ends is nothing.
func box(dst, src []float32, n, step, radius int) {
	var sum float32
	for i := range min(radius, n) {
		sum += src[i*step]
	}
	width := float32(2*radius + 1)
	for i := range n {
		if j := i + radius; j < n {
			sum += src[j*step]
		}
		dst[i*step] = max(sum, 0) / width
		if j := i - radius; j >= 0 {
			sum -= src[j*step]
		}
	}
}
