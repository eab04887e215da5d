package templates

import (
	"fmt"
	"image/color"
	"strings"

	"golang.org/x/text/language"
)

var (
	white = color.NRGBA{255, 255, 255, 255}
	black = color.NRGBA{A: 255}
	gold  = color.NRGBA{0xf5, 0xa6, 0x23, 255}
	grey  = color.NRGBA{0xd9, 0xd9, 0xd9, 255}
	shade = color.NRGBA{A: 0x59} // a third
)

const far = 4 * MaxSide // no place is farther out, in pixels

type layerDecoder struct {
	r             *report
	compiler      *compiler
	assets        map[string][]byte
	ids           map[string]string // id -> path of the layer that has it
	count, photos int
	locale        language.Tag
	fallback      []string // font families
	turned        int      // groups around that are rotated
	width, height float64  // of the parent
	stacked       bool     // by the parent
}

func (d *layerDecoder) layers(path string, list []any, depth int) []Layer {
	if depth > MaxNesting {
		d.r.add(path, fmt.Sprintf("at most %d levels of groups", MaxNesting), "one more")
		return nil
	}
	var layers []Layer
	for i, v := range list {
		d.count++
		if layer := d.layer(fmt.Sprintf("%s[%d]", path, i), v, depth); layer != nil {
			layers = append(layers, layer)
		}
	}
	return layers
}

func (d *layerDecoder) layer(path string, v any, depth int) Layer {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return nil
	}
	var layer Layer
	switch choose(o, "type", "", "image", "text", "shape", "qr", "rating", "group") {
	case "image":
		layer = d.image(o)
	case "text":
		layer = d.text(o)
	case "shape":
		layer = d.shape(o)
	case "qr":
		layer = d.qr(o)
	case "rating":
		layer = d.rating(o)
	case "group":
		layer = d.group(o, depth)
	default:
		return nil // the rest cannot be judged without a type
	}
	o.done()
	return layer
}

// base reads what every layer has. Sizes without a fallback are required.
func (d *layerDecoder) base(o *object, width, height []float64) Base {
	b := Base{
		ID:       o.name("id", "an id such as title: letters, digits, - and _, at most 64", layerID.MatchString),
		X:        o.number("x", -far, far, 0),
		Y:        o.number("y", -far, far, 0),
		Width:    o.number("width", 0, MaxSide, width...),
		Height:   o.number("height", 0, MaxSide, height...),
		Rotation: o.number("rotation", -360, 360, 0),
		Opacity:  o.number("opacity", 0, 1, 1),
		Blend:    choose(o, "blend", Normal, blendModes()...),
	}
	d.effects(o, &b)
	if other, twice := d.ids[b.ID]; twice {
		o.wrong("id", "an id that no other layer has ("+other+" has it)", b.ID)
	} else if b.ID != "" {
		d.ids[b.ID] = o.path
	}
	if v, ok := o.get("show"); ok {
		if s, ok := v.(string); ok {
			b.Show = d.compiler.condition(join(o.path, "show"), s)
		} else {
			o.wrong("show", `a condition such as "sale_price < price"`, v)
		}
	}
	return b
}

func (d *layerDecoder) image(o *object) Layer {
	l := &Image{Base: d.base(o, nil, nil)}
	l.Src = d.expansion(o, "src", `"{{image_link}}", an http(s) URL or "asset:NAME"`, ImageField)
	l.Fit = choose(o, "fit", Cover, Contain, Cover, Fill, None, Smart)
	l.Radii = o.radii("radius")
	l.Trim = o.percent("trim", 5)
	l.Cutout = o.percent("cutout", 4)
	l.Holes = o.boolean("cutoutHoles")
	l.Focus = o.share("focus")
	if v, ok := o.get("adjust"); ok {
		l.Adjust = d.adjust(join(o.path, "adjust"), v)
	}
	l.Fallback = o.text("fallback", "fail")
	switch asset := strings.HasPrefix(l.Fallback, "asset:"); {
	case asset:
		d.checkAsset(join(o.path, "fallback"), l.Fallback)
	case l.Fallback != "fail" && l.Fallback != "hide":
		o.wrong("fallback", `fail, hide or "asset:NAME"`, l.Fallback)
	}
	if src, static := l.Src.Static(); static && strings.HasPrefix(src, "asset:") {
		d.checkAsset(join(o.path, "src"), src)
	} else {
		d.photos++
	}
	return l
}

func (d *layerDecoder) group(o *object, depth int) Layer {
	l := &Group{Base: d.base(o, []float64{d.width}, []float64{d.height}), Clip: o.boolean("clip")}
	if v, ok := o.get("stack"); ok {
		l.Stack = d.stack(join(o.path, "stack"), v)
	}
	inner := *d
	inner.width, inner.height, inner.stacked = l.Width, l.Height, l.Stack != nil
	if l.Rotation != 0 {
		if inner.turned++; inner.turned > MaxTurned {
			o.wrong("rotation", fmt.Sprintf("at most %d rotated groups inside each other", MaxTurned), o.keys["rotation"])
		}
	}
	if _, ok := o.get("layers"); !ok {
		o.need("layers", "a list of layers")
	}
	l.Layers = inner.layers(join(o.path, "layers"), o.list("layers", MaxLayers), depth+1)
	d.count, d.photos = inner.count, inner.photos
	return l
}

// expansion reads a required text with {{…}} in it.
func (d *layerDecoder) expansion(o *object, key, expected string, kind FieldType) *Expansion {
	v, ok := o.get(key)
	s, isText := v.(string)
	switch {
	case !ok:
		o.need(key, expected)
	case !isText || s == "" && kind == ImageField:
		o.wrong(key, expected, v)
	default:
		return d.compiler.expansion(join(o.path, key), s)
	}
	return &Expansion{}
}
