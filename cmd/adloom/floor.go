package main

import (
	"context"
	"fmt"
	"image"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/templates"
)

// floor is the least that an ad can cost: the codecs alone, on the same photo at
// the same scale and on the finished picture, with handles and memory that are used
// again.
type floor struct {
	b       *bench
	decoder *turbojpeg.Decoder
	encoder *turbojpeg.Encoder
	webp    *libwebp.Library
	boxes   []image.Point // of the layers that show the photo
	memory  []byte
	picture *image.RGBA
}

// newFloor says why there is none; what it gives is to be closed in any case.
func newFloor(ctx context.Context, b *bench) (*floor, error) {
	f := &floor{b: b}
	turbo, err := turbojpeg.Load()
	if err != nil {
		return f, err
	}
	switch b.info.Format {
	case imageinfo.JPEG:
	case imageinfo.WebP:
		if f.webp, err = libwebp.Load(); err != nil {
			return f, err
		}
	default:
		return f, fmt.Errorf("expected a JPEG or WebP photo, for which there is a native codec; found %s", b.info.Format)
	}
	scene, err := b.design.Resolve(b.fields)
	if err != nil {
		return f, err
	}
	painted, err := b.engine.Paint(ctx, scene, b.photos)
	if err != nil {
		return f, err
	}
	f.picture = painted.Image
	for _, layer := range b.design.Template.Layers {
		if photo, ok := layer.(*templates.Image); ok {
			if _, static := photo.Src.Static(); !static {
				f.boxes = append(f.boxes, image.Pt(int(photo.Width), int(photo.Height)))
			}
		}
	}
	if f.decoder, err = turbo.NewDecoder(); err != nil {
		return f, err
	}
	f.decoder.FastScales = true // as renders do: the other scales take longer than the larger ones
	if f.encoder, err = turbo.NewEncoder(); err != nil {
		return f, err
	}
	_, err = f.render(ctx) // some photos are beyond the native codecs
	return f, err
}

func (f *floor) close() {
	if f.decoder != nil {
		f.decoder.Close()
	}
	if f.encoder != nil {
		f.encoder.Close()
	}
}

func (f *floor) render(ctx context.Context) ([]byte, error) {
	alloc := func(n int) []byte {
		if cap(f.memory) < n {
			f.memory = make([]byte, n)
		}
		return f.memory[:n]
	}
	for _, box := range f.boxes {
		var err error
		if f.webp != nil {
			_, err = f.webp.DecodeInto(f.b.photo.data, box.X, box.Y, alloc)
		} else {
			_, err = f.decoder.DecodeInto(f.b.photo.data, box.X, box.Y, alloc)
		}
		if err != nil {
			return nil, err
		}
	}
	return f.encode(ctx)
}

func (f *floor) encode(context.Context) ([]byte, error) {
	out := f.b.design.Template.Output
	sub := turbojpeg.Subsampling420
	if out.Subsampling == templates.SubsamplingFull {
		sub = turbojpeg.Subsampling444
	}
	f.encoder.Progressive = out.Progressive
	return f.encoder.Encode(f.picture, out.Quality, sub)
}
