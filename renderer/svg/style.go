package svg

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/adloom/adloom/renderer/path"
)

// paint is a value of fill or stroke.
type paint struct {
	kind   paintKind
	colour color.NRGBA // if solid
	id     string      // of the gradient, if that
	other  *paint      // if there is no such gradient; nil if there must be
}

type paintKind uint8

const (
	noPaint paintKind = iota
	solidPaint
	currentPaint // the property color
	serverPaint  // a gradient
)

// style is what the properties of an element come to.
type style struct {
	inherited

	// These are of the element alone.
	opacity        float64
	hidden         bool // display: none
	clipPath, mask string
	overflow       bool // is visible
	luminance      bool // of a mask
	stopColour     paint
	stopOpacity    float64
}

// inherited are the properties that children have from their parent.
type inherited struct {
	colour                   color.NRGBA
	fill, stroke             paint
	fillOpacity, lineOpacity float64
	fillRule, clipRule       path.FillRule
	line                     path.Style
	invisible                bool // visibility: hidden
	strokeFirst              bool // paint-order
}

func initialStyle() style {
	black := color.NRGBA{A: 255}
	return inherited{
		colour:      black,
		fill:        paint{kind: solidPaint, colour: black},
		fillOpacity: 1,
		lineOpacity: 1,
		line:        path.Style{Width: 1, MiterLimit: 4},
	}.child()
}

// child returns the style of an element that sets nothing.
func (i inherited) child() style {
	return style{
		inherited:   i,
		opacity:     1,
		luminance:   true,
		stopColour:  paint{kind: solidPaint, colour: color.NRGBA{A: 255}},
		stopOpacity: 1,
	}
}

// set gives a property a value. Properties that this package does not know are ignored, as CSS has it, save those
// that would change the picture.
func (s *style) set(name, value string, v viewport) (err error) {
	switch name {
	case "color":
		s.colour, err = parseColour(value)
	case "fill":
		s.fill, err = parsePaint(value)
	case "stroke":
		s.stroke, err = parsePaint(value)
	case "stop-color":
		s.stopColour, err = parsePaint(value)
	case "fill-opacity":
		s.fillOpacity, err = fraction(value)
	case "stroke-opacity":
		s.lineOpacity, err = fraction(value)
	case "stop-opacity":
		s.stopOpacity, err = fraction(value)
	case "opacity":
		s.opacity, err = fraction(value)
	case "fill-rule":
		s.fillRule, err = choose(value, map[string]path.FillRule{"nonzero": path.NonZero, "evenodd": path.EvenOdd})
	case "clip-rule":
		s.clipRule, err = choose(value, map[string]path.FillRule{"nonzero": path.NonZero, "evenodd": path.EvenOdd})
	case "visibility":
		s.invisible, err = choose(value, map[string]bool{"visible": false, "hidden": true, "collapse": true})
	case "display":
		s.hidden = value == "none"
	case "overflow":
		s.overflow, err = choose(value, map[string]bool{"visible": true, "auto": true, "hidden": false, "scroll": false})
	case "mask-type":
		s.luminance, err = choose(value, map[string]bool{"luminance": true, "alpha": false})
	case "clip-path":
		s.clipPath, err = parseReference(value)
	case "mask":
		s.mask, err = parseReference(value)
	case "paint-order":
		s.strokeFirst, err = parseOrder(value)
	default:
		if strings.HasPrefix(name, "stroke") {
			return s.setLine(name, value, v)
		}
		return unsupported(name, value)
	}
	return err
}

// setLine sets a property of strokes.
func (s *style) setLine(name, value string, v viewport) (err error) {
	switch name {
	case "stroke-width":
		if s.line.Width, err = v.length(value, diagonal); err == nil && s.line.Width < 0 {
			err = fmt.Errorf("expected a width of at least 0; found %q", value)
		}
	case "stroke-linecap":
		s.line.Cap, err = choose(value, map[string]path.Cap{"butt": path.ButtCap, "round": path.RoundCap, "square": path.SquareCap})
	case "stroke-linejoin":
		s.line.Join, err = choose(value, map[string]path.Join{"miter": path.MiterJoin, "round": path.RoundJoin, "bevel": path.BevelJoin})
	case "stroke-miterlimit":
		n, ok := number(value)
		if !ok || n < 1 {
			return fmt.Errorf("expected a number of at least 1; found %.40q", value)
		}
		s.line.MiterLimit = n
	case "stroke-dashoffset":
		s.line.DashOffset, err = v.length(value, diagonal)
	case "stroke-dasharray":
		s.line.Dash, err = v.dashes(value)
	}
	return err
}

// dashes reads a stroke-dasharray.
func (v viewport) dashes(value string) ([]float64, error) {
	if value == "none" {
		return nil, nil
	}
	var all []float64
	for _, f := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t\r\n,", r) }) {
		d, err := v.length(f, diagonal)
		if err != nil {
			return nil, err
		}
		if d < 0 || len(all) == 256 {
			return nil, fmt.Errorf("expected at most 256 lengths of at least 0; found %.40q", value)
		}
		all = append(all, d)
	}
	return all, nil
}

// unsupported is an error if the property would change the picture in a way that is not drawn here.
func unsupported(name, value string) error {
	var harmless string
	switch name {
	case "filter", "backdrop-filter", "marker", "marker-start", "marker-mid", "marker-end", "mask-image", "clip",
		"vector-effect", "transform-box", "animation", "animation-name", "cursor":
		harmless = "none"
		if name == "clip" || name == "cursor" {
			harmless = "auto"
		}
	case "transform", "transform-origin", "d", "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry":
		return fmt.Errorf("expected this as an attribute; found it in a style")
	case "mix-blend-mode":
		harmless = "normal"
	case "color-interpolation":
		harmless = "sRGB"
	default:
		return nil
	}
	if value == harmless || value == "inherit" || value == "initial" || name == "color-interpolation" && value == "auto" {
		return nil
	}
	return fmt.Errorf("expected %s, as nothing else is supported; found %.40q", harmless, value)
}

func choose[T any](value string, from map[string]T) (T, error) {
	v, ok := from[value]
	if !ok {
		return v, fmt.Errorf("expected a keyword of this property; found %.40q", value)
	}
	return v, nil
}

// parsePaint reads a value of fill or stroke; a gradient may be followed by what is used if there is none.
func parsePaint(value string) (paint, error) {
	switch {
	case value == "none":
		return paint{}, nil
	case strings.EqualFold(value, "currentColor"):
		return paint{kind: currentPaint}, nil
	case strings.HasPrefix(value, "url("):
		id, rest, err := urlReference(value)
		if err != nil {
			return paint{}, err
		}
		p := paint{kind: serverPaint, id: id}
		if rest != "" {
			if strings.HasPrefix(rest, "url(") {
				return p, fmt.Errorf("expected a colour after the reference; found %.40q", rest)
			}
			other, err := parsePaint(rest)
			p.other = &other
			return p, err
		}
		return p, nil
	}
	c, err := parseColour(value)
	return paint{kind: solidPaint, colour: c}, err
}

// parseReference reads none or url(#id).
func parseReference(value string) (id string, err error) {
	if value == "none" {
		return "", nil
	}
	id, rest, err := urlReference(value)
	if err == nil && rest != "" {
		err = fmt.Errorf("expected only a reference; found %.40q", value)
	}
	return id, err
}

// parseOrder tells whether a paint-order puts the stroke below the fill.
func parseOrder(value string) (strokeFirst bool, err error) {
	for _, f := range strings.Fields(value) {
		switch f {
		case "stroke":
			return true, nil
		case "fill", "normal":
			return false, nil
		case "markers":
		default:
			return false, fmt.Errorf("expected a paint-order of fill, stroke and markers; found %.40q", value)
		}
	}
	return false, nil
}
