package svg

import (
	"fmt"
	"image"

	"github.com/adloom/adloom/renderer/path"
)

// Document is a picture ready to be drawn.
type Document struct {
	w, h   float64
	view   box
	aspect aspect
	root   *node
	cost   cost
}

// Parse reads a document in UTF-8. Its errors tell the line, the element, what was expected and what was found.
func Parse(data []byte, limits Limits) (*Document, error) {
	limits = limits.withDefaults()
	root, err := readElements(data, limits)
	if err != nil {
		return nil, err
	}
	d := &Document{}
	if err := d.size(root); err != nil {
		return nil, err
	}
	b := newBuilder(limits, d)
	if err := b.index(root); err != nil {
		return nil, err
	}
	if d.root, err = b.document(root); err != nil {
		return nil, err
	}
	d.cost = b.cost
	return d, nil
}

// size reads width, height and viewBox of the root. What is missing of them comes from the others.
func (d *Document) size(e *element) (err error) {
	var boxed bool
	if d.view, boxed, err = e.viewBox(); err != nil {
		return err
	}
	if d.aspect, err = e.aspect(); err != nil {
		return err
	}
	n := [2]float64{}
	for i, name := range []string{"width", "height"} {
		value := e.attr(name)
		if value == "" || value == "auto" || value[len(value)-1] == '%' {
			continue
		}
		if n[i], err = (viewport{}).length(value, horizontal); err != nil || n[i] <= 0 {
			return e.wrong(fmt.Sprintf("a %s above 0 and at most %.0f", name, maxNumber), fmt.Sprintf("%q", value))
		}
	}
	switch w, h := n[0], n[1]; {
	case w > 0 && h > 0:
		d.w, d.h = w, h
	case !boxed:
		return e.wrong("a width and a height, or a viewBox", "neither")
	case w > 0:
		d.w, d.h = w, w*d.view.h/d.view.w
	case h > 0:
		d.w, d.h = h*d.view.w/d.view.h, h
	default:
		d.w, d.h = d.view.w, d.view.h
	}
	if !boxed {
		d.view = box{w: d.w, h: d.h}
	}
	return nil
}

// Size returns the size that the document gives itself, in pixels: its width and height, or else its viewBox. Both
// are above 0.
func (d *Document) Size() (w, h float64) { return d.w, d.h }

// Cost estimates the work of drawing at a size, as the number of pixels and edges that are visited: a million takes
// some milliseconds.
func (d *Document) Cost(width, height int) int {
	if width <= 0 || height <= 0 {
		return 0
	}
	return int(min(1<<50, d.cost.edges+float64(d.cost.pixels*float64(width)*float64(height))/(reference*reference)))
}

// Draw returns the document at a size, premultiplied. Its preserveAspectRatio tells where it lies if the shape differs;
// what it does not cover is transparent. Without a width and height above 0 the picture is empty. The memory that it
// takes at a time is the picture and one layer of its size for each opacity, mask or clip path in another.
func (d *Document) Draw(width, height int) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, max(0, width), max(0, height)))
	if width > 0 && height > 0 {
		p := painter{}
		p.draw(d.root, d.aspect.fit(d.view, float64(width), float64(height)), dst)
	}
	return dst
}

// matrix returns the map of the document to the square for which costs are counted.
func (d *Document) matrix() path.Matrix {
	return d.aspect.fit(d.view, reference, reference)
}
