package renderer

import (
	"maps"
	"slices"

	"github.com/adloom/adloom/templates"
)

// Explanation says why the picture of a product looks as it does.
type Explanation struct {
	// Scene is what Resolve gives, and Err what it fails with. With an error the rest
	// says what would be drawn if that alone were right.
	Scene *Scene
	Err   error

	Fields      []FieldUse   // those that the template declares, then the others by name
	Evaluations []Evaluation // of the document, in its order
	Layers      []LayerUse   // of the document, in its order: those of a group follow it
	Texts       []TextUse    // of the texts that say something, in the same order
}

// FieldUse is one field of the product, or one that it could have.
type FieldUse struct {
	templates.Field
	Declared bool   // by the template
	Given    string // as it came
	Normal   string // as the template reads it; empty when it cannot be read or is not there
	Read     bool   // the picture depends on it: a condition or a layer that is drawn asks for it
	Wrong    *templates.FieldError
}

// Evaluation is one condition or {{…}}.
type Evaluation struct {
	templates.Evaluation
	Used bool // the render asks for it; else its layer is hidden
}

// Why says why a layer is not drawn. Its words are stable.
type Why string

const (
	WhyCondition   Why = "condition"     // its own does not hold
	WhyGroup       Why = "group"         // its group is hidden
	WhyEmptyGroup  Why = "empty_group"   // nothing in it is drawn
	WhyTransparent Why = "transparent"   // its opacity is 0
	WhyEmpty       Why = "empty"         // it has no text or number to show
	WhyNoPhoto     Why = "no_photo"      // the product has no photo for it
	WhyNoAsset     Why = "no_asset"      // the template has no asset of that name
	WhyPhotoFailed Why = "photo_failed"  // the photo cannot be had or decoded, and the layer is hidden then
	WhyNoFont      Why = "no_font"       // its font is not on this machine, and it is hidden then
	WhyNoGlyphs    Why = "no_glyphs"     // no font has all of its characters, and it is hidden then
	WhyOverflow    Why = "text_overflow" // its text does not fit, and it is hidden then
	WhyOutside     Why = "outside"       // it lies outside of the canvas, or of the group that clips it
	WhyFailed      Why = "failed"        // what it shows cannot be settled: the render fails
)

// LayerUse is one layer and what became of it.
type LayerUse struct {
	ID    string
	Type  string // as the document has it
	Path  string // in the document, such as layers[2]
	Group string // the ID of the group that it is in; empty for none

	Drawn    bool
	Why      Why    // it is not drawn; empty when it is
	Err      error  // with WhyFailed and WhyPhotoFailed, and for a photo that the fallback stands in for
	Content  string // a photo's URL, asset:NAME, a QR code's text, a rating's number; empty when it is not known
	Fallback bool   // Content stands in for a photo or an asset that is not there

	// Placed says that the box is known: it is for layers of a scene.
	Placed              bool
	X, Y, Width, Height float64 // on the canvas, before any rotation, in pixels
}

// Explain says why the picture of a product looks as it does, without drawing it. It
// takes the decisions that Resolve takes, but goes on where Resolve ends. [Explanation.Painted]
// adds what only painting shows.
func (d *Design) Explain(product templates.Fields) *Explanation {
	x := &Explanation{}
	x.Scene, x.Err = d.Resolve(product)
	w := &explainer{design: d, values: d.Template.Values(product), out: x, asked: map[string]asked{}}
	w.layers(d.Template.Layers, "layers", "", true)
	for _, e := range d.Template.Trace(product) {
		a := w.asked[e.Layer]
		e.Text = unmarked(e.Text)
		if text, ok := e.Value.(string); ok {
			e.Value = unmarked(text)
		}
		x.Evaluations = append(x.Evaluations, Evaluation{e, e.Condition && a.condition || !e.Condition && a.content})
	}
	x.Fields = d.fieldUses(product, w.values)
	if x.Scene != nil {
		x.place(d)
	}
	return x
}

func (d *Design) fieldUses(product templates.Fields, values *templates.Values) []FieldUse {
	normal := values.Normal()
	var uses []FieldUse
	for _, f := range d.Template.Fields {
		uses = append(uses, FieldUse{Field: f, Declared: true, Given: product[f.Name],
			Normal: normal[f.Name], Read: values.Asked(f.Name), Wrong: values.Wrong(f.Name)})
	}
	for _, name := range slices.Sorted(maps.Keys(product)) {
		if _, declared := d.Template.Field(name); !declared {
			uses = append(uses, FieldUse{Field: templates.Field{Name: name}, Given: product[name]})
		}
	}
	return uses
}

// Painted adds what became of the photos: those that could not be drawn, as
// Result.Missing has them or as the error of Scene.Check and Paint.
func (x *Explanation) Painted(failed ...*PhotoError) {
	for _, f := range failed {
		i := slices.IndexFunc(x.Layers, func(l LayerUse) bool { return l.ID == f.Layer })
		if i < 0 {
			continue
		}
		l := &x.Layers[i]
		l.Err = f
		p, ok := x.nodes()[l.ID].(*Picture)
		switch {
		case !ok || p.mustHave():
			l.Drawn, l.Why = false, WhyFailed
		case p.Fallback != nil:
			l.Content, l.Fallback = "asset:"+p.Fallback.Name, true
		default:
			l.Drawn, l.Why = false, WhyPhotoFailed
		}
	}
}

// nodes are those of the scene by the IDs of their layers.
func (x *Explanation) nodes() map[string]Node {
	all := map[string]Node{}
	var walk func([]Node)
	walk = func(nodes []Node) {
		for _, n := range nodes {
			all[n.Common().ID] = n
			if c, ok := n.(*Cluster); ok {
				walk(c.Nodes)
			}
		}
	}
	if x.Scene != nil {
		walk(x.Scene.Nodes)
	}
	return all
}
