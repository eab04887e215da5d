package templates

import "image/color"

// ShapeKind names a shape.
type ShapeKind string

const (
	Rectangle ShapeKind = "rectangle"
	Ellipse   ShapeKind = "ellipse"
	Polygon   ShapeKind = "polygon"
	Line      ShapeKind = "line"
	Star      ShapeKind = "star"
	Burst     ShapeKind = "burst" // a star whose tips and notches may be round
	PathShape ShapeKind = "path"
)

// Figure is the outline of a shape in its layer's box.
type Figure struct {
	Kind      ShapeKind
	Radii     [4]float64   // of a rectangle's corners, clockwise from the upper left
	Points    [][2]float64 // of a polygon or line, pixels from the box's corner
	Tips      int          // of a star or burst
	Inner     float64      // of a star or burst: its notches' distance from the middle, as a share of its tips'
	Roundness float64      // of a burst, 0 (sharp) to 1
	Path      string       // SVG path data (SVG 2, section 9.3), pixels from the box's corner
	ViewBox   [4]float64   // x, y, width, height of Path that fill the box; zero: Path is in pixels
}

// Shape draws a filled or stroked figure.
type Shape struct {
	Base
	Figure
	Fill        *Paint // nil: not filled
	Stroke      color.NRGBA
	StrokeWidth float64 // 0: no stroke
	StrokeAlign StrokeAlign
	StrokeJoin  StrokeJoin
	StrokeCap   StrokeCap
	Dash        []float64 // lengths of dashes and gaps in turn; empty: no gaps
}

// StrokeAlign says where a stroke lies about the figure's edge.
type StrokeAlign string

const (
	StrokeCenter  StrokeAlign = "center"
	StrokeInside  StrokeAlign = "inside"
	StrokeOutside StrokeAlign = "outside"
)

// StrokeJoin is the form of a stroke's corners.
type StrokeJoin string

const (
	JoinMiter StrokeJoin = "miter"
	JoinRound StrokeJoin = "round"
	JoinBevel StrokeJoin = "bevel"
)

// StrokeCap is the form of a line's ends.
type StrokeCap string

const (
	CapButt   StrokeCap = "butt"
	CapRound  StrokeCap = "round"
	CapSquare StrokeCap = "square"
)

// QR draws a QR code (ISO/IEC 18004), as large as whole pixels allow.
type QR struct {
	Base
	Text       *Expansion
	Level      QRLevel
	Margin     int // modules around the code; readers want 4
	Color      color.NRGBA
	Background color.NRGBA
}

// QRLevel is how much of a code may be unreadable.
type QRLevel string

const (
	QRLow      QRLevel = "L" // 7 %
	QRMedium   QRLevel = "M" // 15 %
	QRQuartile QRLevel = "Q" // 25 %
	QRHigh     QRLevel = "H" // 30 %
)

// Rating draws a row of stars, as many of them coloured as the value says; the
// last one in part.
type Rating struct {
	Base
	Value *Expansion // a number; without one nothing is drawn
	Max   int        // stars
	Gap   float64    // between two stars, pixels
	Color color.NRGBA
	Empty color.NRGBA
}
