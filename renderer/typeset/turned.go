package typeset

import (
	"image"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/path"
)

// placeTurned adds a glyph of a text that is turned.
func (w *worker) placeTurned(p *placed, l *Layout, ink *Ink, x, y float64, seen image.Rectangle) {
	dress := ink.dress(p.span)
	key := glyphKey{face: p.face, id: p.id, size: l.Size * l.spans[p.span].scale, color: dress.Color}
	add := func(marks []mark, g glyph) []mark {
		switch {
		case g.mask != nil:
			return append(marks, mark{g, g.mask.Rect, p.span})
		case g.picture != nil:
			return append(marks, mark{g, g.picture.Rect, p.span})
		}
		return marks
	}
	w.sheet.marks = add(w.sheet.marks, w.turned(&key, x, y, *ink.Turn, seen))
	if dress.lined() {
		key.stroke = dress.StrokeWidth
		w.sheet.strokes = add(w.sheet.strokes, w.turned(&key, x, y, *ink.Turn, seen))
	}
}

// turned is a glyph, or the line along it, at a place of a text that is turned: drawn
// from its outline, so that it is as sharp as upright.
func (w *worker) turned(key *glyphKey, x, y float64, turn path.Matrix, seen image.Rectangle) glyph {
	f := w.instance(key.face)
	if f == nil {
		return glyph{}
	}
	at := turn.Mul(path.Translate(x, y))
	if key.face.source.Color {
		if g := w.glyph(*key); g.mask == nil { // with one, it is drawn as in other fonts
			return glyph{picture: turnedPicture(g.picture, at, seen)}
		}
	}
	outline, ok := fontfile.Outline(f, key.id)
	if !ok || len(outline.Segments) == 0 {
		return glyph{}
	}
	o := placedOutline{outline.Segments, key.size / float64(f.Upem()), 0, 0}
	if key.face.slanted {
		o.slope = slope
	}
	if o.area().Empty() {
		return glyph{}
	}
	shape := o.path()
	if key.stroke > 0 {
		return glyph{mask: covered(shape.Stroke(path.Style{Width: key.lineWidth(), Join: path.RoundJoin, Cap: path.RoundCap}).Transform(at), seen)}
	}
	mask := covered(shape.Transform(at), seen)
	if key.face.bold {
		thick := covered(shape.Stroke(path.Style{Width: key.size * emboldening(key.size)}).Transform(at), seen)
		if mask == nil || thick == nil {
			return glyph{mask: thick}
		}
		join(thick, mask)
		mask = thick
	}
	return glyph{mask: mask}
}

// covered is what a path covers of the pixels that are seen; nil when that is nothing.
func covered(p *path.Path, seen image.Rectangle) *image.Alpha {
	b, ok := p.Bounds()
	if !ok || math.IsNaN(b.X0+b.Y0+b.X1+b.Y1) {
		return nil
	}
	area := image.Rect(int(math.Floor(b.X0)), int(math.Floor(b.Y0)), int(math.Ceil(b.X1)), int(math.Ceil(b.Y1))).Intersect(seen)
	if area.Empty() {
		return nil
	}
	return p.Coverage(area, path.NonZero)
}

// turnedPicture turns the picture of a glyph; nil when nothing of it is seen.
func turnedPicture(picture *image.RGBA, at path.Matrix, seen image.Rectangle) *image.RGBA {
	if picture == nil || picture.Rect.Empty() {
		return nil
	}
	r := picture.Rect
	corners := path.Rectangle(float64(r.Min.X), float64(r.Min.Y), float64(r.Dx()), float64(r.Dy()), [4]float64{}).Transform(at)
	b, ok := corners.Bounds()
	if !ok {
		return nil
	}
	area := image.Rect(int(math.Floor(b.X0))-1, int(math.Floor(b.Y0))-1, int(math.Ceil(b.X1))+1, int(math.Ceil(b.Y1))+1).Intersect(seen)
	if area.Empty() {
		return nil
	}
	out := image.NewRGBA(area)
	draw.CatmullRom.Transform(out, f64.Aff3{at[0], at[2], at[4], at[1], at[3], at[5]}, picture, r, draw.Over, nil)
	return out
}
