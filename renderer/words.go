package renderer

import (
	"fmt"
	"image"
	"math"
	"strings"

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
	if n.Overflow == templates.Clip {
		area := n.frame().pixels().Intersect(dst.Rect)
		if area.Empty() {
			return nil
		}
		dst = part(dst, area)
	}
	if turnsItself(n) {
		turn := turnOf(n.frame(), n.Rotation)
		ink.Turn = &turn
	}
	if n.Backdrop != nil {
		p.backdrop(dst, n.Backdrop, layout.Boxes(ink), ink.Turn)
	}
	p.fonts.setter.Draw(dst, layout, ink)
	return nil
}

// ink says where and how a text is drawn.
func (p *painter) ink(n *Words, layout *typeset.Layout) typeset.Ink {
	frame := n.frame()
	room := frame
	if b := n.Backdrop; b != nil {
		room = box{frame.x + b.Padding[3], frame.y + b.Padding[0], frame.w - b.Padding[1] - b.Padding[3], frame.h - b.Padding[0] - b.Padding[2]}
	}
	ink := typeset.Ink{X: room.x, Top: room.y, Width: room.w, Align: alignments[n.Align], Dress: p.dress(&n.Spans[0].Look, frame)}
	switch n.VAlign {
	case templates.AlignMiddle:
		ink.Top += (room.h - layout.Height) / 2
	case templates.AlignBottom:
		ink.Top += room.h - layout.Height
	}
	if plain(n) {
		return ink
	}
	for i, pieces := range n.pieces() {
		dress := p.dress(&n.Spans[i].Look, frame)
		for range pieces {
			ink.Spans = append(ink.Spans, dress)
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

// backdrop paints what lies behind the words of lines, on whole pixels. Where lines
// overlap, a fill that can be seen through is laid once.
func (p *painter) backdrop(dst *image.RGBA, b *templates.Backdrop, lines []typeset.Box, turn *path.Matrix) {
	if len(lines) == 0 {
		return
	}
	all := enclosing(lines)
	if !b.PerLine {
		lines = []typeset.Box{all}
	}
	outline := &path.Path{}
	for _, line := range lines {
		at := padded(line, b.Padding).whole()
		r := min(b.Radius, at.w/2, at.h/2)
		outline.Append(path.Rectangle(at.x, at.y, at.w, at.h, [4]float64{r, r, r, r}))
	}
	around := padded(all, b.Padding).whole()
	area := around.pixels()
	if turn != nil {
		outline = outline.Transform(*turn)
		if r, ok := outline.Bounds(); ok {
			area = box{r.X0, r.Y0, r.Width(), r.Height()}.pixels()
		}
	}
	if area = area.Intersect(dst.Rect); !area.Empty() {
		p.paintThrough(dst, around, b.Fill, outline.Coverage(area, path.NonZero))
	}
}

func padded(b typeset.Box, padding [4]float64) box {
	return box{b.X - padding[3], b.Y - padding[0], b.Width + padding[1] + padding[3], b.Height + padding[0] + padding[2]}
}

// enclosing is the smallest box around boxes, of which there is one at least.
func enclosing(boxes []typeset.Box) typeset.Box {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, b := range boxes {
		left, right = min(left, b.X), max(right, b.X+b.Width)
		top, bottom = min(top, b.Y), max(bottom, b.Y+b.Height)
	}
	return typeset.Box{X: left, Y: top, Width: right - left, Height: bottom - top}
}

// TextOutcome says how a text came out.
type TextOutcome struct {
	Layer    string
	Families []string // of the fonts that were used, in order of their first letters
	Size     float64  // pixels per em, as chosen
	Missing  []rune   // characters that no font has: a box stands for each
	Whole    bool     // nothing was cut
}

func (s TextOutcome) String() string {
	text := fmt.Sprintf("layer %s: text in %s at %v pixels", s.Layer, strings.Join(s.Families, ", "), s.Size)
	if !s.Whole {
		text += "; it was cut to fit"
	}
	for i, r := range s.Missing {
		if i == 0 {
			text += "; no font has"
		}
		text += fmt.Sprintf(" %c (U+%04X)", r, r)
	}
	return text
}

func outcome(n *Words, l *typeset.Layout) TextOutcome {
	return TextOutcome{Layer: n.ID, Families: l.Families, Size: l.Size, Missing: l.Missing, Whole: l.Whole}
}

// text is what a node says, without what says how.
func (w *Words) text() string { return strings.Join(w.Words, "") }
