package renderer

import (
	"context"
	"image/color"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/chroma"
	"github.com/adloom/adloom/templates"
)

// encodeJPEG writes a JPEG. A codec that cannot write progressive files writes a baseline one of the same picture.
func (e *Engine) encodeJPEG(ctx context.Context, painted *Result, out templates.Output) ([]byte, error) {
	img := painted.Image
	if !painted.opaque && !blend.Opaque(img) {
		flat := e.memory.picture(img.Rect)
		defer e.memory.back(flat)
		blend.Copy(flat, img)
		blend.Flatten(flat, color.RGBA{R: 255, G: 255, B: 255, A: 255})
		img = flat
	}
	full := out.Subsampling == templates.SubsamplingFull
	if out.Subsampling == templates.SubsamplingAuto || out.Subsampling == "" {
		full = chroma.Smears(img)
	}
	return fit(ctx, out, func(quality int) ([]byte, error) {
		return e.codecs.JPEG.Encode(img, JPEGOptions{Quality: quality, Full: full, Progressive: out.Progressive})
	})
}
