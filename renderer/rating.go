package renderer

import (
	"image"
	"math"
	"strconv"
	"strings"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// rating settles how many stars a product has; nil when it has no rating.
func rating(l *templates.Rating, values *templates.Values) (Node, error) {
	text, err := l.Value.Eval(values)
	if text = strings.TrimSpace(text); err != nil || text == "" {
		return nil, err
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) {
		return nil, &templates.FieldError{Field: l.ID, Expected: "a number such as 4.5", Found: text}
	}
	return &Stars{Rating: l, Value: min(float64(l.Max), max(0, value))}, nil
}

// stars draws a row of stars, the coloured ones over the empty ones.
func (p *painter) stars(dst *image.RGBA, n *Stars) error {
	frame := n.frame()
	side := min(frame.h, (frame.w-n.Gap*float64(n.Max-1))/float64(n.Max))
	if side <= 0 {
		return nil
	}
	const inner = 0.45 // plumper than the star of flags: it reads better when it is small
	row := &path.Path{}
	for i := range n.Max {
		x := frame.x + float64(i)*(side+n.Gap)
		row.Append(path.Star(x+side/2, frame.y+frame.h/2, side/2, side/2, 5, inner))
	}
	area := frame.pixels().Intersect(dst.Rect)
	if area.Empty() {
		return nil
	}
	all := row.Coverage(area, path.NonZero)
	whole := math.Floor(n.Value)
	reach := whole*(side+n.Gap) + (n.Value-whole)*side
	full := path.Rectangle(frame.x, frame.y, reach, frame.h, [4]float64{}).Coverage(area, path.NonZero)
	coloured := mask.Intersect(all, full)
	blend.Tint(dst, mask.Subtract(all, full), blend.Premultiplied(n.Empty))
	blend.Tint(dst, coloured, blend.Premultiplied(n.Rating.Color))
	return nil
}
