package typeset_test

import (
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/font/gofont/gomono"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/renderer/typeset"
)

// A text that is turned by nothing looks about as it does upright.
func TestTurnedByNothing(t *testing.T) {
	t.Parallel()
	mono := typeset.FontFile{
		Face: fontfile.Face{Family: "Mono", Names: []string{"Mono"}, Weight: [2]float64{400, 400}},
		Load: func() ([]byte, error) { return gomono.TTF, nil },
	}
	s := typeset.New(typeset.NewFonts([]typeset.FontFile{mono}), 1<<20)
	f := func(name string, style typeset.Style, dress typeset.Dress) {
		t.Helper()
		ink := typeset.Ink{X: 20, Top: 10, Width: 180, Dress: dress}
		upright := drawn(t, s, "Hb", style, ink)
		turn := path.Identity()
		ink.Turn = &turn
		turned := drawn(t, s, "Hb", style, ink)
		if a, b := covers(upright), covers(turned); a == 0 || b < a*98/100 || b > a*102/100 {
			t.Errorf("%s: expected to cover %d, as upright; found %d", name, a, b)
		}
	}
	style := typeset.Style{Font: typeset.Font{Families: "Mono", Weight: 400}, Size: 40, LineHeight: 1.2, Width: 180}
	line := typeset.Dress{Color: black, Stroke: color.NRGBA{R: 255, A: 255}, StrokeWidth: 6}
	f("plain", style, typeset.Dress{Color: black})
	f("stroke", style, line)
	style.Weight, style.Italic = 700, true // both made
	f("made bold and slanted", style, typeset.Dress{Color: black})
	f("made bold, stroke", style, line)
}

// covers is the sum of all that is covered.
func covers(img *image.RGBA) int {
	sum := 0
	for i := 3; i < len(img.Pix); i += 4 {
		sum += int(img.Pix[i])
	}
	return sum
}
