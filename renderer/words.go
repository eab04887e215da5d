package renderer

import (
	"image"
	"strings"

	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// words draws a text.
func (p *painter) words(dst *image.RGBA, n *Words) error {
	frame := n.frame()
	layout, err := p.engine.setter.Layout(n.Words, styleOf(n.Text))
	if err != nil {
		return err
	}
	ink := typeset.Ink{X: frame.x, Top: frame.y, Width: frame.w, Color: n.Color, Strike: n.Strike}
	switch n.VAlign {
	case templates.AlignMiddle:
		ink.Top += (frame.h - layout.Height) / 2
	case templates.AlignBottom:
		ink.Top += frame.h - layout.Height
	}
	switch n.Align {
	case templates.AlignCenter:
		ink.Align = 0.5
	case templates.AlignRight:
		ink.Align = 1
	}
	p.engine.setter.Draw(dst, layout, ink)
	return nil
}

func styleOf(t *templates.Text) typeset.Style {
	s := typeset.Style{
		Families: strings.Join(t.Fonts, ","), Weight: t.Weight, Italic: t.Italic,
		Size: t.Size, MinSize: t.Size, LineHeight: t.LineHeight, LetterSpacing: t.LetterSpacing,
		Width: t.Width, Height: t.Height, MaxLines: t.MaxLines, Ellipsis: t.Overflow == templates.Ellipsis,
	}
	if t.Fit == templates.Shrink {
		s.MinSize = t.MinSize
	}
	return s
}
