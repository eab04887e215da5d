package renderer

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"github.com/disintegration/imaging"
	"golang.org/x/image/webp"

	"github.com/adloom/adloom/internal/imageinfo"
)

// decode reads a picture and turns it upright. The header is read first, so that
// a bomb is refused before any memory is spent on it.
func (e *Engine) decode(data []byte) (*image.NRGBA, error) {
	info, err := imageinfo.Read(data)
	if err != nil {
		return nil, err
	}
	if err := e.limits.Check(info); err != nil {
		return nil, err
	}
	img, err := decodeAs(info.Format, data)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", info.Format, err)
	}
	if size := img.Bounds().Size(); size != (image.Point{info.Width, info.Height}) {
		return nil, fmt.Errorf("decode %s: expected %dx%d pixels as its header says; found %dx%d", info.Format, info.Width, info.Height, size.X, size.Y)
	}
	return upright(img, info.Orientation), nil
}

func decodeAs(format string, data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch format {
	case "jpeg":
		return jpeg.Decode(r)
	case "png":
		return png.Decode(r)
	case "gif":
		return firstFrame(r)
	case "webp":
		return webp.Decode(r)
	}
	return nil, fmt.Errorf("no decoder for %s", format)
}

// firstFrame is an animation's first frame on its whole canvas.
func firstFrame(r *bytes.Reader) (image.Image, error) {
	config, err := gif.DecodeConfig(r)
	if err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, 0); err != nil {
		return nil, err
	}
	frame, err := gif.Decode(r)
	if err != nil {
		return nil, err
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, config.Width, config.Height))
	return imaging.Paste(canvas, frame, frame.Bounds().Min), nil
}

// upright undoes an EXIF orientation (CIPA DC-008, tag 0x0112).
func upright(img image.Image, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return imaging.Clone(img)
}
