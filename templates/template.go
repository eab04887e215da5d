package templates

import "image/color"

// Template is one version of a design. It is immutable once decoded and safe
// for concurrent use.
type Template struct {
	// Customer, ID and Version name the template in a store; Decode leaves them empty.
	Customer string
	ID       string
	Version  int

	Name          string
	Locale        string   // BCP 47, for money, numbers, letter case and text
	FallbackFonts []string // families that are asked for characters that a text's own fonts lack
	Width, Height int      // pixels
	Background    Paint
	Fields        []Field
	Layers        []Layer // painted in order, the first one lowest
	Output        Output
	Assets        map[string][]byte // files uploaded with the template, by name
}

// Output says how the picture is encoded.
type Output struct {
	Quality     int         // JPEG and lossy WebP, 1 to 100
	Subsampling Subsampling // JPEG
	Progressive bool        // JPEG: a coarse picture first
	Lossless    bool        // WebP
	MaxBytes    int         // quality is lowered until a JPEG or lossy WebP is no larger; 0: any size
}

// Subsampling says at what resolution a JPEG keeps colours.
type Subsampling string

const (
	SubsamplingAuto Subsampling = "auto"  // full where halves would smear, else half
	SubsamplingFull Subsampling = "4:4:4" // that of the brightness
	SubsamplingHalf Subsampling = "4:2:0" // half of it each way
)

// FieldType says how a field's text is read.
type FieldType string

const (
	TextField   FieldType = "text"
	MoneyField  FieldType = "money"  // "129.00 USD"
	NumberField FieldType = "number" // "4.5"
	ImageField  FieldType = "image"  // an http or https URL
)

// Field declares a value that the template may read from a product.
type Field struct {
	Name     string
	Type     FieldType
	Required bool   // a render that reads it without having it fails
	Sample   string // shown where no product is at hand
}

// Samples are the sample values of the fields that have one.
func (t *Template) Samples() Fields {
	f := Fields{}
	for _, field := range t.Fields {
		if field.Sample != "" {
			f[field.Name] = field.Sample
		}
	}
	return f
}

// Field returns the declaration of a field.
func (t *Template) Field(name string) (Field, bool) {
	for _, f := range t.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Layer is one thing drawn: *Image, *Text, *Shape, *QR, *Rating or *Group.
type Layer interface {
	Common() *Base
}

// Base is what every layer has. Lengths are pixels, relative to the parent.
type Base struct {
	ID            string
	X, Y          float64
	Width, Height float64 // a text's height may be 0: as tall as its lines
	Rotation      float64 // degrees clockwise about the centre of the box
	Opacity       float64 // 0 to 1
	Blend         BlendMode
	Shadows       []Shadow // the first one uppermost
	Outline       *Outline
	Mask          *Mask
	Show          *Condition
}

// Common returns the base itself.
func (b *Base) Common() *Base { return b }

// Fit says how a picture fills its box.
type Fit string

const (
	Contain Fit = "contain" // whole picture, scaled to fit inside
	Cover   Fit = "cover"   // box filled, picture scaled and cropped
	Fill    Fit = "fill"    // both sides stretched to the box
	None    Fit = "none"    // own size, cropped
	Smart   Fit = "smart"   // as cover, but cropped about the product
)

// Image draws a photo of the product or an asset of the template.
type Image struct {
	Base
	Src    *Expansion // an http(s) URL, or "asset:NAME"
	Fit    Fit
	Focus  [2]float64 // the point of the picture that stays in view, 0 to 1 each
	Radii  [4]float64 // rounded corners clockwise from the upper left, pixels
	Trim   float64    // uniform borders cut off, with this tolerance in percent; 0: kept
	Cutout float64    // a white background taken out, with this tolerance in percent; 0: kept
	Holes  bool       // Cutout takes it out where the product encloses it, too
	Adjust *Adjust    // nil: as it is

	// Fallback says what happens when the photo cannot be had: "fail", "hide"
	// (layers below stay in view), or "asset:NAME".
	Fallback string
}

// Adjust changes the colours of a picture, in the order of its fields. The zero
// value changes nothing.
type Adjust struct {
	Brightness float64     // percent, -100 to 100
	Contrast   float64     // percent, -100 to 100
	Saturation float64     // percent, -100 (grey) to 100
	Grayscale  float64     // percent, 0 to 100
	Tint       color.NRGBA // multiplied with the picture's brightness
	TintAmount float64     // percent, 0 to 100
	Blur       float64     // standard deviation of a Gaussian, pixels
	Sharpen    float64     // standard deviation of the unsharp mask's Gaussian, pixels
}
