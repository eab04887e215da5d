package renderer

import (
	"image"
	"math"
	"strings"

	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// words draws a text.
func (p *painter) words(dst *image.RGBA, n *Words) error {
	layout, err := p.fonts.lay(n)
	if err != nil {
		return err
	}
	p.texts = append(p.texts, outcome(n, layout))
	ink := p.ink(n, layout)
	if n.Backdrop != nil {
		p.backdrop(dst, n, layout, ink)
	}
	if n.Overflow == templates.Clip {
		area := n.frame().pixels().Intersect(dst.Rect)
		if area.Empty() {
			return nil
		}
		dst = part(dst, area)
	}
	p.fonts.setter.Draw(dst, layout, ink)
	return nil
}

// ink says where and how a text is drawn.
func (p *painter) ink(n *Words, layout *typeset.Layout) typeset.Ink {
	frame := n.frame()
	ink := typeset.Ink{X: frame.x, Top: frame.y, Width: frame.w, Align: alignments[n.Align], Dress: p.dress(&n.Look, frame)}
	switch n.VAlign {
	case templates.AlignMiddle:
		ink.Top += (frame.h - layout.Height) / 2
	case templates.AlignBottom:
		ink.Top += frame.h - layout.Height
	}
	if plain(n) {
		return ink
	}
	for i, words := range n.Words {
		look := &n.Spans[i].Look
		for range pieces(words) {
			ink.Spans = append(ink.Spans, p.dress(look, frame))
		}
	}
	return ink
}

var alignments = map[templates.Align]typeset.Align{
	templates.AlignStart: typeset.Start, templates.AlignEnd: typeset.End, templates.AlignLeft: typeset.Left,
	templates.AlignCenter: typeset.Center, templates.AlignRight: typeset.Right, templates.AlignJustify: typeset.Justify,
}

// dress is in which colours words are drawn. Gradients span the layer's box.
func (p *painter) dress(look *templates.Look, frame box) typeset.Dress {
	d := typeset.Dress{Color: look.Color.Color, Underline: look.Underline, Strike: look.Strike, Stroke: look.Stroke, StrokeWidth: look.StrokeWidth}
	if look.Color.Kind != templates.Solid {
		d.Paint = func(dst *image.RGBA, mask *image.Alpha) { p.paintThrough(dst, frame, look.Color, mask) }
	}
	return d
}

// backdrop paints what lies behind the words.
func (p *painter) backdrop(dst *image.RGBA, n *Words, layout *typeset.Layout, ink typeset.Ink) {
	b := n.Backdrop
	boxes := layout.Boxes(ink)
	if !b.PerLine && len(boxes) > 0 {
		boxes = []typeset.Box{around1(boxes)}
	}
	var covered *image.Alpha
	for _, line := range boxes {
		at := box{line.X - b.Padding[3], line.Y - b.Padding[0], line.Width + b.Padding[1] + b.Padding[3], line.Height + b.Padding[0] + b.Padding[2]}
		r := min(b.Radius, at.w/2, at.h/2)
		area := at.pixels().Intersect(dst.Rect)
		if area.Empty() {
			continue
		}
		m := path.Rectangle(at.x, at.y, at.w, at.h, [4]float64{r, r, r, r}).Coverage(area, path.NonZero)
		if covered == nil {
			covered = m
		} else { // where lines overlap, a fill that can be seen through is laid once
			covered = mask.Union(covered, m)
		}
	}
	if covered != nil {
		p.paintThrough(dst, n.frame(), b.Fill, covered)
	}
}

// around1 is the smallest box around boxes.
func around1(boxes []typeset.Box) typeset.Box {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, b := range boxes {
		left, right = min(left, b.X), max(right, b.X+b.Width)
		top, bottom = min(top, b.Y), max(bottom, b.Y+b.Height)
	}
	return typeset.Box{X: left, Y: top, Width: right - left, Height: bottom - top}
}

// Set says how a text came out.
type Set struct {
	Layer    string
	Families []string // of the fonts that were used, in order of their first letters
	Size     float64  // pixels per em, as chosen
	Missing  []rune   // characters that no font has: a box stands for each
	Whole    bool     // nothing was cut
}

func outcome(n *Words, l *typeset.Layout) Set {
	return Set{Layer: n.ID, Families: l.Families, Size: l.Size, Missing: l.Missing, Whole: l.Whole}
}

// text is what a node says, without what says how.
func (w *Words) text() string { return strings.Join(w.Words, "") }
