package templates

import "image/color"

// BlendMode says how a layer's colours meet those below it (W3C Compositing and
// Blending 1, section 5.1).
type BlendMode string

// The blend modes by their names in CSS.
const (
	Normal     BlendMode = "normal"
	Multiply   BlendMode = "multiply"
	Screen     BlendMode = "screen"
	Overlay    BlendMode = "overlay"
	Darken     BlendMode = "darken"
	Lighten    BlendMode = "lighten"
	ColorDodge BlendMode = "color-dodge"
	ColorBurn  BlendMode = "color-burn"
	HardLight  BlendMode = "hard-light"
	SoftLight  BlendMode = "soft-light"
	Difference BlendMode = "difference"
	Exclusion  BlendMode = "exclusion"
	Hue        BlendMode = "hue"
	Saturation BlendMode = "saturation"
	Color      BlendMode = "color"
	Luminosity BlendMode = "luminosity"
)

func blendModes() []BlendMode {
	return []BlendMode{Normal, Multiply, Screen, Overlay, Darken, Lighten, ColorDodge, ColorBurn, HardLight, SoftLight,
		Difference, Exclusion, Hue, Saturation, Color, Luminosity}
}

// Shadow is cast by what a layer covers, as in CSS Backgrounds 3, section 7.1. It
// turns with its layer.
type Shadow struct {
	X, Y   float64 // pixels
	Blur   float64 // twice the standard deviation, pixels
	Spread float64 // pixels that the shadow is larger, or smaller, before it is blurred
	Color  color.NRGBA
	Inset  bool // falls inward
}

// Outline is a stroke around what a layer covers, outside of it.
type Outline struct {
	Width float64
	Color color.NRGBA
}

// Mask shows a layer only where a figure or an asset covers it. Both lie in the
// layer's box.
type Mask struct {
	Figure *Figure
	Asset  string // the name of an asset, stretched over the box; "" with a figure
	By     MaskBy
	Invert bool // show it where the mask does not cover
}

// MaskBy says what of an asset is its coverage (CSS Masking 1, section 7.10).
type MaskBy string

const (
	MaskAlpha     MaskBy = "alpha"
	MaskLuminance MaskBy = "luminance"
)

// Stack places a group's layers one after the other; hidden ones take no room.
// Their own x and y count for nothing.
type Stack struct {
	Direction StackDirection
	Gap       float64    // between two layers, pixels
	Align     StackAlign // across the direction
	Justify   StackAlign // along it, within the group's box
}

// StackDirection is where the next layer of a stack lies.
type StackDirection string

const (
	StackRow    StackDirection = "row"
	StackColumn StackDirection = "column"
)

// StackAlign is a place between the two sides of a stack.
type StackAlign string

const (
	StackStart   StackAlign = "start"
	StackMiddle  StackAlign = "center"
	StackEnd     StackAlign = "end"
	StackBetween StackAlign = "between" // the rest of the room goes between the layers; along the stack only
)

// Group draws layers as one: moved, turned, faded, masked or clipped together.
type Group struct {
	Base
	Clip   bool   // cut the layers at the group's box
	Stack  *Stack // nil: layers lie where they say
	Layers []Layer
}
