package templates

import (
	"fmt"
)

func (d *layerDecoder) shape(o *object) Layer {
	l := &Shape{
		Base:        d.base(o, nil, nil),
		Figure:      d.figure(o, "shape"),
		Stroke:      o.color("stroke", black),
		StrokeWidth: o.number("strokeWidth", 0, 1000, 0),
		StrokeAlign: choose(o, "strokeAlign", StrokeCenter, StrokeCenter, StrokeInside, StrokeOutside),
		StrokeCap:   choose(o, "strokeCap", CapButt, CapButt, CapRound, CapSquare),
		Dash:        o.numbers("dash", 16, 0, far),
	}
	join := JoinRound
	if l.Kind == Rectangle { // as borders in CSS
		join = JoinMiter
	}
	l.StrokeJoin = choose(o, "strokeJoin", join, JoinMiter, JoinRound, JoinBevel)
	if v, ok := o.get("fill"); ok {
		fill := decodePaint(o.path+".fill", v, d.r)
		l.Fill = &fill
	}
	if l.Fill == nil && l.StrokeWidth == 0 {
		o.need("fill", "a fill, or a strokeWidth above 0 (else nothing is drawn)")
	}
	return l
}

// figure reads an outline; key says its kind.
func (d *layerDecoder) figure(o *object, key string) Figure {
	f := Figure{
		Kind:      choose(o, key, "", Rectangle, Ellipse, Polygon, Line, Star, Burst, PathShape),
		Radii:     o.radii("radius"),
		Roundness: o.number("roundness", 0, 1, 0),
	}
	for i, v := range o.list("points", 100) {
		f.Points = append(f.Points, pair(fmt.Sprintf("%s[%d]", join(o.path, "points"), i), v, -far, far, d.r))
	}
	least := map[ShapeKind]int{Polygon: 3, Line: 2}[f.Kind]
	if len(f.Points) < least {
		o.r.add(join(o.path, "points"), fmt.Sprintf("at least %d points [x, y]", least), fmt.Sprint(len(f.Points)))
	}
	tips, inner := 5, 0.382 // the star of flags: its edges meet in lines
	if f.Kind == Burst {
		tips, inner = 24, 0.85
	}
	f.Tips = o.whole("tips", 3, 100, float64(tips))
	f.Inner = o.number("inner", 0.01, 1, inner)
	f.Path = o.text("path", "")
	if v, ok := o.get("viewBox"); ok {
		f.ViewBox = four(join(o.path, "viewBox"), v, "four numbers [x, y, width, height], the last two above 0", -far, far, d.r)
		if f.ViewBox[2] <= 0 || f.ViewBox[3] <= 0 {
			o.wrong("viewBox", "a width and a height above 0", v)
		}
	}
	if f.Kind == PathShape && f.Path == "" {
		o.need("path", "SVG path data such as \"M0 0H40V30Z\"")
	}
	return f
}

func (d *layerDecoder) qr(o *object) Layer {
	return &QR{
		Base:       d.base(o, nil, nil),
		Text:       d.expansion(o, "text", `a text or a link such as "{{link}}"`, TextField),
		Level:      choose(o, "level", QRMedium, QRLow, QRMedium, QRQuartile, QRHigh),
		Margin:     o.whole("margin", 0, 20, 4),
		Color:      o.color("color", black),
		Background: o.color("background", white),
	}
}

func (d *layerDecoder) rating(o *object) Layer {
	l := &Rating{
		Base:  d.base(o, nil, nil),
		Value: d.expansion(o, "value", `a number such as "{{rating}}"`, TextField),
		Max:   o.whole("max", 1, 20, 5),
		Gap:   o.number("gap", 0, MaxSide, 0),
		Color: o.color("color", gold),
		Empty: o.color("emptyColor", grey),
	}
	return l
}
