package colorglyph

import (
	"image/color"
	"strconv"
	"strings"
)

// maxFallbacks is how deep a value of a variable may be inside another.
const maxFallbacks = 8

// colours replaces the variables of CSS in a text: --color0 and so on are the palette's, of others that which is to
// stand for them is taken.
func (x *excerpt) colours(text string) string { return x.variables(text, 0) }

func (x *excerpt) variables(text string, depth int) string {
	if !strings.Contains(text, "var(") || depth > maxFallbacks {
		return text
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "var(")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		end := closing(rest)
		if end < 0 {
			b.WriteString("var(" + rest)
			return b.String()
		}
		name, instead, given := strings.Cut(rest[:end], ",")
		entry, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(name), "--color"))
		switch {
		case err == nil && entry >= 0 && entry < len(x.palette):
			c := x.palette[entry]
			b.WriteString(hex(color.NRGBA{c.Red, c.Green, c.Blue, c.Alpha}))
		case given:
			b.WriteString(x.variables(strings.TrimSpace(instead), depth+1))
		default:
			b.WriteString("currentColor")
		}
		text = rest[end+1:]
	}
}

// closing is where the bracket ends that text begins inside of; below 0 if it does not end.
func closing(text string) int {
	open := 1
	for i := range len(text) {
		switch text[i] {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}
