package renderer

import (
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/renderer/blend"
)

// raster is a decoded picture, upright and with premultiplied alpha. It may be
// smaller than the file says: the codec has shrunk it already.
type raster struct {
	pix    *image.RGBA
	planes *planes // instead of pix
	opaque bool
	full   image.Point // upright size of the file
}

// stored is how large it is now.
func (r raster) stored() image.Point {
	if r.planes != nil {
		return r.planes.Size
	}
	return r.pix.Rect.Size()
}

// enough says how many pixels of a picture of a size will be needed.
type enough func(full image.Point) image.Point

// everything needs all pixels.
func everything(full image.Point) image.Point { return full }

// decode reads a picture, all of it as pixels.
func (e *Engine) decode(data []byte, need enough) (raster, error) {
	info, err := e.accept(data)
	if err != nil {
		return raster{}, err
	}
	return e.decodeAll(data, info, need)
}

// decodeLate reads a picture, as planes where that is less work.
func (e *Engine) decodeLate(data []byte, need enough) (raster, error) {
	info, err := e.accept(data)
	if err != nil {
		return raster{}, err
	}
	full := image.Pt(info.Width, info.Height)
	if planes, ok := e.decodePlanes(data, info, need(full)); ok {
		return raster{planes: planes, opaque: true, full: full}, nil
	}
	return e.decodeAll(data, info, need)
}

// accept reads the header, so that a bomb is refused before any memory is spent on
// it.
func (e *Engine) accept(data []byte) (imageinfo.Info, error) {
	info, err := imageinfo.Read(data)
	if err != nil {
		return info, err
	}
	if err := e.limits.Check(info); err != nil {
		return info, err
	}
	return info, info.CheckLength(len(data))
}

// decodeAll turns the picture upright and its colours into sRGB.
func (e *Engine) decodeAll(data []byte, info imageinfo.Info, need enough) (raster, error) {
	var err error
	w, h := info.Upright()
	r := raster{full: image.Pt(w, h)}
	if info.Format == imageinfo.PNG {
		r.pix, r.opaque, err = e.decodePNG(data)
	} else {
		if r.pix = e.shrunk(data, info, need(r.full)); r.pix == nil {
			r.pix, err = e.wholly(data, info)
		}
		r.opaque = err == nil && (info.Format == imageinfo.JPEG || blend.Opaque(r.pix))
	}
	if err != nil {
		return raster{}, fmt.Errorf("decode %s: %w", info.Format, err)
	}
	e.toSRGB(r.pix, r.opaque, info, data)
	r.pix = e.upright(r.pix, info.Orientation)
	return r, nil
}

// shrunk lets the machine's codec decode at a smaller scale; nil means that it
// cannot, or that the picture is not whole: the pure-Go decoder has the last word.
func (e *Engine) shrunk(data []byte, info imageinfo.Info, need image.Point) *image.RGBA {
	if info.Orientation >= 5 { // stored lying on its side
		need.X, need.Y = need.Y, need.X
	}
	decode := func([]byte, int, int, func(int) []byte) (*image.RGBA, error) { return nil, nil }
	switch {
	case info.Format == imageinfo.JPEG:
		decode = e.codecs.JPEG.Decode
	case info.Format == imageinfo.WebP && e.codecs.WebP != nil:
		decode = e.codecs.WebP.Decode
	}
	img, err := decode(data, need.X, need.Y, e.memory.pixels)
	if err != nil {
		return nil
	}
	return img
}

// wholly decodes every pixel.
func (e *Engine) wholly(data []byte, info imageinfo.Info) (*image.RGBA, error) {
	img, err := decodeAs(info, data)
	if err != nil {
		return nil, err
	}
	if size := img.Bounds().Size(); size != (image.Point{info.Width, info.Height}) {
		return nil, fmt.Errorf("expected %dx%d pixels as its header says; found %dx%d", info.Width, info.Height, size.X, size.Y)
	}
	switch img := img.(type) {
	case *image.RGBA:
		if img.Rect.Min == (image.Point{}) {
			return img, nil
		}
	case *image.CMYK:
		return e.fromCMYK(img, info, data), nil
	case *image.NRGBA: // image/draw would round down
		rgba := &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: image.Rectangle{Max: img.Rect.Size()}}
		premultiplyAgain(rgba.Pix)
		return rgba, nil
	}
	rgba := image.NewRGBA(image.Rect(0, 0, info.Width, info.Height))
	draw.Draw(rgba, rgba.Rect, img, img.Bounds().Min, draw.Src)
	return rgba, nil
}

func decodeAs(info imageinfo.Info, data []byte) (image.Image, error) {
	switch info.Format {
	case imageinfo.JPEG:
		return decodeJPEG(data)
	case imageinfo.GIF:
		return decodeGIF(data, info)
	case imageinfo.WebP:
		return libwebp.Decode(data)
	}
	return nil, fmt.Errorf("no decoder for %s", info.Format)
}
