// Package imageinfo reads what a picture says about itself in its headers, without decoding a pixel.
//
// It is pure: bytes in, facts out. The bytes are hostile until shown otherwise; no input makes it read out of bounds,
// loop, or allocate more than a few words.
package imageinfo

import (
	"bytes"
	"errors"
	"fmt"
)

// The formats that Read knows.
const (
	JPEG = "jpeg"
	PNG  = "png"
	GIF  = "gif"
	WebP = "webp"
)

// The kinds of colour that a picture may be stored in.
const (
	Gray = "gray"
	RGB  = "rgb"  // or YCbCr, or a palette
	CMYK = "cmyk" // or YCCK
)

// Info is what the headers of one picture say.
type Info struct {
	Format      string // JPEG, PNG, GIF or WebP
	Width       int    // as stored, before Orientation; of the whole canvas when animated
	Height      int
	Orientation int    // EXIF 1 to 8; 1 when there is none or it is nonsense
	Scans       int    // JPEG: start-of-scan markers in the data given, an entry price for the decoder; else 0
	Frames      int    // at least 1; of a GIF or WebP those in the data given
	Space       string // Gray, RGB or CMYK
	Density     int    // most pixels that a byte of such a file can hold; 0 means that there is no bound
}

// Upright returns the size that a viewer sees once Orientation is applied.
func (i Info) Upright() (width, height int) {
	if i.Orientation >= 5 && i.Orientation <= 8 {
		return i.Height, i.Width
	}
	return i.Width, i.Height
}

// Pixels returns width times height without overflow.
func (i Info) Pixels() int64 { return int64(i.Width) * int64(i.Height) }

// CheckLength returns an error that wraps ErrCorrupt when a whole file of so many bytes is too short for its
// pixels, so that no decoder need set memory aside for them.
func (i Info) CheckLength(bytes int) error {
	if i.Density <= 0 || i.Pixels() <= int64(i.Density)*int64(bytes) {
		return nil
	}
	return corrupt(i.Format, "%d bytes for %dx%d pixels, want at least %d", bytes, i.Width, i.Height, i.Pixels()/int64(i.Density))
}

var (
	// ErrCorrupt is wrapped by the error for a supported format whose header is broken.
	ErrCorrupt = errors.New("corrupt image header")

	// ErrShort is wrapped (together with ErrCorrupt) when the data ends before the header does. A caller that is
	// still receiving may come back with more.
	ErrShort = errors.New("the data ends inside the header")
)

// corrupt says what was expected of the format and what was found.
func corrupt(format, msg string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", ErrCorrupt, format, fmt.Sprintf(msg, args...))
}

// short says which part was still missing when the data ended.
func short(format, missing string) error {
	return fmt.Errorf("%w: %s: %w, before %s", ErrCorrupt, format, ErrShort, missing)
}

// Read tells what data is by its first bytes and reads the headers. Data may be the beginning of a file: then facts
// that stand further back (the EXIF of a WebP, scans, frames) are those seen so far.
//
// Errors: *FormatError when data is no supported picture; otherwise ErrCorrupt, with ErrShort when more data may help.
func Read(data []byte) (Info, error) {
	info := Info{Orientation: 1, Frames: 1, Space: RGB}
	var err error
	switch {
	case bytes.HasPrefix(data, []byte(jpegMagic)):
		info.Format, err = JPEG, info.readJPEG(data)
	case bytes.HasPrefix(data, []byte(pngMagic)):
		info.Format, err = PNG, info.readPNG(data)
	case len(data) >= 4 && string(data[1:4]) == "PNG":
		err = corrupt(PNG, "signature %x is damaged, as by a transfer in text mode; want %x", data[:min(8, len(data))], pngMagic)
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		info.Format, err = GIF, info.readGIF(data)
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		info.Format, err = WebP, info.readWebP(data)
	default:
		err = &FormatError{Found: sniff(data)}
	}
	if err != nil {
		return Info{}, err
	}
	if info.Width <= 0 || info.Height <= 0 {
		return Info{}, corrupt(info.Format, "size %dx%d, want at least 1x1", info.Width, info.Height)
	}
	return info, nil
}
