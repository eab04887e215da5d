package renderer

import (
	"image"
	"math"

	"github.com/adloom/adloom/templates"
)

// recolor changes straight colours: each channel by a table, then the three
// together by a matrix.
type recolor struct {
	table  [256]uint8
	tables bool
	matrix [3][3]int32 // in units of 1/one
	mixes  bool
}

const one = 1 << 14

// luma are the weights of red, green and blue in brightness that CSS filters use
// (Filter Effects 1, section 9.6).
var luma = [3]float64{0.2126, 0.7152, 0.0722}

func newRecolor(a *templates.Adjust) *recolor {
	r := &recolor{tables: a.Brightness != 0 || a.Contrast != 0}
	for i := range r.table {
		v := contrasted(min(255, max(0, float64(i)+a.Brightness*2.55)), a.Contrast)
		r.table[i] = uint8(min(255, max(0, v)) + 0.5)
	}
	m := [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	if a.Saturation != 0 || a.Grayscale != 0 || a.TintAmount != 0 {
		r.mixes = true
		m = toward(m, saturated(1+a.Saturation/100), 1)
		m = toward(m, saturated(0), a.Grayscale/100)
		m = toward(m, tinted(a.Tint.R, a.Tint.G, a.Tint.B), a.TintAmount/100)
	}
	for i := range m {
		for j := range m[i] {
			r.matrix[i][j] = int32(math.Round(m[i][j] * one))
		}
	}
	return r
}

// contrasted moves a level away from the middle, or to it; 100 percent leave only
// black and white.
func contrasted(v, percent float64) float64 {
	slope := 1 + percent/100
	if percent > 0 {
		slope = 1 / max(1e-6, 1-percent/100)
	}
	return 127.5 + (v-127.5)*slope
}

// saturated mixes a colour with its brightness.
func saturated(s float64) (m [3][3]float64) {
	for i := range m {
		for j := range m[i] {
			m[i][j] = luma[j] * (1 - s)
			if i == j {
				m[i][j] += s
			}
		}
	}
	return m
}

// tinted multiplies a colour with the brightness of what it meets.
func tinted(r, g, b uint8) (m [3][3]float64) {
	for i, c := range [3]uint8{r, g, b} {
		for j := range m[i] {
			m[i][j] = float64(c) / 255 * luma[j]
		}
	}
	return m
}

// toward is m followed by a part of n.
func toward(m, n [3][3]float64, part float64) (out [3][3]float64) {
	for i := range out {
		for j := range out[i] {
			sum := 0.0
			for k := range 3 {
				sum += float64(n[i][k] * m[k][j])
			}
			out[i][j] = float64(m[i][j]*(1-part)) + float64(sum*part)
		}
	}
	return out
}

func (r *recolor) run(img *image.RGBA, opaque bool) {
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]
		if !opaque {
			straighten(row)
		}
		r.row(row)
		if !opaque {
			premultiplyAgain(row)
		}
	}
}

func (r *recolor) row(row []byte) {
	for i := 0; i+3 < len(row); i += 4 {
		px := row[i : i+3 : i+3]
		if r.tables {
			px[0], px[1], px[2] = r.table[px[0]], r.table[px[1]], r.table[px[2]]
		}
		if r.mixes {
			a, b, c := int32(px[0]), int32(px[1]), int32(px[2])
			for j, m := range r.matrix {
				px[j] = uint8(min(255, max(0, (m[0]*a+m[1]*b+m[2]*c+one/2)>>14)))
			}
		}
	}
}
