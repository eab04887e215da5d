package colorglyph

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font/opentype/tables"
)

// excerpt is the part of a document that shows one glyph.
type excerpt struct {
	*document
	glyph   *element
	defs    []*element // that the glyph refers to, with those that these refer to
	palette []tables.ColorRecord
}

// readGlyph finds the element of a glyph with all that it needs.
func readGlyph(source []byte, id string, palette []tables.ColorRecord) (*excerpt, error) {
	doc, err := readDocument(source)
	if err != nil {
		return nil, err
	}
	x := &excerpt{document: doc, glyph: doc.ids[id], palette: palette}
	if x.glyph == nil {
		return nil, fmt.Errorf("read svg of a font: expected an element %s; found none", id)
	}
	shown := map[*element]bool{}
	for e := x.glyph; e != nil; e = e.parent {
		x.follow(e.attrs, shown)
	}
	x.gather(x.glyph, shown)
	for _, s := range doc.sheets {
		x.refer(s.text, shown)
	}
	return x, nil
}

// gather notes what an element shows, and all that it refers to.
func (x *excerpt) gather(e *element, shown map[*element]bool) {
	if shown[e] {
		return
	}
	shown[e] = true
	x.follow(e.attrs, shown)
	for _, c := range e.children {
		x.gather(c, shown)
	}
}

func (x *excerpt) follow(attrs []xml.Attr, shown map[*element]bool) {
	for _, a := range attrs {
		x.refer(a.Value, shown)
	}
}

func (x *excerpt) refer(text string, shown map[*element]bool) {
	for _, id := range references(text) {
		if def := x.ids[id]; def != nil && !shown[def] && def != x.root {
			x.defs = append(x.defs, def)
			x.gather(def, shown)
		}
	}
}

// write writes the glyph in the font's square of an em, which is what the document's viewBox fits into; nothing is
// cut off outside of it.
func (x *excerpt) write(b *strings.Builder, em float64) {
	b.WriteString("<svg")
	x.writeAttrs(b, x.root, "x", "y", "width", "height", "overflow", "id")
	fmt.Fprintf(b, ` width="%v" height="%v" overflow="visible">`, em, em)
	for _, s := range x.sheets {
		b.WriteString("<style>")
		escape(b, x.colours(s.text))
		b.WriteString("</style>")
	}
	b.WriteString("<defs>")
	for _, d := range x.defs {
		x.writeElement(b, d, d.name)
	}
	b.WriteString("</defs>")
	if x.glyph == x.root {
		for _, c := range x.glyph.children {
			x.writeElement(b, c, c.name)
		}
	} else {
		x.writeInside(b, x.glyph.parent, func() { x.writeElement(b, x.glyph, drawn(x.glyph.name)) })
	}
	b.WriteString("</svg>")
}

// drawn is the name of an element that is drawn for itself.
func drawn(name string) string {
	if name == "symbol" || name == "defs" || name == "svg" {
		return "g"
	}
	return name
}

// writeInside writes something inside groups for e and its ancestors, as it inherits from them.
func (x *excerpt) writeInside(b *strings.Builder, e *element, content func()) {
	if e == x.root {
		content()
		return
	}
	x.writeInside(b, e.parent, func() {
		b.WriteString("<g")
		x.writeAttrs(b, e, "id")
		b.WriteString(">")
		content()
		b.WriteString("</g>")
	})
}

// writeElement writes an element with all that is in it, under a name.
func (x *excerpt) writeElement(b *strings.Builder, e *element, name string) {
	if e.name == "style" || b.Len() > maxSource {
		return // it stands at the top; or it is too much for anyone to read
	}
	b.WriteString("<" + name)
	x.writeAttrs(b, e)
	b.WriteString(">")
	for _, c := range e.children {
		x.writeElement(b, c, c.name)
	}
	b.WriteString("</" + name + ">")
}

// writeAttrs writes the attributes of e but some.
func (x *excerpt) writeAttrs(b *strings.Builder, e *element, but ...string) {
	for _, a := range e.attrs {
		if !slices.Contains(but, a.Name.Local) {
			b.WriteString(" " + a.Name.Local + `="`)
			escape(b, x.colours(a.Value))
			b.WriteString(`"`)
		}
	}
}

func escape(b *strings.Builder, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a Builder takes all
}
