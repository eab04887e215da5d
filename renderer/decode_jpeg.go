package renderer

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"io"

	"github.com/adloom/adloom/internal/jpegplanes"
)

// decodeJPEG leaves to a slower decoder what the first one does not know. A missing
// end marker costs no picture: what stands before it tells whether it is whole.
func decodeJPEG(data []byte) (image.Image, error) {
	img, err := jpeg.Decode(bytes.NewReader(data))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		const end = "\xff\xd9"
		img, err = jpeg.Decode(io.MultiReader(bytes.NewReader(data), bytes.NewReader([]byte(end))))
	}
	var unsupported jpeg.UnsupportedError
	if errors.As(err, &unsupported) {
		return jpegplanes.Decode(data)
	}
	return img, err
}
