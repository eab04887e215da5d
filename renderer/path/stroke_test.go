package path_test

import (
	"image"
	"math"
	"testing"

	"github.com/adloom/adloom/renderer/path"
)

func TestStroke(t *testing.T) {
	const disc = math.Pi * 25 // of the pen of width 10
	for _, c := range []struct {
		name, d string
		style   path.Style
		want    float64 // area
	}{
		{"butt", "M20 50h60", path.Style{}, 600},
		{"square", "M20 50h60", path.Style{Cap: path.SquareCap}, 700},
		{"round", "M20 50h60", path.Style{Cap: path.RoundCap}, 600 + disc},
		{"miter", "M20 20h60v60", path.Style{}, 1200},
		{"bevel", "M20 20h60v60", path.Style{Join: path.BevelJoin}, 1200 - 12.5},
		{"round join", "M20 20h60v60", path.Style{Join: path.RoundJoin}, 1175 + disc/4},
		{"miter limit", "M20 20h60v60", path.Style{MiterLimit: 1.4}, 1200 - 12.5},
		{"closed", "M20 20h60v60h-60z", path.Style{}, 4900 - 2500},
		{"against the clock", "M20 20v60h60v-60z", path.Style{}, 4900 - 2500},
		{"back", "M20 50h60h-30", path.Style{Join: path.RoundJoin}, 600 + disc/2},
		{"dot", "M50 50h0", path.Style{Cap: path.RoundCap}, disc},
		{"closed dot", "M50 50z", path.Style{Cap: path.SquareCap}, 100},
		{"no dot", "M50 50h0", path.Style{}, 0},
		{"no line", "M50 50", path.Style{Cap: path.RoundCap}, 0},
		{"circle", "M20 50a30 30 0 1 1 60 0a30 30 0 1 1-60 0z", path.Style{}, math.Pi * (35*35 - 25*25)},
		{"tight circle", "M47 50a3 3 0 1 1 6 0a3 3 0 1 1-6 0z", path.Style{}, math.Pi * 64},
		{"dashes", "M20 50h60", path.Style{Dash: []float64{10, 5}}, 400},
		{"odd dashes", "M20 50h60", path.Style{Dash: []float64{10}}, 300},
		{"offset", "M20 50h60", path.Style{Dash: []float64{10, 20}, DashOffset: 5}, 200},
		{"before", "M20 50h60", path.Style{Dash: []float64{10, 20}, DashOffset: -25}, 200},
		{"dash around the start", "M20 20h40v40h-40z", path.Style{Dash: []float64{20, 140}, DashOffset: 10, Join: path.RoundJoin}, 175 + disc/4},
		{"one dash", "M20 20h40v40h-40z", path.Style{Dash: []float64{500, 5}}, 2500 - 900},
		{"dots", "M25 50h50", path.Style{Dash: []float64{0, 20}, Cap: path.RoundCap}, 3 * disc},
		{"too many dashes", "M20 50h60", path.Style{Dash: []float64{1e-4, 1e-4}}, 600},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.style.Width = 10
			got := covered(parse(t, c.d).Stroke(c.style), image.Rect(0, 0, 100, 100), path.NonZero)
			if math.Abs(got-c.want) > max(0.003*c.want, 0.3) {
				t.Errorf("expected the area %.2f; found %.2f", c.want, got)
			}
		})
	}
}

// TestStrokeNeverHollow draws tight curves with a wide pen: the pixels next to the path must all be covered.
func TestStrokeNeverHollow(t *testing.T) {
	for _, d := range []string{"M50 50c90 0-90 1 0 3s-60-8 9-9", "M30 50q60 0 0 1t60 1", "M50 50l3 0l-3 1l3 1l-3 1l3 1", "M20 50c80 0 80 1 0 0"} {
		p := parse(t, d)
		mask := p.Stroke(path.Style{Width: 30}).Coverage(image.Rect(-100, -100, 300, 300), path.NonZero)
		near := p.Stroke(path.Style{Width: 20}).Coverage(mask.Rect, path.NonZero)
		for i, v := range near.Pix {
			if v == 255 && mask.Pix[i] < 250 {
				t.Fatalf("%s: expected all of the pen covered; found %d at %d,%d", d, mask.Pix[i], i%400-100, i/400-100)
			}
		}
	}
}
