package templates

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Budgets of one text.
const (
	maxSpans    = 20
	maxFeatures = 20
	maxStroke   = 200 // pixels
)

var feature = regexp.MustCompile(`^[A-Za-z0-9]{4}(=[0-9]{1,3})?$`)

func (d *layerDecoder) text(o *object) Layer {
	l := &Text{Base: d.base(o, []float64{0}, []float64{0}), Language: d.locale.String(), Fallback: d.fallback}
	l.MaxWidth = d.width
	if !d.stacked && l.X < d.width {
		l.MaxWidth -= l.X
	}
	plain := Look{Fonts: []string{"Inter"}, Weight: 400, Color: Paint{Kind: Solid, Color: black}}
	l.Look = d.look(o, plain, true)
	l.Fit = choose(o, "fit", FitWrap, FitNone, FitWrap, Shrink, ShrinkWrap)
	l.Prefer = choose(o, "prefer", PreferLines, PreferLines, PreferSize)
	l.LineHeight = o.number("lineHeight", 0.5, 5, 1.2)
	l.LetterSpacing = o.number("letterSpacing", -100, 100, 0)
	l.MaxLines = o.whole("maxLines", 0, 100, 0)
	l.Balance = o.boolean("balance")
	l.WordBreak = choose(o, "wordBreak", WordBreakNormal, WordBreakNormal, KeepAll)
	l.Overflow = choose(o, "overflow", Ellipsis, Ellipsis, Clip, HideText)
	l.Align = choose(o, "align", AlignStart, AlignStart, AlignEnd, AlignLeft, AlignCenter, AlignRight, AlignJustify)
	l.VAlign = choose(o, "valign", AlignTop, AlignTop, AlignMiddle, AlignBottom)
	l.Direction = choose(o, "direction", DirectionAuto, DirectionAuto, LeftToRight, RightToLeft)
	l.Missing = choose(o, "missing", MissingFallback, MissingFallback, MissingFail, MissingHide)
	l.MinSize = o.number("minSize", 1, 1000, min(l.Size, 12))
	if n, ok := toNumber(o.keys["size"]); ok && n == l.Size && l.MinSize > n {
		o.r.add(join(o.path, "minSize"), fmt.Sprintf("at most size (%v)", l.Size), fmt.Sprint(l.MinSize))
	}
	if v, ok := o.get("background"); ok {
		l.Backdrop = d.backdrop(join(o.path, "background"), v)
	}
	d.spans(o, l)
	return l
}

// spans reads what a text says: text, or spans.
func (d *layerDecoder) spans(o *object, l *Text) {
	_, several := o.get("spans")
	if !several {
		text := d.cased(o, "text", CaseAsIs)
		text.isolate = len(text.parts) > 1
		l.Spans = []Span{{Text: text, Look: l.Look}}
		return
	}
	if _, both := o.get("text"); both {
		o.wrong("spans", "text or spans, not both", o.keys["spans"])
	}
	outer := choose(o, "case", CaseAsIs, CaseAsIs, CaseUpper, CaseLower, CaseTitle)
	for i, v := range o.list("spans", maxSpans) {
		s, ok := asObject(fmt.Sprintf("%s[%d]", join(o.path, "spans"), i), v, d.r)
		if !ok {
			continue
		}
		span := Span{Look: d.look(s, l.Look, false), Text: d.cased(s, "text", outer)}
		span.Text.isolate = true
		span.Baseline, span.Rise = d.baseline(s)
		s.done()
		l.Spans = append(l.Spans, span)
	}
	if list, ok := o.keys["spans"].([]any); ok && len(list) == 0 {
		o.wrong("spans", "at least one span", o.keys["spans"])
	}
	if len(l.Spans) == 0 { // a mistake was found
		l.Spans = []Span{{Text: &Expansion{}, Look: l.Look}}
	}
}

// cased reads a text and the letter case that it is shown in.
func (d *layerDecoder) cased(o *object, key string, fallback LetterCase) *Expansion {
	e := d.expansion(o, key, `a text such as "{{title}}"`, TextField)
	e.letters = letters(choose(o, "case", fallback, CaseAsIs, CaseUpper, CaseLower, CaseTitle), d.locale)
	return e
}

// look reads how words look; what is not said is as around them.
func (d *layerDecoder) look(o *object, around Look, whole bool) Look {
	l := around
	l.Weight = o.whole("weight", 1, 1000, float64(around.Weight))
	if _, ok := o.get("italic"); ok {
		l.Italic = o.boolean("italic")
	}
	if whole {
		l.Size = o.number("size", 1, 1000)
	} else {
		l.Size = o.number("size", 1, 1000, around.Size)
	}
	if v, ok := o.get("color"); ok {
		l.Color = decodePaint(join(o.path, "color"), v, o.r)
	}
	if _, ok := o.get("underline"); ok {
		l.Underline = o.boolean("underline")
	}
	if _, ok := o.get("strike"); ok {
		l.Strike = o.boolean("strike")
	}
	l.Stroke = o.color("stroke", around.Stroke)
	l.StrokeWidth = o.number("strokeWidth", 0, maxStroke, around.StrokeWidth)
	if _, ok := o.get("features"); ok {
		l.Features = d.features(o, around.Features)
	}
	l.Fonts = o.families("font", around.Fonts)
	return l
}

// features reads OpenType features, which come after those around.
func (d *layerDecoder) features(o *object, around []string) []string {
	list := slices.Clone(around)
	for i, v := range o.list("features", maxFeatures) {
		s, _ := v.(string)
		if !feature.MatchString(s) {
			o.r.add(fmt.Sprintf("%s[%d]", join(o.path, "features"), i), `an OpenType feature by its tag, such as "tnum", "smcp", "liga=0" or "salt=2"`, show(v))
			continue
		}
		list = append(list, s)
	}
	return list
}

// baseline reads where a span stands.
func (d *layerDecoder) baseline(o *object) (Baseline, float64) {
	v, ok := o.get("baseline")
	if !ok {
		return BaselineNormal, 0
	}
	switch v {
	case "super":
		return BaselineSuper, 0
	case "sub":
		return BaselineSub, 0
	}
	n, ok := toNumber(v)
	if !ok || n < -1000 || n > 1000 {
		o.wrong("baseline", "super, sub, or pixels above the baseline from -1000 to 1000", v)
		return BaselineNormal, 0
	}
	return BaselineShifted, n
}

// backdrop reads what lies behind the words.
func (d *layerDecoder) backdrop(path string, v any) *Backdrop {
	o, ok := asObject(path, v, d.r)
	if !ok {
		return nil
	}
	b := &Backdrop{Fill: Paint{Kind: Solid, Color: white}, Radius: o.number("radius", 0, MaxSide, 0)}
	if v, ok := o.get("color"); ok {
		b.Fill = decodePaint(join(path, "color"), v, d.r)
	} else {
		o.need("color", colorForms+" or a gradient")
	}
	if v, ok := o.get("padding"); ok {
		b.Padding = d.padding(join(path, "padding"), v)
	}
	b.PerLine = choose(o, "per", "text", "text", "line") == "line"
	o.done()
	return b
}

// padding reads pixels for all sides, for [top and bottom, left and right], or for each
// side clockwise from the top.
func (d *layerDecoder) padding(path string, v any) [4]float64 {
	if n, ok := toNumber(v); ok && n >= 0 && n <= 1000 {
		return [4]float64{n, n, n, n}
	}
	if l, ok := v.([]any); ok && len(l) == 2 {
		p := pair(path, v, 0, 1000, d.r)
		return [4]float64{p[0], p[1], p[0], p[1]}
	}
	return four(path, v, "a number from 0 to 1000, two of them [top and bottom, left and right], or four clockwise from the top", 0, 1000, d.r)
}

// families reads font families in order of preference, with commas between.
func (o *object) families(key string, fallback []string) []string {
	if _, ok := o.get(key); !ok {
		return fallback
	}
	var families []string
	for _, family := range strings.Split(o.text(key, ""), ",") {
		if family = strings.TrimSpace(family); family != "" {
			families = append(families, family)
		}
	}
	if _, ok := o.keys[key].(string); ok && len(families) == 0 {
		o.wrong(key, `font families such as "Inter, Go"`, o.keys[key])
	}
	return families
}
