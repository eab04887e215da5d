package renderer

import (
	"errors"
	"fmt"
	"image"

	"github.com/fogleman/gg"

	"github.com/adloom/adloom/templates"
)

var errNotLoaded = errors.New("expected the photo to be loaded; found nothing")

// picture draws a photo or asset fitted into its box.
func (p *painter) picture(n *Picture, frame box) (*image.RGBA, error) {
	target := frame.snapped()
	if target.Empty() {
		return nil, nil
	}
	if n.ready != nil && n.ready.size == target.Size() {
		return n.ready.at(target.Min), nil
	}
	src, err := p.source(n, func(full image.Point) image.Point { return fitting(full, target.Size(), n.Fit) })
	if src.pix == nil || err != nil {
		return nil, err
	}
	img, err := p.engine.framed(n.Image, src, target)
	if err != nil {
		return nil, &PhotoError{n.ID, n.URL, err}
	}
	return img, nil
}

// framed fits a picture into its box and rounds the corners. The corners are the
// box's, so a picture inside it is cut only where it meets them.
func (e *Engine) framed(l *templates.Image, src raster, target image.Rectangle) (*image.RGBA, error) {
	area, img, err := e.fitted(src, target, l.Fit, l.Focus)
	if err != nil {
		return nil, err
	}
	img = adjusted(img, l.Adjust)
	img.Rect = area
	if l.Radius > 0 {
		cut(img, coverage(area, func(dc *gg.Context) {
			roundedRectangle(dc, float64(target.Min.X-area.Min.X), float64(target.Min.Y-area.Min.Y),
				float64(target.Dx()), float64(target.Dy()), l.Radius)
			dc.Fill()
		}))
	}
	return img, nil
}

// ready is an asset fitted into its box once for all pictures of a design.
type ready struct {
	size image.Point // of the box
	img  *image.RGBA // as it lies in a box at the origin; shared, never changed
}

func (e *Engine) prepare(l *templates.Image, src raster) (*ready, error) {
	target := box{l.X, l.Y, l.Width, l.Height}.snapped()
	if target.Empty() {
		return nil, nil
	}
	img, err := e.framed(l, src, image.Rectangle{Max: target.Size()})
	return &ready{target.Size(), img}, err
}

// at is the picture in a box whose corner lies at a point.
func (r *ready) at(corner image.Point) *image.RGBA {
	return &image.RGBA{Pix: r.img.Pix, Stride: r.img.Stride, Rect: r.img.Rect.Add(corner)}
}

// cut takes away from a picture what a mask of the same area does not cover.
func cut(img *image.RGBA, mask *image.Alpha) {
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]
		for x, a := range mask.Pix[y*mask.Stride:][:img.Rect.Dx()] {
			if a == 255 {
				continue
			}
			for i := 4 * x; i < 4*x+4; i++ {
				row[i] = uint8((uint32(row[i])*uint32(a) + 127) / 255)
			}
		}
	}
}

// source is the picture to draw; none when a missing photo is to be hidden.
func (p *painter) source(n *Picture, need enough) (raster, error) {
	if n.Asset != nil {
		return n.Asset.raster, nil
	}
	photo, ok := p.photos[n.URL]
	err := photo.Err
	if !ok {
		err = errNotLoaded
	}
	if err == nil {
		var src raster
		if src, err = p.engine.decode(photo.Data, need); err == nil {
			return src, nil
		}
		err = fmt.Errorf("photo %s: %w", n.URL, err)
	}
	failed := &PhotoError{n.ID, n.URL, err}
	if n.mustHave() {
		return raster{}, failed
	}
	p.missing = append(p.missing, failed)
	if n.Fallback != nil {
		return n.Fallback.raster, nil
	}
	return raster{}, nil
}
