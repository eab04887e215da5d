package templates

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// PaintKind names a way to fill an area.
type PaintKind string

const (
	Solid  PaintKind = "solid"
	Linear PaintKind = "linear"
	Radial PaintKind = "radial"
	Conic  PaintKind = "conic"
)

// Paint fills an area. Gradients mean what they mean in CSS: colours are mixed
// with premultiplied alpha, and a linear angle of 180 runs from top to bottom
// (CSS Images 3, section 3.1).
type Paint struct {
	Kind   PaintKind
	Color  color.NRGBA // Solid
	Angle  float64     // Linear, and where Conic begins, degrees; 0 is up
	Center [2]float64  // Radial and Conic, as fractions of the box
	Radius float64     // Radial; 1 reaches the farthest corner
	Stops  []Stop      // of gradients; offsets never fall
}

// Stop is a colour at a place of a gradient.
type Stop struct {
	Offset float64 // 0 to 1
	Color  color.NRGBA
}

// ParseColor reads #rgb, #rgba, #rrggbb, #rrggbbaa, a CSS colour name or
// "transparent".
func ParseColor(s string) (color.NRGBA, error) {
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		if len(hex) == 3 || len(hex) == 4 {
			var long strings.Builder
			for _, c := range hex {
				long.WriteRune(c)
				long.WriteRune(c)
			}
			hex = long.String()
		}
		if len(hex) == 6 {
			hex += "ff"
		}
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil && len(hex) == 8 {
			return color.NRGBA{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8), uint8(v)}, nil
		}
	} else if s == "transparent" {
		return color.NRGBA{}, nil
	} else if c, ok := colornames.Map[strings.ToLower(s)]; ok {
		return color.NRGBA(c), nil
	}
	return color.NRGBA{}, fmt.Errorf("expected %s; found %q", colorForms, s)
}

const colorForms = "a colour such as #1d1b19, #1d1b1980 or a CSS colour name"
