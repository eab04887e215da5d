package typeset

import (
	"fmt"
	"math"
)

// Style says how a text is set. Lengths are pixels.
type Style struct {
	Families      string // by preference, with commas between
	Weight        int    // 100 to 900
	Italic        bool
	Size          float64 // of an em; 1/64 to 4096
	MinSize       float64 // the smallest that a text may shrink to; 0 or Size for none
	LineHeight    float64 // a multiple of the size; 0.01 to 100
	LetterSpacing float64 // between letters; at most 4096 either way
	Width         float64 // of the box; where it holds no letter, each line has one
	Height        float64 // of the box; 0: as tall as the lines
	MaxLines      int     // 0: as many as the box holds
	Ellipsis      bool    // lines that do not fit leave a … behind; else they are left out
}

const (
	leastSize   = 1.0 / 64 // of an em
	mostSize    = 4096     // of an em, and of the space between letters
	mostLeading = 100      // ems from line to line
	mostLength  = 1e6      // of a side of the box
)

// check tells whether lengths are numbers that can be reckoned with.
func (s *Style) check() error {
	for _, q := range [...]struct {
		name          string
		value         float64
		least, atMost float64
	}{
		{"size", s.Size, leastSize, mostSize},
		{"smallest size", s.MinSize, 0, mostSize},
		{"line height", s.LineHeight, 1.0 / mostLeading, mostLeading},
		{"letter spacing", s.LetterSpacing, -mostSize, mostSize},
		{"width", s.Width, -mostLength, mostLength},
		{"height", s.Height, -mostLength, mostLength},
	} {
		if !(q.least <= q.value && q.value <= q.atMost) { // so that NaN fails
			return fmt.Errorf("expected a %s of %v to %v; found %v", q.name, q.least, q.atMost, q.value)
		}
	}
	return nil
}

// smallest is the size that a text may shrink to.
func (s *Style) smallest() float64 {
	if s.MinSize <= 0 {
		return s.Size
	}
	return max(leastSize, min(s.MinSize, s.Size))
}

// most is how many lines the style and its box hold at a size; at least one.
func (s *Style) most(size float64) int {
	most := math.MaxInt32 // more than any text has
	if s.MaxLines > 0 {
		most = s.MaxLines
	}
	if s.Height > 0 {
		most = min(most, max(1, int(s.Height/(size*s.LineHeight)+1e-6)))
	}
	return most
}

// limit is the most that a line may measure: the box, give or take a rounding.
func (s *Style) limit() float64 { return max(0, s.Width) + 1.0/64 }
