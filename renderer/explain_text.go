package renderer

import (
	"slices"
	"strings"

	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// TextUse is one text and how it came out, or would if it were not hidden.
type TextUse struct {
	TextOutcome

	Text    string   // all that it says
	Lines   []string // as they are set, without an ellipsis or a hyphen that was added
	Cut     string   // what is left out behind them
	Wanted  []string // the families that it asks for, in order of preference
	StandIn []string // of the families that were used, those that are not its spans' first ones

	LargestSize, SmallestSize float64 // pixels per em, between which Size was chosen
	Width, Height             float64 // of the lines, in pixels
}

// text explains a text that is shown, or that its content hides.
func (e *explainer) text(l *templates.Text, node Node, use *LayerUse) {
	n, err := say(l, e.values)
	if err != nil {
		return
	}
	if n.silent() {
		use.Why = WhyEmpty
		return
	}
	layout, err := e.design.fonts.lay(n)
	if err != nil {
		use.Why, use.Err = WhyFailed, err
		return
	}
	e.out.Texts = append(e.out.Texts, e.design.textUse(n, layout))
	switch {
	case use.Why != "" || node != nil:
	case e.design.fontless[l]:
		use.Why = WhyNoFont
	case len(layout.Missing) > 0 && l.Missing == templates.MissingHide:
		use.Why = WhyNoGlyphs
	default:
		use.Why = WhyOverflow
	}
}

func (d *Design) textUse(n *Words, layout *typeset.Layout) TextUse {
	words := n.Words[0]
	if !plain(n) {
		words = strings.Join(slices.Concat(n.pieces()...), "")
	}
	runes := typeset.Runes(words)
	use := TextUse{TextOutcome: outcome(n, layout), Text: together(string(runes)), Width: layout.Width, Height: layout.Height, LargestSize: n.Size, SmallestSize: n.Size}
	if n.Fit == templates.Shrink || n.Fit == templates.ShrinkWrap {
		use.SmallestSize = min(n.Size, n.MinSize)
	}
	end := 0
	for _, line := range layout.Lines {
		use.Lines = append(use.Lines, together(string(runes[line.Start:line.End])))
		end = max(end, line.End)
	}
	use.Cut = strings.TrimSpace(together(string(runes[end:])))
	use.Wanted, use.StandIn = d.families(n.Text, layout)
	return use
}

// families are those that a text asks for, and those that stand in for the first ones.
func (d *Design) families(l *templates.Text, layout *typeset.Layout) (wanted, standIn []string) {
	known := d.fonts.setter.Fonts()
	var first []string
	for i := range l.Spans {
		fonts := l.Spans[i].Fonts
		if used, _, err := known.Find(fonts[:1]); err == nil {
			first = append(first, used)
		}
		for _, family := range fonts {
			if !slices.Contains(wanted, family) {
				wanted = append(wanted, family)
			}
		}
	}
	for _, used := range layout.Families {
		if !slices.ContainsFunc(first, func(f string) bool { return typeset.SameFamily(f, used) }) {
			standIn = append(standIn, used)
		}
	}
	return wanted, standIn
}
