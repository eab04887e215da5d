package renderer

import "fmt"

type object map[string]any // of JSON

// author writes random documents that are valid templates, on small canvases.
type author struct {
	dice
	used int // layers so far
	left int // layers to come
}

// document writes a whole one.
func document(d dice) object {
	a := &author{dice: d, left: d.whole(1, 9)}
	var layers []any
	for a.left > 0 {
		layers = append(layers, a.layer(1, 0))
	}
	return object{
		"schema": 1, "name": "random", "width": a.whole(1, 90), "height": a.whole(1, 70), "background": a.paint(), "layers": layers,
		"fields": []object{{"name": "title", "type": "text"}, {"name": "rating", "type": "number"}, {"name": "flag", "type": "text"}, {"name": "image_link", "type": "image"}},
		"output": object{"maxBytes": a.one(0, 0, 1000, 2000), "lossless": a.chance(0.3), "quality": a.whole(1, 100), "subsampling": a.one("auto", "4:4:4", "4:2:0")},
	}
}

func (a *author) place() float64 {
	if a.chance(0.05) {
		return a.number(-16384, 16384)
	}
	return a.number(-60, 80)
}

func (a *author) length() float64 {
	if a.chance(0.02) {
		return a.number(0, 400)
	}
	return a.number(0, 90)
}

func (a *author) color() any {
	return a.one("red", "#1d1b1980", "transparent", "#fff", "#0a58", "#00ff0001", "black")
}

func (a *author) paint() any {
	center := []float64{a.number(0, 1), a.number(0, 1)}
	return a.one(
		a.color(),
		object{"type": "linear", "angle": a.number(-360, 360), "stops": a.stops()},
		object{"type": "radial", "center": center, "radius": a.number(0.001, 3), "stops": a.stops()},
		object{"type": "conic", "center": center, "angle": a.number(-360, 360), "stops": a.stops()},
	)
}

func (a *author) stops() []any {
	var stops []any
	at := 0.0
	for range a.whole(2, 4) {
		stops = append(stops, []any{at, a.color()})
		if a.chance(0.7) {
			at += float64((1 - at) * a.Float64())
		}
	}
	return stops
}

func (a *author) radius() any {
	return a.one(a.number(0, 60), []float64{a.number(0, 60), a.number(0, 9), a.number(0, 200), a.number(0, 30)})
}

func (a *author) shadow() object {
	far := a.one(1.0, 1.0, 1.0, 10.0).(float64)
	return object{"x": a.number(-30, 30) * far, "y": a.number(-30, 30) * far, "blur": a.number(0, 20) * far, "spread": a.number(-9, 9) * far, "color": a.color(), "inset": a.chance(0.3)}
}

// figure gives a shape or a mask its outline.
func (a *author) figure(o object) {
	kind := a.one("rectangle", "ellipse", "polygon", "line", "star", "burst", "path")
	o["shape"] = kind
	a.maybe(0.4, o, "radius", a.radius())
	a.maybe(0.3, o, "tips", a.whole(3, 100))
	a.maybe(0.3, o, "inner", a.number(0.01, 1))
	a.maybe(0.3, o, "roundness", a.number(0, 1))
	switch kind {
	case "polygon", "line":
		var points []any
		for range a.whole(3, 7) {
			points = append(points, []float64{a.place(), a.place()})
		}
		o["points"] = points
	case "path":
		o["path"] = a.one("M0 0H40V30Z", "M10 10a5 5 0 1 0 20 3z", "M0 0C10 10 90 -20 40 40S 1 1 0 0", "M0 0L9e5 9e5L3 -9e5Z", "M5 5", "M0 0 L0 0 Z",
			"M-9e5 9e5L0 0L10 5z", "M0 0Q 4 9 30 3 T 9 9 M 1 1 h 9", "M0 0A1e-9 9e5 7 0 1 50 50")
		a.maybe(0.4, o, "viewBox", []float64{a.number(-5, 5), a.number(-5, 5), a.number(0.01, 50), a.number(0.01, 50)})
	}
}

// base is what layers of all kinds have.
func (a *author) base() object {
	a.used++
	o := object{"id": fmt.Sprint("l", a.used), "x": a.place(), "y": a.place(), "width": a.length(), "height": a.length()}
	if a.chance(0.3) {
		o["x"], o["y"], o["width"], o["height"] = 0, 0, 64, 48
	}
	a.maybe(0.2, o, "rotation", a.number(-360, 360))
	a.maybe(0.2, o, "opacity", a.number(0, 1))
	a.maybe(0.2, o, "blend", a.one("multiply", "screen", "overlay", "darken", "color-dodge", "soft-light", "difference", "hue", "luminosity", "color-burn"))
	a.maybe(0.2, o, "shadow", a.one(a.shadow(), []any{a.shadow(), a.shadow()}))
	a.maybe(0.1, o, "outline", object{"width": a.number(0.1, 9), "color": a.color()})
	a.maybe(0.25, o, "show", a.one("flag == nil", "flag != nil", "rating > 3", "true", "false"))
	if a.chance(0.15) {
		m := object{"invert": a.chance(0.3)}
		if a.chance(0.5) {
			m["asset"], m["by"] = a.one("a.png", "b.jpg", "s.svg"), a.one("alpha", "luminance")
		} else {
			a.figure(m)
		}
		o["mask"] = m
	}
	return o
}

func (a *author) layer(depth, turned int) object {
	a.left--
	o := a.base()
	switch a.IntN(16) {
	case 0, 1, 2, 3:
		a.image(o)
	case 4, 5:
		a.text(o)
	case 6, 7, 8, 9:
		a.shape(o)
	case 10:
		o["type"], o["text"], o["margin"], o["level"] = "qr", a.one("hi", "{{title}}"), a.whole(0, 4), a.one("L", "M", "Q", "H")
		o["width"], o["height"], o["background"] = a.number(40, 90), a.number(40, 90), a.color()
	case 11:
		o["type"], o["value"], o["max"], o["gap"] = "rating", a.one("{{rating}}", "3.2", "0", "99"), a.whole(1, 20), a.number(0, 9)
	default:
		a.group(o, depth, turned)
	}
	return o
}

func (a *author) image(o object) {
	o["type"], o["fallback"], o["fit"] = "image", a.one("hide", "asset:a.png", "asset:s.svg"), a.one("contain", "cover", "fill", "none", "smart")
	o["src"] = a.one("{{image_link}}", "{{image_link}}", damagedURL, "asset:a.png", "asset:b.jpg", "asset:s.svg", "asset:{{title}}", "https://shop.test/none")
	a.maybe(0.3, o, "focus", []float64{a.number(0, 1), a.number(0, 1)})
	a.maybe(0.3, o, "radius", a.radius())
	a.maybe(0.2, o, "trim", a.one(true, 1, 50, 100))
	a.maybe(0.2, o, "cutout", a.one(true, 1, 50, 100))
	a.maybe(0.2, o, "cutoutHoles", true)
	a.maybe(0.2, o, "adjust", object{
		"brightness": a.number(-100, 100), "contrast": a.number(-100, 100), "saturation": a.number(-100, 100),
		"grayscale": a.number(0, 100), "tint": a.color(), "blur": a.number(0, 9), "sharpen": a.number(0, 3),
	})
}

func (a *author) text(o object) {
	o["type"], o["font"], o["size"] = "text", "Go", a.number(1, 40)
	o["text"] = a.one("{{title}}", "Static words", "{{upper(title)}} x", "a\nb\n\n", " ", "{{title}}{{title}}", "שלום {{rating}}")
	o["align"], o["valign"] = a.one("start", "end", "left", "center", "right", "justify"), a.one("top", "middle", "bottom")
	o["overflow"], o["missing"] = a.one("clip", "ellipsis", "clip", "ellipsis", "hide"), a.one("fallback", "fallback", "fallback", "hide")
	o["lineHeight"], o["maxLines"] = a.number(0.5, 5), a.whole(0, 3)
	o["fit"], o["prefer"], o["minSize"] = a.one("none", "wrap", "wrap", "shrink", "shrink-wrap"), a.one("lines", "size"), 1
	a.maybe(0.3, o, "letterSpacing", a.number(-9, 9))
	a.maybe(0.2, o, "direction", a.one("ltr", "rtl"))
	a.maybe(0.2, o, "balance", true)
	a.look(o)
	if a.chance(0.3) {
		delete(o, "height")
	}
	if a.chance(0.2) {
		delete(o, "width")
	}
	if a.chance(0.3) {
		o["background"] = object{"color": a.paint(), "padding": a.one(a.number(0, 20), []float64{a.number(0, 20), 3, 0, a.number(0, 9)}), "radius": a.number(0, 30), "per": a.one("line", "text")}
	}
	if a.chance(0.3) {
		delete(o, "text")
		o["spans"] = a.spans()
	}
}

// look says how words look.
func (a *author) look(o object) {
	a.maybe(0.4, o, "color", a.paint())
	a.maybe(0.2, o, "weight", a.whole(1, 1000))
	a.maybe(0.2, o, "italic", true)
	a.maybe(0.2, o, "underline", true)
	a.maybe(0.2, o, "strike", true)
	if a.chance(0.2) {
		o["stroke"], o["strokeWidth"] = a.color(), a.number(0, 20)
	}
}

func (a *author) spans() []any {
	var spans []any
	for range a.whole(1, 4) {
		s := object{"text": a.one("{{title}}", "19\ufdd099\ufdd1", "x", "{{rating}}\n", "Words ")}
		a.look(s)
		a.maybe(0.3, s, "size", a.number(1, 90))
		a.maybe(0.4, s, "baseline", a.one("super", "sub", a.number(-50, 50)))
		a.maybe(0.2, s, "case", a.one("upper", "lower", "title"))
		spans = append(spans, s)
	}
	return spans
}

func (a *author) shape(o object) {
	o["type"] = "shape"
	a.figure(o)
	a.maybe(0.7, o, "fill", a.paint())
	if o["fill"] == nil || a.chance(0.4) {
		o["stroke"], o["strokeWidth"], o["strokeAlign"] = a.color(), a.number(0.1, 30), a.one("center", "inside", "outside")
		o["strokeJoin"], o["strokeCap"] = a.one("miter", "round", "bevel"), a.one("butt", "round", "square")
		a.maybe(0.4, o, "dash", []float64{a.number(0, 9), a.number(0, 9), a.number(0, 9)})
	}
}

func (a *author) group(o object, depth, turned int) {
	o["type"] = "group"
	a.maybe(0.3, o, "clip", true)
	a.maybe(0.3, o, "stack", object{"direction": a.one("row", "column"), "gap": a.number(-5, 9), "align": a.one("start", "center", "end"), "justify": a.one("start", "center", "end", "between")})
	if o["rotation"] != nil {
		if turned++; turned > 2 { // no deeper
			delete(o, "rotation")
		}
	}
	layers := []any{}
	for range a.IntN(4) {
		if depth < 6 && a.left > 0 {
			layers = append(layers, a.layer(depth+1, turned))
		}
	}
	o["layers"] = layers
}
