package renderer

import (
	"encoding/binary"
	"image"
	"image/color"
	"math"

	"github.com/adloom/adloom/templates"
)

// fill replaces the pixels of dst by the paint, laid out over the box b.
func fill(dst *image.RGBA, b box, paint templates.Paint) {
	stops := premultiply(paint.Stops)
	at := linear(b, paint.Angle)
	switch paint.Kind {
	case templates.Solid:
		stops = premultiply([]templates.Stop{{Color: paint.Color}})
	case templates.Radial:
		at = radial(b, paint)
	case templates.Conic:
		at = conic(b, paint)
	}
	across := inRows(paint)
	for y := dst.Rect.Min.Y; y < dst.Rect.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(dst.Rect.Min.X, y):][:4*dst.Rect.Dx()]
		if across {
			repeat(row, colorAt(stops, at(b.x+b.w/2, float64(y)+0.5)))
			continue
		}
		for i := 0; i < len(row); i += 4 {
			c := colorAt(stops, at(float64(dst.Rect.Min.X+i/4)+0.5, float64(y)+0.5))
			row[i], row[i+1], row[i+2], row[i+3] = c.R, c.G, c.B, c.A
		}
	}
}

// inRows tells whether every row of a paint is of one colour.
func inRows(paint templates.Paint) bool {
	return paint.Kind == templates.Solid || paint.Kind == templates.Linear && math.Mod(paint.Angle, 180) == 0
}

// rowColors are the colours of the rows of a paint that is inRows, over the box of
// a canvas.
func rowColors(size image.Point, paint templates.Paint) []color.RGBA {
	column := image.NewRGBA(image.Rect(0, 0, 1, size.Y))
	fill(column, box{0, 0, float64(size.X), float64(size.Y)}, paint)
	colors := make([]color.RGBA, size.Y)
	for y := range colors {
		colors[y] = column.RGBAAt(0, y)
	}
	return colors
}

// repeat fills a row with one colour. Long stores are twice as fast here as copying
// what is filled already.
func repeat(row []byte, c color.RGBA) {
	one := uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
	two := uint64(one)<<32 | uint64(one)
	for len(row) >= 32 {
		r := row[:32:32]
		binary.LittleEndian.PutUint64(r, two)
		binary.LittleEndian.PutUint64(r[8:], two)
		binary.LittleEndian.PutUint64(r[16:], two)
		binary.LittleEndian.PutUint64(r[24:], two)
		row = row[32:]
	}
	for len(row) >= 4 {
		binary.LittleEndian.PutUint32(row, one)
		row = row[4:]
	}
}

// linear gives a point's place along a CSS gradient line (CSS Images 3, 3.1.1):
// the line goes through the middle, and its ends are where the box's corners
// project onto it.
func linear(b box, degrees float64) func(x, y float64) float64 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	length := math.Abs(b.w*sin) + math.Abs(b.h*cos)
	if length == 0 {
		return func(float64, float64) float64 { return 0 }
	}
	cx, cy := b.x+b.w/2, b.y+b.h/2
	return func(x, y float64) float64 { return (float64((x-cx)*sin)-float64((y-cy)*cos))/length + 0.5 }
}

func radial(b box, paint templates.Paint) func(x, y float64) float64 {
	cx, cy := b.x+b.w*paint.Center[0], b.y+b.h*paint.Center[1]
	farthest := math.Hypot(max(cx-b.x, b.x+b.w-cx), max(cy-b.y, b.y+b.h-cy))
	radius := max(farthest*paint.Radius, 1e-6)
	return func(x, y float64) float64 {
		dx, dy := x-cx, y-cy
		return math.Sqrt(float64(dx*dx)+float64(dy*dy)) / radius
	}
}

// conic gives a point's turn around the centre, clockwise (CSS Images 4, 3.3).
func conic(b box, paint templates.Paint) func(x, y float64) float64 {
	cx, cy := b.x+b.w*paint.Center[0], b.y+b.h*paint.Center[1]
	return func(x, y float64) float64 {
		turn := math.Atan2(x-cx, cy-y)/(2*math.Pi) - paint.Angle/360
		return turn - math.Floor(turn)
	}
}

// stop is a gradient stop with premultiplied components from 0 to 255.
type stop struct {
	offset float64
	c      [4]float64
}

func premultiply(stops []templates.Stop) []stop {
	out := make([]stop, len(stops))
	for i, s := range stops {
		a := float64(s.Color.A) / 255
		out[i] = stop{s.Offset, [4]float64{float64(s.Color.R) * a, float64(s.Color.G) * a, float64(s.Color.B) * a, float64(s.Color.A)}}
	}
	return out
}

func colorAt(stops []stop, t float64) color.RGBA {
	i := 0
	for i < len(stops) && stops[i].offset <= t {
		i++
	}
	c := stops[max(i-1, 0)].c
	if i > 0 && i < len(stops) {
		a, b := stops[i-1], stops[i]
		f := (t - a.offset) / (b.offset - a.offset)
		for j := range c {
			c[j] = a.c[j] + float64((b.c[j]-a.c[j])*f)
		}
	}
	return color.RGBA{uint8(c[0] + 0.5), uint8(c[1] + 0.5), uint8(c[2] + 0.5), uint8(c[3] + 0.5)}
}
