package renderer

import (
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/disintegration/imaging"
	"github.com/fogleman/gg"
	"golang.org/x/image/draw"

	"github.com/adloom/adloom/templates"
)

var errNotLoaded = errors.New("expected the photo to be loaded; found nothing")

// picture draws a photo or asset fitted into its box.
func (p *painter) picture(n *Picture, frame box) (*image.RGBA, error) {
	target := frame.snapped()
	if target.Empty() {
		return nil, nil
	}
	src, err := p.source(n)
	if src == nil || err != nil {
		return nil, err
	}
	area, img := fitted(src, target, n.Fit, n.Focus)
	if img == nil {
		return nil, nil
	}
	layer := image.NewRGBA(area)
	if n.Radius <= 0 {
		draw.Draw(layer, area, img, img.Bounds().Min, draw.Src)
		return layer, nil
	}
	mask := coverage(area, func(dc *gg.Context) {
		// The corners are the box's, so a picture inside it is cut only where it meets them.
		roundedRectangle(dc, float64(target.Min.X-area.Min.X), float64(target.Min.Y-area.Min.Y),
			float64(target.Dx()), float64(target.Dy()), n.Radius)
		dc.Fill()
	})
	draw.DrawMask(layer, area, img, img.Bounds().Min, mask, area.Min, draw.Src)
	return layer, nil
}

// source is the image to draw; nil when a missing photo is to be hidden.
func (p *painter) source(n *Picture) (*image.NRGBA, error) {
	if n.Asset != nil {
		return n.Asset.Image, nil
	}
	photo, ok := p.photos[n.URL]
	err := photo.Err
	if !ok {
		err = errNotLoaded
	}
	if err == nil {
		var img *image.NRGBA
		if img, err = p.engine.decode(photo.Data); err == nil {
			return img, nil
		}
		err = fmt.Errorf("photo %s: %w", n.URL, err)
	}
	failed := &PhotoError{n.ID, n.URL, err}
	if n.mustHave() {
		return nil, failed
	}
	p.missing = append(p.missing, failed)
	if n.Fallback != nil {
		return n.Fallback.Image, nil
	}
	return nil, nil
}

// fitted scales and crops src for target and returns where it lands.
func fitted(src *image.NRGBA, target image.Rectangle, fit templates.Fit, focus [2]float64) (image.Rectangle, *image.NRGBA) {
	sw, sh := src.Rect.Dx(), src.Rect.Dy()
	tw, th := target.Dx(), target.Dy()
	switch fit {
	case templates.Fill:
		return target, resize(src, tw, th)
	case templates.Contain:
		scale := math.Min(float64(tw)/float64(sw), float64(th)/float64(sh))
		w := max(1, int(math.Round(float64(sw)*scale)))
		h := max(1, int(math.Round(float64(sh)*scale)))
		at := target.Min.Add(image.Pt(share(tw-w, focus[0]), share(th-h, focus[1])))
		return image.Rectangle{at, at.Add(image.Pt(w, h))}, resize(src, w, h)
	case templates.None:
		w, h := min(sw, tw), min(sh, th)
		from := src.Rect.Min.Add(image.Pt(share(sw-w, focus[0]), share(sh-h, focus[1])))
		at := target.Min.Add(image.Pt(share(tw-w, focus[0]), share(th-h, focus[1])))
		return image.Rectangle{at, at.Add(image.Pt(w, h))}, imaging.Crop(src, image.Rectangle{from, from.Add(image.Pt(w, h))})
	}
	scale := math.Max(float64(tw)/float64(sw), float64(th)/float64(sh))
	w := min(sw, max(1, int(math.Round(float64(tw)/scale))))
	h := min(sh, max(1, int(math.Round(float64(th)/scale))))
	from := src.Rect.Min.Add(image.Pt(share(sw-w, focus[0]), share(sh-h, focus[1])))
	return target, resize(imaging.Crop(src, image.Rectangle{from, from.Add(image.Pt(w, h))}), tw, th)
}

func share(rest int, part float64) int { return int(math.Round(float64(rest) * part)) }

func resize(src *image.NRGBA, w, h int) *image.NRGBA {
	if src.Rect.Dx() == w && src.Rect.Dy() == h {
		return src
	}
	return imaging.Resize(src, w, h, imaging.Lanczos)
}
