package renderer

import (
	"errors"
	"fmt"
	"image"

	"github.com/adloom/adloom/templates"
)

var errNotLoaded = errors.New("expected the photo to be loaded; found nothing")

// source is what a layer draws: pixels to fit, or pixels fitted earlier and kept.
// It has neither when there is no box, or when a missing photo is to be hidden.
type source struct {
	raster
	photo bool // not an asset: its pixels are lent to this render
	key   photoKey
	kept  *fitted
	area  image.Rectangle // where the pixels go
	from  box             // which of them, in pixels of the full size
}

func (s source) none() bool { return s.pix == nil && s.planes == nil && s.kept == nil }

// source finds the pixels of a picture.
func (p *painter) source(n *Picture) (source, error) {
	target := n.frame().snapped()
	if target.Empty() {
		return source{}, nil
	}
	if n.Asset != nil {
		return n.Asset.source(n.Image, target)
	}
	photo, ok := p.photos[n.URL]
	err := photo.Err
	if !ok {
		err = errNotLoaded
	}
	if err == nil {
		var src source
		if src, err = p.photo(n, photo, target); err == nil {
			return src, nil
		}
		if p.ctx.Err() != nil {
			return source{}, p.ctx.Err()
		}
		err = fmt.Errorf("photo %s: %w", n.URL, err)
	}
	failed := &PhotoError{n.ID, n.URL, err}
	if n.mustHave() {
		return source{}, failed
	}
	p.missing = append(p.missing, failed)
	if n.Fallback == nil {
		return source{}, nil
	}
	return n.Fallback.source(n.Image, target)
}

func (a *Asset) source(l *templates.Image, target image.Rectangle) (source, error) {
	var src source
	var err error
	if src.raster, err = a.sized(l, target.Size()); err == nil {
		src.area, src.from = fitIn(l, src.raster, target)
	}
	return src, err
}

func (p *painter) photo(n *Picture, photo Photo, target image.Rectangle) (source, error) {
	src := source{photo: true, key: p.engine.photos.key(photo.Data, lookOf(n.Image, target.Size()))}
	if kept, ok := p.engine.photos.kept.Get(src.key); ok {
		src.kept = kept
		return src, nil
	}
	if err := p.ctx.Err(); err != nil {
		return src, err
	}
	var err error
	decode := p.engine.decodeLate
	if n.Trim > 0 || n.Fit == templates.Smart { // what they look for is in the pixels
		decode = p.engine.decode
	}
	src.raster, err = decode(photo.Data, func(full image.Point) image.Point { return needed(n.Image, full, target.Size()) })
	if err == nil {
		src.area, src.from = fitIn(n.Image, src.raster, target)
	}
	return src, err
}

func (p *painter) release(src source) {
	if src.photo {
		p.engine.memory.back(src.pix)
	}
	if src.planes != nil {
		p.engine.memory.back(&image.RGBA{Pix: src.planes.Memory})
	}
}
