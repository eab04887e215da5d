package renderer

import (
	"context"
	"fmt"

	"github.com/adloom/adloom/templates"
)

// FormatError is an output format that this machine cannot write.
type FormatError struct{ Format templates.Format }

func (e *FormatError) Error() string {
	if e.Format == templates.WebP {
		return "output format: expected jpg or png; found webp, which needs libwebp on this machine (on Debian: apt-get install libwebp7)"
	}
	return fmt.Sprintf("output format: expected jpg, png or webp; found %q", string(e.Format))
}

// CanEncode tells whether Encode can write a format: it returns a *FormatError if not.
func (e *Engine) CanEncode(format templates.Format) error {
	switch {
	case format == templates.JPEG, format == templates.PNG, format == templates.WebP && e.codecs.WebP != nil:
		return nil
	}
	return &FormatError{format}
}

// Encode writes a picture, which it leaves as it is. A JPEG has no transparency: it is flattened onto white. PNG and
// lossless WebP keep every pixel. The error is a *FormatError for a format that this machine has no codec for, and a
// *TooLargeError for a picture that does not fit in out.MaxBytes, or ctx's, which is looked at between two tries.
func (e *Engine) Encode(ctx context.Context, painted *Result, format templates.Format, out templates.Output) ([]byte, error) {
	if err := e.CanEncode(format); err != nil {
		return nil, err
	}
	img := painted.Image
	var data []byte
	var err error
	switch {
	case format == templates.JPEG:
		data, err = e.encodeJPEG(ctx, painted, out)
	case format == templates.PNG:
		data, err = e.pngs.encode(img, &e.memory)
	case out.Lossless:
		data, err = e.codecs.WebP.EncodeLossless(img)
	default:
		data, err = fit(ctx, out, func(quality int) ([]byte, error) { return e.codecs.WebP.Encode(img, quality) })
	}
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", format, err)
	}
	if out.MaxBytes > 0 && len(data) > out.MaxBytes {
		return nil, &TooLargeError{Format: format, Bytes: len(data), Max: out.MaxBytes, Lossless: format == templates.PNG || format == templates.WebP && out.Lossless}
	}
	return data, nil
}
