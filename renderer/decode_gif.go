package renderer

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"
	"io"

	"golang.org/x/image/draw"

	"github.com/adloom/adloom/internal/imageinfo"
)

// decodeGIF reads the first frame on its whole canvas. What the frame leaves of the
// canvas is transparent, as in browsers.
func decodeGIF(data []byte, info imageinfo.Info) (image.Image, error) {
	const screen = 6 // offset of the canvas's size
	// The canvas may have been grown to hold the frame, which the decoder would not do.
	head := bytes.Clone(data[:screen+4])
	binary.LittleEndian.PutUint16(head[screen:], uint16(info.Width))
	binary.LittleEndian.PutUint16(head[screen+2:], uint16(info.Height))
	frame, err := gif.Decode(io.MultiReader(bytes.NewReader(head), bytes.NewReader(data[screen+4:])))
	if err != nil {
		return nil, err
	}
	canvas := image.NewRGBA(image.Rect(0, 0, info.Width, info.Height))
	draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return canvas, nil
}
