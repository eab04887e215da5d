package renderer

import (
	"fmt"
	"image"

	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// What a picture may cost, in pixels that are touched once: a node does some five
// hundred million of them a second.
const (
	maxCost      = 1 << 30 // of one picture
	maxStillCost = 2 << 30 // of all that is painted once, when the template is loaded
)

// What is done to a pixel, measured in touches.
const (
	costPaint     = 2
	costScale     = 4
	costGradient  = 12
	costConic     = 24
	costPath      = 6 // for each cell that an edge crosses
	costRecolor   = 6
	costBlur      = 10
	costSharpen   = 2 // for each pixel that the kernel spans
	costCutout    = 10
	costMask      = 4
	costComposite = 4
	costTurn      = 160
	costOutline   = 50
	costShadow    = 30
)

// afford estimates what the layers cost and refuses a template that is too
// expensive, naming the layer that costs most. A still without room is painted for
// each picture, which is known when the others are painted.
func (d *Design) afford() templates.Mistakes {
	picture, once := bill{most: maxCost, what: "for each picture"}, bill{most: maxStillCost, what: "when it is loaded"}
	d.costs(d.Template.Layers, "layers", 0, 0, d.canvas(), func(at string, still bool, cost float64) {
		if still {
			once.add(at, cost)
		} else {
			picture.add(at, cost)
		}
	})
	return append(picture.mistakes(), once.mistakes()...)
}

// bill adds up costs and remembers the highest.
type bill struct {
	most           float64
	what           string
	total, highest float64
	where          string
}

func (b *bill) add(at string, cost float64) {
	b.total += cost
	if cost > b.highest {
		b.highest, b.where = cost, at
	}
}

func (b *bill) mistakes() templates.Mistakes {
	if b.total <= b.most {
		return nil
	}
	return templates.Mistakes{{
		Path:     b.where,
		Expected: fmt.Sprintf("a template that costs at most %.0f megapixels of work %s", b.most/(1<<20), b.what),
		Found:    fmt.Sprintf("%.0f, of which this layer is %.0f", b.total/(1<<20), b.highest/(1<<20)),
	}}
}

// costs visits the layers with what each costs by itself. dst is the area that can
// show them; dx and dy are their group's place.
func (d *Design) costs(layers []templates.Layer, at string, dx, dy float64, dst image.Rectangle, visit func(at string, still bool, cost float64)) {
	values := d.Template.Values(nil)
	for i, layer := range layers {
		at, base := fmt.Sprintf("%s[%d]", at, i), layer.Common()
		width := base.Width
		if text, ok := layer.(*templates.Text); ok && width == 0 {
			width = text.MaxWidth
		}
		frame := box{base.X + dx, base.Y + dy, width, max(base.Height, width/4)}
		shown := seen(dst, frame, base.Rotation)
		if dressy(base) {
			shown = shown.Inset(-margin(base))
		}
		node := d.frozen(layer, values)
		still := node != nil && isStill(node) && !d.roomless[base]
		cost := d.cost(layer, frame, shown)
		area := d.extent(layer, frame).Intersect(shown)
		if base.Mask != nil {
			cost += costMask * pixels(area)
			if base.Mask.Figure != nil {
				cost += costPath * float64(figurePath(base.Mask.Figure, d.paths[base.Mask.Figure], frame).Cost(area))
			} else {
				cost += costScale * pixels(frame.snapped())
			}
		}
		if base.Outline != nil {
			cost += costOutline * pixels(area)
		}
		cost += costShadow * float64(len(base.Shadows)) * pixels(area)
		if turns(base) && !drawnTurned(layer) {
			cost += costTurn * pixels(area)
		}
		if changed(base) || dressy(base) {
			cost += 2 * costComposite * pixels(area)
		}
		visit(at, still, cost)
		if still { // it is laid over each picture
			visit(at, false, costComposite*pixels(area.Intersect(d.canvas())))
		}
		if group, ok := layer.(*templates.Group); ok {
			d.costs(group.Layers, at+".layers", frame.x, frame.y, shown, visit)
		}
	}
}

// cost is what a layer costs before it is dressed, masked or turned.
func (d *Design) cost(layer templates.Layer, frame box, shown image.Rectangle) float64 {
	area := d.extent(layer, frame).Intersect(shown)
	switch l := layer.(type) {
	case *templates.Group:
		return 0
	case *templates.Image:
		touches := float64(costScale)
		if l.Cutout > 0 {
			touches += costCutout
		}
		if a := l.Adjust; a != nil {
			touches += costRecolor
			if a.Blur > 0 {
				touches += costBlur
			}
			if a.Sharpen > 0 {
				touches += costSharpen * (6*a.Sharpen + 1)
			}
		}
		return touches * pixels(frame.snapped()) // all of it is scaled
	case *templates.Shape:
		figure := figurePath(&l.Figure, d.paths[&l.Figure], frame)
		cost := costPath * float64(figure.Cost(area))
		if l.StrokeWidth > 0 { // the figure itself cuts a stroke that is not in the middle
			cost += cost + costPath*float64(figure.Stroke(pen(l, 2)).Cost(area))
		}
		if l.Fill != nil {
			cost += touchesOf(*l.Fill) * pixels(area)
		}
		return cost
	case *templates.Text:
		return costOfText(l, area)
	}
	return costPaint * pixels(area)
}

// costOfText is for as many letters as the area holds.
func costOfText(l *templates.Text, area image.Rectangle) float64 {
	touches, strokes := 0.0, 0.0
	for i := range l.Spans {
		look := &l.Spans[i].Look
		touches = max(touches, touchesOf(look.Color))
		if look.StrokeWidth > 0 { // a letter's line takes the more room, the smaller the letter is
			least := min(l.MinSize, look.Size)
			letters := min(typeset.MostText, pixels(area)/(least*least/4))
			strokes = max(strokes, letters*(look.Size+look.StrokeWidth)*(look.Size+look.StrokeWidth)/2)
		}
	}
	if l.Backdrop != nil {
		touches += touchesOf(l.Backdrop.Fill)
	}
	return touches*pixels(area) + strokes
}

// touchesOf is what it takes to fill a pixel.
func touchesOf(paint templates.Paint) float64 {
	switch paint.Kind {
	case templates.Solid:
		return costPaint
	case templates.Conic:
		return costConic
	}
	return costGradient
}

// extent is what a layer can cover.
func (d *Design) extent(layer templates.Layer, frame box) image.Rectangle {
	switch l := layer.(type) {
	case *templates.Shape:
		return shapeBounds(&Outline{Shape: l, spot: spot{frame}, drawn: d.paths[&l.Figure]})
	case *templates.Group: // where its layers are is looked at one by one
		return image.Rect(-templates.MaxSide, -templates.MaxSide, 2*templates.MaxSide, 2*templates.MaxSide)
	}
	return frame.pixels()
}

func pixels(r image.Rectangle) float64 { return float64(r.Dx()) * float64(r.Dy()) }
