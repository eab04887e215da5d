package renderer

import (
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// shape turns one line of text into positioned glyphs. Space at its end takes no
// room. Each rune is drawn with the first face that has it.
func (p *paragraph) shape(text []rune) textLine {
	line := textLine{source: text}
	trimmed := []rune(strings.TrimRight(string(text), " \t\u200b"))
	if len(trimmed) == 0 {
		return line
	}
	input := shaping.Input{
		Text: trimmed, RunEnd: len(trimmed),
		Direction: di.DirectionLTR,
		Size:      toFixed(p.size),
		Script:    language.Latin,
		Language:  "en",
	}
	runs := shaping.SplitByFace(input, faceMap(p.faces))
	var advance fixed.Int26_6
	for i, run := range runs {
		out := p.shaper.Shape(run)
		if p.style.LetterSpacing != 0 {
			out.AddLetterSpacing(toFixed(p.style.LetterSpacing), i == 0, i == len(runs)-1)
		}
		advance += out.Advance
		line.runs = append(line.runs, out)
	}
	line.width = fromFixed(advance)
	return line
}

// faceMap picks the face of a rune for the shaper.
type faceMap []*font.Face

func (m faceMap) ResolveFace(r rune) *font.Face {
	for _, face := range m {
		if _, ok := face.NominalGlyph(r); ok {
			return face
		}
	}
	return m[0]
}

func toFixed(v float64) fixed.Int26_6   { return fixed.Int26_6(v*64 + 0.5) }
func fromFixed(v fixed.Int26_6) float64 { return float64(v) / 64 }
