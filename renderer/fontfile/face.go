package fontfile

import (
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// Face describes one font of a file as CSS speaks of fonts.
type Face struct {
	Family string     // the typographic family, in English where the font has it
	Names  []string   // all names of the family: typographic, by weight and slope, legacy, in every language
	Weight [2]float64 // from and to, 1 to 1000: equal unless the font has a wght axis
	Width  [2]float64 // from and to, in percent of normal: equal unless the font has a wdth axis
	Italic bool       // italic or oblique as it comes
	Axes   []Axis     // of a variable font
	Index  int        // in its collection
	Color  bool       // has glyphs in colour: CBDT, sbix, COLR or SVG
}

// Axis is one way in which a variable font varies.
type Axis struct {
	Tag               string // of four characters
	Min, Default, Max float64
}

// Axis finds an axis by its tag.
func (f Face) Axis(tag string) (Axis, bool) {
	for _, a := range f.Axes {
		if a.Tag == tag {
			return a, true
		}
	}
	return Axis{}, false
}

// CanSlant tells whether an upright variable font can be set to italic or oblique.
func (f Face) CanSlant() bool {
	ital, _ := f.Axis("ital")
	slnt, _ := f.Axis("slnt")
	return ital.Max >= 1 || slnt.Min < 0
}

// Style is what is wanted of a variable font. What is zero stays as the font has it.
type Style struct {
	Weight float64 // 1 to 1000
	Width  float64 // percent of normal
	Size   float64 // pixels of CSS, for the optical size
	Italic bool
}

// oblique is the slope of "font-style: oblique", by CSS Fonts 4, section 2.4. The axis
// slnt counts against the clock.
const oblique = -14

// Variations are the settings of a variable font for a style, each within its axis,
// in the order of the axes; none for other fonts.
func (f Face) Variations(s Style) []font.Variation {
	ital, _ := f.Axis("ital")
	var settings []font.Variation
	for _, a := range f.Axes {
		v := a.Default
		switch {
		case a.Tag == "wght" && s.Weight != 0:
			v = s.Weight
		case a.Tag == "wdth" && s.Width != 0:
			v = s.Width
		case a.Tag == "opsz" && s.Size != 0:
			v = s.Size
		case a.Tag == "ital" && s.Italic:
			v = 1
		case a.Tag == "slnt" && s.Italic && ital.Max < 1:
			v = oblique
		}
		settings = append(settings, font.Variation{Tag: ot.MustNewTag(a.Tag), Value: float32(min(max(v, a.Min), a.Max))})
	}
	return settings
}
