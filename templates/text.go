package templates

import "image/color"

// Text draws words: one text, or several spans of different looks in a row.
type Text struct {
	Base // a width or height of 0: as wide or as tall as the lines
	Look
	Spans []Span // at least one

	MaxWidth      float64 // of a text without a width: as far as its parent reaches
	MinSize       float64 // the smallest size that Shrink and ShrinkWrap may choose
	Fit           TextFit
	Prefer        TextPrefer // what ShrinkWrap gives up last
	LineHeight    float64    // a multiple of the size
	LetterSpacing float64    // pixels
	MaxLines      int        // 0: no limit
	Balance       bool       // lines of about the same length
	WordBreak     WordBreak
	Overflow      Overflow
	Align         Align
	VAlign        VAlign
	Direction     Direction
	Missing       Missing
	Fallback      []string  // families that are asked for characters that the text's own lack
	Backdrop      *Backdrop // nil: none
	Language      string    // BCP 47: the template's locale
}

// Look says how words look.
type Look struct {
	Fonts       []string // families in order of preference
	Weight      int      // 1 to 1000
	Italic      bool
	Size        float64  // pixels per em
	Features    []string // OpenType features: "tnum", "liga=0"
	Color       Paint
	Underline   bool
	Strike      bool
	Stroke      color.NRGBA // of a line along the letters, below them
	StrokeWidth float64     // pixels, half of them outside of the letters; 0: none
}

// Span is a piece of a text. Its size shrinks with that of the whole.
type Span struct {
	Text *Expansion
	Look
	Baseline Baseline
	Rise     float64 // with BaselineShifted: pixels above the baseline
}

// Baseline says where a span stands.
type Baseline string

const (
	BaselineNormal  Baseline = ""
	BaselineSuper   Baseline = "super" // smaller, its top where that of capitals is
	BaselineSub     Baseline = "sub"   // smaller and lower
	BaselineShifted Baseline = "shifted"
)

// TextFit says how text meets its box.
type TextFit string

const (
	FitNone    TextFit = "none"        // lines end only where the text says so
	FitWrap    TextFit = "wrap"        // lines end where the box does
	Shrink     TextFit = "shrink"      // wrapped, at the largest size from Size to MinSize at which all fits
	ShrinkWrap TextFit = "shrink-wrap" // the same, in the order that Prefer says
)

// TextPrefer says what matters more when a text is made to fit.
type TextPrefer string

const (
	PreferLines TextPrefer = "lines" // few lines, then a large size
	PreferSize  TextPrefer = "size"  // a large size, then few lines
)

// WordBreak says whether lines end within words of Chinese, Japanese and Korean, which
// are written without spaces, or may be.
type WordBreak string

const (
	WordBreakNormal WordBreak = "normal"   // as browsers do
	KeepAll         WordBreak = "keep-all" // only between words, as Korean is often set
)

// Overflow says what happens to text that does not fit.
type Overflow string

const (
	Ellipsis Overflow = "ellipsis" // the last line ends in …
	Clip     Overflow = "clip"     // lines that do not fit are left out, long ones cut at the box
	HideText Overflow = "hide"     // the layer is not drawn
)

// Align is the horizontal alignment of lines.
type Align string

const (
	AlignStart   Align = "start" // where the direction of the text begins
	AlignEnd     Align = "end"
	AlignLeft    Align = "left"
	AlignCenter  Align = "center"
	AlignRight   Align = "right"
	AlignJustify Align = "justify" // as wide as the box, but for the last line of a paragraph
)

// VAlign is the vertical alignment of the lines in the box.
type VAlign string

const (
	AlignTop    VAlign = "top"
	AlignMiddle VAlign = "middle"
	AlignBottom VAlign = "bottom"
)

// Direction is the base direction of a text.
type Direction string

const (
	DirectionAuto Direction = "auto" // that of its first letter
	LeftToRight   Direction = "ltr"
	RightToLeft   Direction = "rtl"
)

// Missing says what happens when a font or a character is not to be had.
type Missing string

const (
	MissingFallback Missing = "fallback" // another font stands in; a character that none has is drawn as a box
	MissingFail     Missing = "fail"     // the template, or the render, fails
	MissingHide     Missing = "hide"     // the layer is not drawn
)

// Backdrop is painted behind the words of a text.
type Backdrop struct {
	Fill    Paint
	Padding [4]float64 // pixels around the words and within the layer's box, clockwise from the top
	Radius  float64    // of its corners; half of its height makes a pill
	PerLine bool       // one behind each line; else one behind all
}

// LetterCase changes the case of letters, by the template's locale.
type LetterCase string

const (
	CaseAsIs  LetterCase = "none"
	CaseUpper LetterCase = "upper"
	CaseLower LetterCase = "lower"
	CaseTitle LetterCase = "title"
)
