package renderer

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"github.com/adloom/adloom/templates"
)

// FormatError is an output format that this build cannot write.
type FormatError struct{ Format templates.Format }

func (e *FormatError) Error() string {
	return fmt.Sprintf("output format: expected jpg or png; found %s", e.Format)
}

// CanEncode tells whether Encode can write a format.
func CanEncode(format templates.Format) error {
	if format == templates.JPEG || format == templates.PNG {
		return nil
	}
	return &FormatError{format}
}

// Encode writes a picture. A JPEG has no transparency: it is flattened onto white.
func (e *Engine) Encode(img *image.RGBA, format templates.Format, out templates.Output) ([]byte, error) {
	if err := CanEncode(format); err != nil {
		return nil, err
	}
	if format == templates.JPEG && e.codecs.JPEG != nil {
		return e.codecs.JPEG.Encode(flattened(img), out.Quality)
	}
	var buf bytes.Buffer
	var err error
	if format == templates.JPEG {
		err = jpeg.Encode(&buf, flattened(img), &jpeg.Options{Quality: out.Quality})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img)
	}
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", format, err)
	}
	return buf.Bytes(), nil
}

func flattened(img *image.RGBA) *image.RGBA {
	if img.Opaque() {
		return img
	}
	flat := image.NewRGBA(img.Rect)
	draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, img, img.Rect.Min, draw.Over)
	return flat
}
