package typeset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Font says which glyphs a text takes.
type Font struct {
	Families string // by preference, with commas between
	Weight   int    // 1 to 1000
	Italic   bool
	Features string // OpenType features by tag, with commas between: "tnum, smcp, liga=0"
}

// Fit says how a text meets the width of its box.
type Fit uint8

const (
	Wrap      Fit = iota // lines end where the box does
	SingleRow            // lines end where the text says so
)

// Prefer says what a text that may shrink gives up first.
type Prefer uint8

const (
	LargestSize Prefer = iota // the largest size at which the text fits
	FewestLines               // the fewest lines, then the largest size
)

// Direction is the base direction of a text.
type Direction uint8

const (
	Auto Direction = iota // that of the first strong character, as HTML's dir=auto
	LeftToRight
	RightToLeft
	// FirstLetter is that of the first strong character, wherever it stands, but for a
	// left-to-right mark, which CLDR puts before the signs of right-to-left currencies.
	// A text without any runs as its language does.
	FirstLetter
)

// Style says how a text is set. Lengths are pixels.
type Style struct {
	Font
	Language      string  // BCP 47: shapes of letters, places of line breaks; may be empty
	Size          float64 // of an em; 1/64 to 4096
	MinSize       float64 // the smallest that a text may shrink to; 0 or Size for none
	Prefer        Prefer
	LineHeight    float64 // a multiple of the size; 0.01 to 100
	LetterSpacing float64 // between letters; at most 4096 either way
	Width         float64 // of the box; where it holds no letter, each line has one
	Height        float64 // of the box; 0: as tall as the lines
	MaxLines      int     // 0: as many as the box holds
	Fit           Fit
	Ellipsis      bool // what does not fit leaves a … behind; else it is left out
	Balance       bool // lines of about the same length
	Direction     Direction
	NoHyphens     bool // soft hyphens do not break lines
	KeepWords     bool // no line ends within a word of Chinese, Japanese or Korean
}

// Span is a piece of a text with a font and size of its own.
type Span struct {
	Words string
	Font  Font     // without families: the style's
	Scale float64  // of the style's size; 1/4096 to 4096
	Rise  float64  // how far above the baseline it stands, in ems of the style's size
	Under *Footing // where a line below it is drawn; nil: as the span stands
}

// Footing is how letters stand on a line.
type Footing struct {
	Font        Font
	Scale, Rise float64 // as those of a Span
}

const (
	leastSize   = 1.0 / 64 // of an em
	mostSize    = 4096     // of an em, and of the space between letters
	mostLeading = 100      // ems from line to line
	mostScale   = 4096.0   // times the style's size
	mostLength  = 1e6      // of a side of the box
	mostSpans   = math.MaxUint8
)

// check tells whether lengths are numbers that can be reckoned with.
func (s *Style) check() error {
	return within([]quantity{
		{"size", s.Size, leastSize, mostSize},
		{"smallest size", s.MinSize, 0, mostSize},
		{"line height", s.LineHeight, 1.0 / mostLeading, mostLeading},
		{"letter spacing", s.LetterSpacing, -mostSize, mostSize},
		{"width", s.Width, -mostLength, mostLength},
		{"height", s.Height, -mostLength, mostLength},
	})
}

type quantity struct {
	name          string
	value         float64
	least, atMost float64
}

func within(quantities []quantity) error {
	for _, q := range quantities {
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

// slack is what a line may be wider than its box: a rounding.
const slack = 1.0 / 64

// limit is the most that a line may measure.
func (s *Style) limit() float64 { return max(0, s.Width) + slack }

// typed are the spans of a text, as they are kept: words in a row, and what is said
// about each.
type typed struct {
	words string
	spans []span
	key   string // tells one such list of spans from another; empty for a text of one in the style's own font
}

// span is what a Span says, but for its words.
type span struct {
	end         int // of its words, in bytes
	font        Font
	scale, rise float64
	under       Footing
}

// plain tells whether all of the text is in the style's own font and size.
func (t *typed) plain() bool { return t.key == "" }

// one is a text of one span.
func one(words string, style *Style) typed {
	return typed{words: words, spans: []span{{len(words), style.Font, 1, 0, Footing{style.Font, 1, 0}}}}
}

// tell writes what sets one footing apart from another.
func (f *Footing) tell(to *strings.Builder) {
	for _, part := range []string{strconv.Quote(f.Font.Families), strconv.Itoa(f.Font.Weight), strconv.FormatBool(f.Font.Italic), strconv.Quote(f.Font.Features),
		strconv.FormatFloat(f.Scale, 'g', -1, 64), strconv.FormatFloat(f.Rise, 'g', -1, 64)} {
		to.WriteByte(0)
		to.WriteString(part)
	}
	to.WriteByte(1)
}

// rich is a text of several spans.
func rich(spans []Span, style *Style) (typed, error) {
	if len(spans) > mostSpans {
		return typed{}, fmt.Errorf("expected at most %d spans; found %d", mostSpans, len(spans))
	}
	var words, key strings.Builder
	t := typed{spans: make([]span, len(spans))}
	for i, s := range spans {
		if err := within([]quantity{{"scale", s.Scale, 1 / mostScale, mostScale}, {"rise", s.Rise, -mostScale, mostScale}}); err != nil {
			return typed{}, fmt.Errorf("span %d: %w", i, err)
		}
		words.WriteString(s.Words)
		font := s.Font
		if font.Families == "" {
			font.Families = style.Families
		}
		under := Footing{font, s.Scale, s.Rise}
		t.spans[i] = span{words.Len(), font, s.Scale, s.Rise, under}
		key.WriteString(strconv.Itoa(words.Len()))
		under.tell(&key)
		if s.Under != nil {
			t.spans[i].under = *s.Under
			s.Under.tell(&key)
		}
	}
	t.words, t.key = words.String(), key.String()
	return t, nil
}
