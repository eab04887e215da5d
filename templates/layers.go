package templates

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
)

var (
	white = color.NRGBA{255, 255, 255, 255}
	black = color.NRGBA{A: 255}
)

const far = 4 * MaxSide // no place is farther out, in pixels

type layerDecoder struct {
	r             *report
	compiler      *compiler
	assets        map[string][]byte
	ids           map[string]string // id -> path of the layer that has it
	count, photos int
	turned        int     // groups around that are rotated
	width, height float64 // of the parent
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
	switch choose(o, "type", "", "image", "text", "shape", "group") {
	case "image":
		layer = d.image(o)
	case "text":
		layer = d.text(o)
	case "shape":
		layer = d.shape(o)
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
	}
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
	l.Fit = choose(o, "fit", Cover, Contain, Cover, Fill, None)
	l.Radius = o.number("radius", 0, MaxSide, 0)
	l.Focus = [2]float64{0.5, 0.5}
	if v, ok := o.get("focus"); ok {
		l.Focus = pair(join(o.path, "focus"), v, 0, 1, d.r)
	}
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

func (d *layerDecoder) adjust(path string, v any) *Adjust {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return nil
	}
	a := &Adjust{
		Brightness: o.number("brightness", -100, 100, 0),
		Contrast:   o.number("contrast", -100, 100, 0),
		Saturation: o.number("saturation", -100, 100, 0),
		Blur:       o.number("blur", 0, 50, 0),
	}
	o.done()
	return a
}

func (d *layerDecoder) text(o *object) Layer {
	l := &Text{
		Base:          d.base(o, nil, []float64{0}),
		Weight:        o.whole("weight", 100, 900, 400),
		Italic:        o.boolean("italic"),
		Size:          o.number("size", 1, 1000),
		Fit:           choose(o, "fit", FitNone, FitNone, Shrink),
		LineHeight:    o.number("lineHeight", 0.5, 5, 1.2),
		LetterSpacing: o.number("letterSpacing", -100, 100, 0),
		MaxLines:      o.whole("maxLines", 0, 100, 0),
		Overflow:      choose(o, "overflow", Ellipsis, Ellipsis, Clip),
		Align:         choose(o, "align", AlignLeft, AlignLeft, AlignCenter, AlignRight),
		VAlign:        choose(o, "valign", AlignTop, AlignTop, AlignMiddle, AlignBottom),
		Color:         o.color("color", black),
		Strike:        o.boolean("strike"),
	}
	l.MinSize = o.number("minSize", 1, 1000, min(l.Size, 12))
	if l.MinSize > l.Size {
		o.r.add(join(o.path, "minSize"), fmt.Sprintf("at most size (%v)", l.Size), fmt.Sprint(l.MinSize))
	}
	l.Text = d.expansion(o, "text", `a text such as "{{title}}"`, TextField)
	for _, family := range strings.Split(o.text("font", "Inter"), ",") {
		if family = strings.TrimSpace(family); family != "" {
			l.Fonts = append(l.Fonts, family)
		}
	}
	if len(l.Fonts) == 0 {
		o.r.add(join(o.path, "font"), `font families such as "Inter, Go"`, `""`)
	}
	return l
}

func (d *layerDecoder) shape(o *object) Layer {
	l := &Shape{
		Base:        d.base(o, nil, nil),
		Kind:        choose(o, "shape", "", Rectangle, Ellipse, Polygon, Line),
		Stroke:      o.color("stroke", black),
		StrokeWidth: o.number("strokeWidth", 0, 1000, 0),
		Radius:      o.number("radius", 0, MaxSide, 0),
	}
	if v, ok := o.get("fill"); ok {
		fill := decodePaint(join(o.path, "fill"), v, d.r)
		l.Fill = &fill
	}
	for i, v := range o.list("points", 100) {
		l.Points = append(l.Points, pair(fmt.Sprintf("%s[%d]", join(o.path, "points"), i), v, -far, far, d.r))
	}
	least := map[ShapeKind]int{Polygon: 3, Line: 2}[l.Kind]
	if len(l.Points) < least {
		o.r.add(join(o.path, "points"), fmt.Sprintf("at least %d points [x, y]", least), fmt.Sprint(len(l.Points)))
	}
	if l.Fill == nil && l.StrokeWidth == 0 {
		o.need("fill", "a fill, or a strokeWidth above 0 (else nothing is drawn)")
	}
	return l
}

func (d *layerDecoder) group(o *object, depth int) Layer {
	l := &Group{Base: d.base(o, []float64{d.width}, []float64{d.height}), Clip: o.boolean("clip")}
	inner := *d
	inner.width, inner.height = l.Width, l.Height
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

func decodePaint(path string, v any, r *report) Paint {
	if s, ok := v.(string); ok {
		return Paint{Kind: Solid, Color: parseColorAt(path, s, r)}
	}
	o, ok := asObject(path, v, r)
	if !ok {
		return Paint{}
	}
	p := Paint{Kind: choose(o, "type", "", Solid, Linear, Radial)}
	switch p.Kind {
	case Solid:
		p.Color = o.color("color", white)
	case Linear:
		p.Angle = o.number("angle", -360, 360, 180)
	case Radial:
		p.Center = [2]float64{0.5, 0.5}
		if v, ok := o.get("center"); ok {
			p.Center = pair(join(path, "center"), v, 0, 1, r)
		}
		p.Radius = o.number("radius", 0.001, 10, 1)
	}
	if p.Kind == Linear || p.Kind == Radial {
		p.Stops = decodeStops(o)
	}
	o.done()
	return p
}

func decodeStops(o *object) []Stop {
	path := join(o.path, "stops")
	var stops []Stop
	for i, v := range o.list("stops", 16) {
		at := fmt.Sprintf("%s[%d]", path, i)
		l, ok := v.([]any)
		if !ok || len(l) != 2 {
			o.r.add(at, `an offset and a colour, such as [0.5, "#fdf6ec"]`, show(v))
			continue
		}
		offset, ok := toNumber(l[0])
		if !ok || offset < 0 || offset > 1 {
			o.r.add(at+"[0]", "a number from 0 to 1", show(l[0]))
		}
		stops = append(stops, Stop{offset, parseColorAt(at+"[1]", l[1], o.r)})
	}
	if len(stops) < 2 {
		o.r.add(path, "at least 2 stops", fmt.Sprint(len(stops)))
	}
	if !slices.IsSortedFunc(stops, func(a, b Stop) int {
		if a.Offset < b.Offset {
			return -1
		}
		return 1
	}) {
		o.r.add(path, "offsets that never fall", "one below the stop before it")
	}
	return stops
}
