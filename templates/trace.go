package templates

import "slices"

// Evaluation is one condition or one {{…}} of a template, and what it gives for a
// product.
type Evaluation struct {
	Layer     string   // the ID of its layer
	Path      string   // in the document, such as layers[2].show
	Source    string   // as it was written
	Condition bool     // it decides whether the layer is drawn; else its value is drawn
	Reads     []string // the fields that it names, sorted

	// Value is a bool, an int, a float64, a string or a *Money; nil where it has none
	// or has failed.
	Value any
	Text  string // what stands in its place in a text; a condition's "true" or "false"
	Err   error  // *FieldError or *ExpressionError
}

// Kind is what the value is: boolean, number, text or money; missing for none.
func (e Evaluation) Kind() string {
	switch {
	case isMissing(e.Value):
		return "missing"
	case kindIs[bool](e.Value):
		return "boolean"
	case kindIs[string](e.Value):
		return "text"
	case kindIs[*Money](e.Value):
		return "money"
	}
	return "number"
}

func kindIs[T any](v any) bool {
	_, ok := v.(T)
	return ok
}

// Trace evaluates all conditions and all {{…}} of the template for a product, in the
// order of the document, those of layers that are hidden included: one that fails
// keeps none of the others from being evaluated.
func (t *Template) Trace(product Fields) []Evaluation {
	tr := &tracer{values: t.Values(product)}
	tr.layers(t.Layers)
	return tr.found
}

type tracer struct {
	values *Values
	found  []Evaluation
}

func (t *tracer) layers(layers []Layer) {
	for _, layer := range layers {
		id := layer.Common().ID
		if show := layer.Common().Show; show != nil {
			t.program(id, show.program, true, 0)
		}
		switch l := layer.(type) {
		case *Image:
			t.expansion(id, l.Src)
		case *Text:
			for i := range l.Spans {
				t.expansion(id, l.Spans[i].Text)
			}
		case *QR:
			t.expansion(id, l.Text)
		case *Rating:
			t.expansion(id, l.Value)
		case *Group:
			t.layers(l.Layers)
		}
	}
}

func (t *tracer) expansion(layer string, e *Expansion) {
	length := 0
	for _, p := range e.parts {
		if p.program == nil {
			length += len(p.literal)
			continue
		}
		length += len(e.apart(t.program(layer, p.program, false, length)))
	}
}

// program evaluates one that stands behind so many bytes of text, and returns what it
// adds.
func (t *tracer) program(layer string, p *program, condition bool, before int) string {
	e := Evaluation{Layer: layer, Path: p.path, Source: p.source, Condition: condition, Reads: slices.Clone(p.reads)}
	e.Value, e.Text, e.Err = p.write(t.values, before)
	if isMissing(e.Value) {
		e.Value = nil
	}
	t.found = append(t.found, e)
	return e.Text
}
