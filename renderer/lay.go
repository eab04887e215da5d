package renderer

import (
	"fmt"
	"strings"

	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// fonts set a design's texts: with those of the node and those of its assets.
type fonts struct{ setter *typeset.Setter }

// lay sets a text.
func (f fonts) lay(n *Words) (*typeset.Layout, error) {
	style := styleOf(n.Text)
	if plain(n) {
		return f.setter.Layout(n.Words[0], style)
	}
	var spans []typeset.Span
	for i, words := range n.Words {
		of := spanOf(&n.Spans[i], n.Text)
		for j, piece := range pieces(words) {
			s := of
			s.Words = piece
			if j%2 == 1 {
				f.raise(&s, style.Font, of.Scale*raisedScale, of.Rise)
			}
			spans = append(spans, s)
		}
		if n.Spans[i].Baseline == templates.BaselineSuper {
			for j := len(spans) - len(pieces(words)); j < len(spans); j++ {
				f.raise(&spans[j], style.Font, spans[j].Scale, 0)
			}
		}
	}
	return f.setter.LayoutSpans(spans, style)
}

// Raised and lowered text, as shops write cents: three fifths as large. Where the
// top of a raised one is, capitals end too.
const (
	raisedScale = 0.6
	lowered     = -0.15 // ems
)

// raise makes a span smaller, its top where that of capitals of its size is.
func (f fonts) raise(s *typeset.Span, around typeset.Font, scale, rise float64) {
	font := s.Font
	if font.Families == "" {
		font = around
	}
	capital := 0.72
	if m, err := f.setter.Metrics(font); err == nil && m.CapHeight > 0 {
		capital = m.CapHeight
	}
	full := scale / raisedScale
	s.Scale, s.Rise = scale, rise+float64(capital*(full-scale))
}

// plain tells whether a text is one span without anything of its own.
func plain(n *Words) bool {
	return len(n.Spans) == 1 && n.Spans[0].Baseline == templates.BaselineNormal && !strings.ContainsRune(n.Words[0], templates.SuperscriptStart)
}

// pieces are what stands between the markers of superscripts: each second piece is
// raised.
func pieces(words string) []string {
	var list []string
	for {
		before, after, found := strings.Cut(words, string(templates.SuperscriptStart))
		list = append(list, unmarked(before))
		if !found {
			return list
		}
		raised, rest, _ := strings.Cut(after, string(templates.SuperscriptEnd))
		list = append(list, unmarked(raised))
		words = rest
	}
}

func unmarked(s string) string { return strings.ReplaceAll(s, string(templates.SuperscriptEnd), "") }

func spanOf(s *templates.Span, t *templates.Text) typeset.Span {
	span := typeset.Span{Font: fontOf(&s.Look), Scale: s.Size / t.Size}
	switch s.Baseline {
	case templates.BaselineSuper:
		span.Scale *= raisedScale
	case templates.BaselineSub:
		span.Scale *= raisedScale
		span.Rise = lowered
	case templates.BaselineShifted:
		span.Rise = s.Rise / t.Size
	}
	return span
}

func fontOf(l *templates.Look) typeset.Font {
	return typeset.Font{Families: strings.Join(l.Fonts, ","), Weight: l.Weight, Italic: l.Italic, Features: strings.Join(l.Features, ",")}
}

func styleOf(t *templates.Text) typeset.Style {
	s := typeset.Style{
		Font: fontOf(&t.Look), Language: t.Language,
		Size: t.Size, MinSize: t.Size, LineHeight: t.LineHeight, LetterSpacing: t.LetterSpacing,
		Width: t.Width, Height: t.Height, MaxLines: t.MaxLines, Ellipsis: t.Overflow == templates.Ellipsis, Balance: t.Balance,
	}
	if t.Width == 0 {
		s.Width = t.MaxWidth
	}
	if b := t.Backdrop; b != nil && t.Width == 0 {
		s.Width -= b.Padding[1] + b.Padding[3]
	}
	switch t.Fit {
	case templates.FitNone:
		s.Fit = typeset.SingleRow
	case templates.Shrink, templates.ShrinkWrap:
		s.MinSize = t.MinSize
		if t.Fit == templates.ShrinkWrap && t.Prefer == templates.PreferLines {
			s.Prefer = typeset.FewestLines
		}
	}
	switch t.Direction {
	case templates.LeftToRight:
		s.Direction = typeset.LeftToRight
	case templates.RightToLeft:
		s.Direction = typeset.RightToLeft
	}
	return s
}

// GlyphError is a text with characters that no font has, of a layer that must not be
// drawn without them.
type GlyphError struct {
	Layer    string
	Families []string
	Missing  []rune
}

func (e *GlyphError) Error() string {
	codes := make([]string, len(e.Missing))
	for i, r := range e.Missing {
		codes[i] = fmt.Sprintf("%c (U+%04X)", r, r)
	}
	return fmt.Sprintf("layer %s: expected fonts with all characters (it lists %s); found none with %s", e.Layer, strings.Join(e.Families, ", "), strings.Join(codes, ", "))
}

// shown tells whether a text is drawn: a layer may rather be hidden, or fail, than be
// drawn cut or with boxes for its letters.
func (f fonts) shown(n *Words) (bool, error) {
	if n.Overflow != templates.HideText && n.Missing == templates.MissingFallback {
		return true, nil
	}
	layout, err := f.lay(n)
	if err != nil {
		return false, err
	}
	if len(layout.Missing) > 0 && n.Missing == templates.MissingFail {
		return false, &GlyphError{n.ID, n.Fonts, layout.Missing}
	}
	return (layout.Whole || n.Overflow != templates.HideText) && (len(layout.Missing) == 0 || n.Missing != templates.MissingHide), nil
}
