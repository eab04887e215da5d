package templates

import (
	"fmt"
	"strings"
)

const maxShadows = 4

// effects reads what any layer may wear.
func (d *layerDecoder) effects(o *object, b *Base) {
	if v, ok := o.get("shadow"); ok {
		list, several := v.([]any)
		if !several {
			list = []any{v}
		}
		if len(list) > maxShadows {
			o.r.add(join(o.path, "shadow"), fmt.Sprintf("at most %d shadows", maxShadows), fmt.Sprint(len(list)))
			list = list[:maxShadows]
		}
		for i, v := range list {
			path := join(o.path, "shadow")
			if several {
				path = fmt.Sprintf("%s[%d]", path, i)
			}
			b.Shadows = append(b.Shadows, d.shadow(path, v))
		}
	}
	if v, ok := o.get("outline"); ok {
		b.Outline = d.outline(join(o.path, "outline"), v)
	}
	if v, ok := o.get("mask"); ok {
		b.Mask = d.mask(join(o.path, "mask"), v)
	}
}

func (d *layerDecoder) shadow(path string, v any) Shadow {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return Shadow{}
	}
	s := Shadow{
		X:      o.number("x", -500, 500, 0),
		Y:      o.number("y", -500, 500, 0),
		Blur:   o.number("blur", 0, 200, 0),
		Spread: o.number("spread", -100, 100, 0),
		Color:  o.color("color", shade),
		Inset:  o.boolean("inset"),
	}
	o.done()
	return s
}

func (d *layerDecoder) outline(path string, v any) *Outline {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return nil
	}
	l := &Outline{Width: o.number("width", 0.1, 100), Color: o.color("color", white)}
	o.done()
	return l
}

func (d *layerDecoder) mask(path string, v any) *Mask {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return nil
	}
	m := &Mask{Invert: o.boolean("invert"), By: choose(o, "by", MaskAlpha, MaskAlpha, MaskLuminance)}
	if asset, ok := o.get("asset"); ok {
		m.Asset = strings.TrimPrefix(o.text("asset", ""), "asset:")
		d.checkAsset(join(path, "asset"), "asset:"+m.Asset)
		if _, both := o.get("shape"); both {
			o.wrong("asset", "an asset or a shape", asset)
		}
	} else {
		figure := d.figure(o, "shape")
		m.Figure = &figure
	}
	o.done()
	return m
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
		Grayscale:  o.number("grayscale", 0, 100, 0),
		Blur:       o.number("blur", 0, 50, 0),
		Sharpen:    o.number("sharpen", 0, 10, 0),
	}
	if v, ok := o.get("tint"); ok {
		a.Tint = parseColorAt(join(path, "tint"), v, d.r)
		a.TintAmount = o.number("tintAmount", 0, 100, 100)
	}
	o.done()
	return a
}

func (d *layerDecoder) stack(path string, v any) *Stack {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return nil
	}
	s := &Stack{
		Direction: choose(o, "direction", StackColumn, StackRow, StackColumn),
		Gap:       o.number("gap", -far, far, 0),
		Align:     choose(o, "align", StackStart, StackStart, StackMiddle, StackEnd),
		Justify:   choose(o, "justify", StackStart, StackStart, StackMiddle, StackEnd, StackBetween),
	}
	o.done()
	return s
}
