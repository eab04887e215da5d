package renderer

import (
	"image"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/mask"
)

// corners cut the rounded corners of a box: a band of rows at its top and one at
// its bottom, each with what the box covers of it. Between them it covers all.
type corners struct {
	box         image.Rectangle
	top, bottom *image.Alpha // in place; nil: nothing is cut there
}

// bandKey names a band by its geometry.
type bandKey struct {
	area  image.Rectangle // of the band
	box   image.Point
	radii [4]float64
}

// corners returns those of a box on whole pixels.
func (e *Engine) corners(target image.Rectangle, radii [4]float64) corners {
	if radii == ([4]float64{}) {
		return corners{box: target}
	}
	size := target.Size()
	top := min(size.Y, int(max(radii[0], radii[1])+0.999))
	bottom := max(top, size.Y-int(max(radii[2], radii[3])+0.999))
	return corners{
		target,
		e.band(image.Rect(0, 0, size.X, top), size, radii, target.Min),
		e.band(image.Rect(0, bottom, size.X, size.Y), size, radii, target.Min),
	}
}

func (e *Engine) band(area image.Rectangle, box image.Point, radii [4]float64, at image.Point) *image.Alpha {
	if area.Empty() {
		return nil
	}
	key := bandKey{area, box, radii}
	band, ok := e.masks.Get(key)
	if !ok {
		band = mask.RoundedRectangle(area, 0, 0, float64(box.X), float64(box.Y), radii)
		e.masks.Add(key, band, int64(len(band.Pix))+256)
	}
	moved := *band
	moved.Rect = band.Rect.Add(at)
	return &moved
}

// between is what lies between the bands.
func (c corners) between() image.Rectangle {
	r := c.box
	if c.top != nil {
		r.Min.Y = c.top.Rect.Max.Y
	}
	if c.bottom != nil {
		r.Max.Y = c.bottom.Rect.Min.Y
	}
	return r
}

// lay draws a picture over dst with its corners cut. A solid one hides what is below.
func (c corners) lay(dst, img *image.RGBA, solid bool) {
	for _, band := range [2]*image.Alpha{c.top, c.bottom} {
		if band != nil {
			blend.OverMasked(dst, img, band)
		}
	}
	middle := img.Rect.Intersect(c.between())
	switch {
	case middle.Empty():
	case solid:
		blend.Copy(dst, part(img, middle))
	default:
		blend.Over(dst, part(img, middle))
	}
}

// part is what a picture shows of an area, sharing its pixels.
func part(img *image.RGBA, area image.Rectangle) *image.RGBA {
	return img.SubImage(area).(*image.RGBA)
}
