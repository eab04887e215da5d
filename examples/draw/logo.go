package main

import (
	"image"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

// logo is the mark of the shop Fjord & Fable: peaks above an open book, and the name in letters of the given ink.
func logo(ink string) *image.RGBA {
	c := studio.New(440, 128, 1)
	mark(c)
	word(c, "FJORD&", 143, 20, 21, ink)
	word(c, "FABLE", 143, 74, 23, ink)
	return c.Image()
}

func mark(c *studio.Canvas) {
	disc := c.Circle(64, 64, 56)
	disc.Fill("#2f6f4f")
	disc.Inside(func() {
		c.Circle(64, 44, 30).Fill("#3d8562")
		c.Polygon(64, 26, 92, 74, 36, 74).Fill("#fff")
		c.Polygon(64, 26, 92, 74, 71, 74, 60, 56, 68, 46).Fill("#cfe3d7")
		c.Polygon(36, 50, 52, 74, 20, 74).Fill("#fff")
		c.Polygon(94, 54, 108, 74, 80, 74).Fill("#fff")
	})
	// The book's two pages also read as the water of the fjord.
	c.Path("M64 88 C52 76 34 76 20 82 V94 C34 88 52 88 64 100 C76 88 94 88 108 94 V82 C94 76 76 76 64 88 Z").
		Stroke(6, "#2f6f4f").Fill("#fff")
	c.Line(64, 90, 64, 98).Stroke(3, "#2f6f4f")
}

// word sets letters with the given gap between them.
func word(c *studio.Canvas, text string, x, y, gap float64, ink string) {
	for _, letter := range text {
		path, width := glyph(letter)
		c.Move(x, y, func() { c.Path(path).Stroke(8, ink) })
		x += width + gap
	}
}

// glyph is the way of a round pen through a letter of the name, 34 high, and its width.
func glyph(letter rune) (path string, width float64) {
	switch letter {
	case 'F':
		return "M28 0 H0 V34 M0 17 H22", 26
	case 'J':
		return "M26 0 V20 C26 39 0 39 0 22", 26
	case 'O':
		return "M18 0 C-5 0 -5 34 18 34 C41 34 41 0 18 0", 36
	case 'R':
		return "M0 34 V0 H16 C33 0 33 19 16 19 H0 M15 19 L29 34", 29
	case 'D':
		return "M0 0 V34 H12 C37 34 37 0 12 0 H0", 31
	case 'A':
		return "M0 34 L16 0 L32 34 M6 23 H26", 32
	case 'B':
		return "M0 0 V34 H16 C33 34 33 16 16 16 H0 M16 16 C30 16 30 0 16 0 H0", 29
	case 'L':
		return "M0 0 V34 H25", 25
	case 'E':
		return "M28 0 H0 V34 H28 M0 17 H23", 28
	default: // the ampersand
		return "M34 34 L11 9 C5 1 12 -2 17 0 C27 5 16 13 10 16 C-2 22 4 35 15 34 C25 33 30 24 32 17", 34
	}
}
