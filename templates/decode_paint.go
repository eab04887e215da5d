package templates

import (
	"fmt"
	"slices"
)

func decodePaint(path string, v any, r *report) Paint {
	if s, ok := v.(string); ok {
		return Paint{Kind: Solid, Color: parseColorAt(path, s, r)}
	}
	o, ok := asObject(path, v, r)
	if !ok {
		return Paint{}
	}
	p := Paint{Kind: choose(o, "type", "", Solid, Linear, Radial, Conic)}
	switch p.Kind {
	case Solid:
		p.Color = o.color("color", white)
	case Linear:
		p.Angle = o.number("angle", -360, 360, 180)
	case Radial:
		p.Center = o.share("center")
		p.Radius = o.number("radius", 0.001, 10, 1)
	case Conic:
		p.Center = o.share("center")
		p.Angle = o.number("angle", -360, 360, 0)
	}
	if p.Kind != Solid && p.Kind != "" {
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
