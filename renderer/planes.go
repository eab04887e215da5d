package renderer

import (
	"image"

	"github.com/adloom/adloom/internal/icc"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/resample"
)

// Planes are a JPEG's components before chroma is enlarged and turned into RGB.
type Planes struct {
	Samples resample.Planes
	Size    image.Point // of the picture
	Share   image.Point // luma samples per chroma sample across and down; (0,0) in a gray picture
	Memory  []byte      // what alloc gave
}

// PlanesDecoder is a JPEGCodec that can stop before RGB, where that saves work and
// loses nothing: which photos that are is for it to say, by an error.
type PlanesDecoder interface {
	DecodePlanes(data []byte, width, height int, alloc func(bytes int) []byte) (Planes, error)
}

// planes are a photo's components and what makes sRGB of their colours.
type planes struct {
	Planes
	profile *icc.Transform // nil: they are sRGB
}

// decodePlanes leaves the colours of a JPEG for when it has its final size; false
// means that the picture has to be decoded as a whole.
func (e *Engine) decodePlanes(data []byte, info imageinfo.Info, need image.Point) (*planes, bool) {
	codec, ok := e.codecs.JPEG.(PlanesDecoder)
	if !ok || info.Format != imageinfo.JPEG || info.Orientation > 1 || !resample.PlanesPay() {
		return nil, false
	}
	// What is not scaled is copied sooner as RGBA; what is scaled a lot needs sums that
	// the vector code has no room for.
	const most = 2.5
	w, h := float64(info.Width), float64(info.Height)
	if need == image.Pt(info.Width, info.Height) || w > most*float64(need.X) || h > most*float64(need.Y) {
		return nil, false
	}
	p, err := codec.DecodePlanes(data, need.X, need.Y, e.memory.pixels)
	if err != nil {
		return nil, false
	}
	profile := e.profile(info, data)
	if profile != nil && profile.Space() == icc.CMYK {
		profile = nil
	}
	return &planes{p, profile}, true
}
