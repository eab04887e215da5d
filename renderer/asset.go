package renderer

import (
	"bytes"
	"image"
	"math"

	"github.com/adloom/adloom/renderer/svg"
	"github.com/adloom/adloom/templates"
)

// Asset is an image of a template: decoded pixels, or a drawing that is as sharp
// at any size.
type Asset struct {
	Name    string
	raster  raster
	drawing *svg.Document
	engine  *Engine
}

func (e *Engine) asset(name string, data []byte) (*Asset, error) {
	a := &Asset{Name: name, engine: e}
	var err error
	if looksLikeXML(data) {
		a.drawing, err = svg.Parse(data, svg.Limits{})
	} else {
		a.raster, err = e.decode(data, everything)
	}
	return a, err
}

func looksLikeXML(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	return bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("<"))
}

// pixels is how many the asset keeps.
func (a *Asset) pixels() int64 {
	if a.drawing != nil {
		return 0
	}
	return int64(a.raster.pix.Rect.Dx()) * int64(a.raster.pix.Rect.Dy())
}

// drawingKey names a drawing at a size.
type drawingKey struct {
	drawing *svg.Document
	size    image.Point
}

// sized is the asset with enough pixels for a layer's box of a size.
func (a *Asset) sized(l *templates.Image, box image.Point) (raster, error) {
	if a.drawing == nil {
		return a.raster, nil
	}
	w, h := a.drawing.Size()
	natural := image.Pt(max(1, int(math.Ceil(w))), max(1, int(math.Ceil(h))))
	size := needed(l, natural, box)
	if longest := max(size.X, size.Y); longest > templates.MaxSide {
		size.X, size.Y = max(1, size.X*templates.MaxSide/longest), max(1, size.Y*templates.MaxSide/longest)
	}
	key := drawingKey{a.drawing, size}
	img, ok := a.engine.drawings.Get(key)
	if !ok {
		img = a.drawing.Draw(size.X, size.Y)
		a.engine.drawings.Add(key, img, int64(len(img.Pix))+256)
	}
	return raster{pix: img, full: size}, nil
}
