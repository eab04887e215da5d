package renderer

import (
	"fmt"

	"github.com/adloom/adloom/templates"
)

// maxCost is how much work a picture may be, in pixels that are touched once: a
// node does some hundreds of millions of them a second.
const maxCost = 1 << 30

// afford estimates what the layers cost and refuses a template that is too
// expensive, naming the layer that costs most.
func (d *Design) afford() templates.Mistakes {
	total, most, where := 0.0, 0.0, ""
	d.costs(d.Template.Layers, "layers", func(at string, cost float64) {
		total += cost
		if cost > most {
			most, where = cost, at
		}
	})
	if total <= maxCost {
		return nil
	}
	return templates.Mistakes{{
		Path:     where,
		Expected: fmt.Sprintf("layers that cost at most %d megapixels of work together", maxCost>>20),
		Found:    fmt.Sprintf("%.0f, of which this one is %.0f", total/(1<<20), most/(1<<20)),
	}}
}

// costs visits the layers with what each costs by itself.
func (d *Design) costs(layers []templates.Layer, at string, visit func(at string, cost float64)) {
	canvas := float64(d.Template.Width * d.Template.Height)
	for i, layer := range layers {
		at, base := fmt.Sprintf("%s[%d]", at, i), layer.Common()
		area := min(canvas, base.Width*max(base.Height, base.Width/4))
		passes := 1.0
		switch l := layer.(type) {
		case *templates.Image:
			passes = 4
			if l.Cutout > 0 {
				passes += 12
			}
			if l.Adjust != nil && *l.Adjust != (templates.Adjust{}) {
				passes += 10
			}
		case *templates.Group:
			area = canvas
			if changed(base) || turns(base) || dressy(base) {
				passes = 2
			} else {
				passes = 0
			}
			d.costs(l.Layers, at+".layers", visit)
		}
		if base.Blend != templates.Normal {
			passes += 4
		}
		if turns(base) {
			passes += 30
		}
		if base.Outline != nil {
			passes += 15
		}
		passes += 10 * float64(len(base.Shadows))
		visit(at, area*passes)
	}
}
