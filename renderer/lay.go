package renderer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// fonts set a design's texts: with those of the node and those of its assets.
type fonts struct {
	setter *typeset.Setter
	bytes  int64 // what those of its assets take, and what is kept of texts in them
}

// lay sets a text.
func (f fonts) lay(n *Words) (*typeset.Layout, error) {
	style := styleOf(n.Text)
	if plain(n) {
		return f.setter.Layout(n.Words[0], style)
	}
	var spans []typeset.Span
	for i, pieces := range n.pieces() {
		of := spanOf(&n.Spans[i], n.Text)
		if n.Spans[i].Baseline == templates.BaselineSuper {
			f.raise(&of)
		}
		of.Under = &typeset.Footing{Font: of.Font, Scale: of.Scale, Rise: of.Rise}
		if n.Underline { // one line below all that the text says
			of.Under = &typeset.Footing{Font: style.Font, Scale: 1}
		}
		for j, piece := range pieces {
			s := of
			s.Words = piece
			if j%2 == 1 {
				f.raise(&s)
			}
			spans = append(spans, s)
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

// raise makes a span smaller, its top where that of its capitals was.
func (f fonts) raise(s *typeset.Span) {
	capital := 0.72
	if m, err := f.setter.Metrics(s.Font); err == nil && m.CapHeight > 0 {
		capital = m.CapHeight
	}
	small := float64(s.Scale * raisedScale)
	s.Scale, s.Rise = small, s.Rise+float64(capital*(s.Scale-small))
}

// plain tells whether a text is one span that is set as the text says.
func plain(n *Words) bool {
	if len(n.Spans) > 1 {
		return false
	}
	s := &n.Spans[0]
	return s.Baseline == templates.BaselineNormal && s.Size == n.Size && s.Weight == n.Weight && s.Italic == n.Italic &&
		slices.Equal(s.Fonts, n.Fonts) && slices.Equal(s.Features, n.Features) && !strings.ContainsAny(n.Words[0], markers)
}

const (
	markers    = string(templates.SuperscriptStart) + string(templates.SuperscriptEnd)
	mostRaised = 100 // superscripts of a text; more of them stand on the baseline
)

// pieces are what stands between the markers of superscripts, of each span: each
// second piece is raised.
func (w *Words) pieces() [][]string {
	list := make([][]string, len(w.Words))
	raised := 0
	for i, words := range w.Words {
		for ; raised < mostRaised; raised++ {
			before, after, found := strings.Cut(words, string(templates.SuperscriptStart))
			if !found {
				break
			}
			up, rest, _ := strings.Cut(after, string(templates.SuperscriptEnd))
			list[i] = append(list[i], unmarked(before), unmarked(up))
			words = rest
		}
		list[i] = append(list[i], unmarked(words))
	}
	return list
}

// unmarked is a text without markers of superscripts.
func unmarked(s string) string {
	return strings.Map(func(r rune) rune {
		if r == templates.SuperscriptStart || r == templates.SuperscriptEnd {
			return -1
		}
		return r
	}, s)
}

func spanOf(s *templates.Span, t *templates.Text) typeset.Span {
	span := typeset.Span{Font: fontOf(&s.Look, t), Scale: s.Size / t.Size}
	switch s.Baseline {
	case templates.BaselineSub:
		span.Rise = lowered * span.Scale
		span.Scale *= raisedScale
	case templates.BaselineShifted:
		span.Rise = s.Rise / t.Size
	}
	return span
}

func fontOf(l *templates.Look, t *templates.Text) typeset.Font {
	families := strings.Join(l.Fonts, ",")
	if len(t.Fallback) > 0 {
		families += "," + strings.Join(t.Fallback, ",")
	}
	return typeset.Font{Families: families, Weight: l.Weight, Italic: l.Italic, Features: strings.Join(l.Features, ",")}
}

func styleOf(t *templates.Text) typeset.Style {
	s := typeset.Style{
		Font: fontOf(&t.Look, t), Language: t.Language,
		Size: t.Size, MinSize: t.Size, LineHeight: t.LineHeight, LetterSpacing: t.LetterSpacing,
		Width: t.Width, Height: t.Height, MaxLines: t.MaxLines, Ellipsis: t.Overflow == templates.Ellipsis, Balance: t.Balance,
		KeepWords: t.WordBreak == templates.KeepAll,
	}
	if t.Width == 0 {
		s.Width = t.MaxWidth
	}
	if b := t.Backdrop; b != nil { // the words stand within its padding
		s.Width = max(0, s.Width-b.Padding[1]-b.Padding[3])
		if t.Height > 0 {
			s.Height = max(1, t.Height-b.Padding[0]-b.Padding[2])
		}
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
	s.Direction = typeset.FirstLetter
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
