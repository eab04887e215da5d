package gojpeg

import "image"

// output is the picture as far as it is drawn.
type output struct {
	img     *image.RGBA
	next    int // row
	context bool
	colours *colours
	fused   bool      // the usual chroma subsampling: filtered and converted in one go
	bufs    [3][]byte // a row of each component, filtered
}

func newOutput(f *frame) *output {
	w, h := ceilDiv(f.width*f.scale, 8), ceilDiv(f.height*f.scale, 8)
	o := &output{img: image.NewRGBA(image.Rect(0, 0, w, h)), colours: newColours()}
	for i := range f.comps {
		p := &f.comps[i].plane
		o.context = o.context || p.context()
		if p.filter != copySamples {
			o.bufs[i] = make([]byte, p.width*p.expandX)
		}
	}
	o.fused = len(f.comps) == 3 && !f.rgb && f.comps[0].plane.filter == copySamples &&
		f.comps[1].plane.filter == triangleXY && f.comps[2].plane.filter == triangleXY
	return o
}

// draw draws what can be drawn after a row of MCUs: all rows of pixels, or all but the last one if that needs
// the samples below it.
func (o *output) draw(f *frame, my int) {
	end := (my + 1) * f.maxV * f.scale
	if o.context {
		end--
	}
	if my == f.mcusY-1 {
		end = o.img.Rect.Dy()
	}
	for end = min(end, o.img.Rect.Dy()); o.next < end; o.next++ {
		o.drawRow(f)
	}
}

func (o *output) drawRow(f *frame) {
	w := o.img.Rect.Dx()
	dst := o.img.Pix[o.next*o.img.Stride:][:4*w]
	if o.fused {
		y, cb, cr := &f.comps[0].plane, &f.comps[1].plane, &f.comps[2].plane
		o.colours.rowXY(dst, y.row(o.next)[:w], cb.row(o.next/2), cr.row(o.next/2), cb.neighbour(o.next), cr.neighbour(o.next))
		return
	}
	var rows [3][]byte
	for i := range f.comps {
		rows[i] = f.comps[i].plane.pixels(o.bufs[i], o.next)[:w]
	}
	switch {
	case len(f.comps) == 1:
		fromGray(dst, rows[0])
	case f.rgb:
		fromRGB(dst, rows[0], rows[1], rows[2])
	default:
		o.colours.row(dst, rows[0], rows[1], rows[2])
	}
}
