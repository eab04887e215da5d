package svg

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// parseColour reads a colour as CSS Color 4 writes it: a name, hexadecimal, rgb() or hsl().
func parseColour(s string) (color.NRGBA, error) {
	wrong := fmt.Errorf("expected a colour; found %.40q", s)
	s = strings.ToLower(strings.TrimSpace(s))
	if digits, ok := strings.CutPrefix(s, "#"); ok {
		c, ok := hex(digits)
		if !ok {
			return c, wrong
		}
		return c, nil
	}
	if name, arguments, ok := strings.Cut(s, "("); ok {
		arguments, ok = strings.CutSuffix(arguments, ")")
		fields := strings.FieldsFunc(arguments, func(r rune) bool { return strings.ContainsRune(" \t\r\n,/", r) })
		if !ok || len(fields) < 3 || len(fields) > 4 {
			return color.NRGBA{}, wrong
		}
		var c color.NRGBA
		switch name {
		case "rgb", "rgba":
			c, ok = rgb(fields)
		case "hsl", "hsla":
			c, ok = hsl(fields)
		default:
			ok = false
		}
		if ok && len(fields) == 4 {
			a, err := fraction(fields[3])
			ok = err == nil
			c.A = sample(a)
		}
		if !ok {
			return color.NRGBA{}, wrong
		}
		return c, nil
	}
	switch s {
	case "transparent":
		return color.NRGBA{}, nil
	case "rebeccapurple": // newer than the names of SVG
		return color.NRGBA{0x66, 0x33, 0x99, 0xff}, nil
	}
	if c, ok := colornames.Map[s]; ok {
		return color.NRGBA(c), nil // all of them are opaque
	}
	return color.NRGBA{}, wrong
}

// hex reads the digits of #rgb, #rgba, #rrggbb and #rrggbbaa.
func hex(digits string) (color.NRGBA, bool) {
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || digits[0] == '+' {
		return color.NRGBA{}, false
	}
	twice := func(shift int) uint8 { return uint8(v>>shift&15) * 17 }
	switch len(digits) {
	case 3:
		return color.NRGBA{twice(8), twice(4), twice(0), 255}, true
	case 4:
		return color.NRGBA{twice(12), twice(8), twice(4), twice(0)}, true
	case 6:
		return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, true
	case 8:
		return color.NRGBA{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8), uint8(v)}, true
	}
	return color.NRGBA{}, false
}

func rgb(fields []string) (c color.NRGBA, ok bool) {
	c.A = 255
	for i, to := range []*uint8{&c.R, &c.G, &c.B} {
		v, err := proportion(fields[i])
		if err != nil {
			return c, false
		}
		if !strings.HasSuffix(fields[i], "%") {
			v /= 255
		}
		*to = sample(v)
	}
	return c, true
}

// hsl follows CSS Color 4, section 7.1.
func hsl(fields []string) (c color.NRGBA, ok bool) {
	turns := 1.0 / 360
	digits := strings.TrimSuffix(fields[0], "deg")
	if d, ok := strings.CutSuffix(digits, "turn"); ok {
		digits, turns = d, 1
	}
	hue, ok := number(digits)
	if !ok || !strings.HasSuffix(fields[1], "%") || !strings.HasSuffix(fields[2], "%") {
		return c, false
	}
	s, err := fraction(fields[1])
	if err != nil {
		return c, false
	}
	l, err := fraction(fields[2])
	if err != nil {
		return c, false
	}
	hue = float64(hue * turns)
	hue = float64(12 * (hue - math.Floor(hue)))
	at := func(n float64) uint8 {
		k := math.Mod(n+hue, 12)
		return sample(l - float64(float64(s*min(l, 1-l))*max(-1, min(k-3, 9-k, 1))))
	}
	return color.NRGBA{at(0), at(8), at(4), 255}, true
}

// sample rounds 0..1 to 0..255.
func sample(v float64) uint8 {
	return uint8(math.Floor(float64(255*max(0, min(v, 1))) + 0.5))
}
