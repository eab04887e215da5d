package renderer

import (
	"image"

	"github.com/adloom/adloom/internal/icc"
	"github.com/adloom/adloom/internal/imageinfo"
)

// Identity is what the engine makes of a picture.
type Identity struct {
	Format        string     // "jpeg", "png", "gif" or "webp"
	Width, Height int        // in pixels, upright
	Mean          [3]float64 // red, green and blue of all pixels over white, in sRGB from 0 to 255
	Profile       string     // the colour profile or space that was turned into sRGB; empty when it was sRGB
	Frames        int        // at least 1; the first is the one that is drawn
}

// Identify decodes a picture as for painting, whole and in full size. The error
// says why it cannot be drawn: it wraps an error of package imageinfo, or is the
// decoder's.
func (e *Engine) Identify(data []byte) (Identity, error) {
	r, err := e.decode(data, everything)
	if err != nil {
		return Identity{}, err
	}
	info, err := imageinfo.Read(data)
	if err != nil {
		return Identity{}, err
	}
	return Identity{
		Format:  info.Format,
		Width:   r.full.X,
		Height:  r.full.Y,
		Mean:    meanOverWhite(r.pix),
		Profile: e.profileName(info, data),
		Frames:  info.Frames,
	}, nil
}

// profileName names what the colours were turned from. A profile that says sRGB, or
// that nothing could be made of, has no name: the colours were left as they are.
func (e *Engine) profileName(info imageinfo.Info, data []byte) string {
	const noName = "unnamed profile"
	transform := e.profile(info, data)
	switch {
	case transform == nil && info.Space == imageinfo.CMYK:
		return "CMYK"
	case transform == nil:
		return ""
	}
	raw, err := icc.Extract(info.Format, data)
	if err != nil {
		return noName
	}
	profile, err := icc.Parse(raw)
	if err != nil {
		return noName
	}
	if name := profile.Description(); name != "" {
		return name
	}
	return noName
}

// meanOverWhite is exact: the sums are integers.
func meanOverWhite(img *image.RGBA) [3]float64 {
	var red, green, blue uint64
	width, height := img.Rect.Dx(), img.Rect.Dy()
	for y := range height {
		row := img.Pix[y*img.Stride:][:4*width]
		for ; len(row) >= 4; row = row[4:] {
			behind := uint64(255 - row[3])
			red += uint64(row[0]) + behind
			green += uint64(row[1]) + behind
			blue += uint64(row[2]) + behind
		}
	}
	n := float64(width) * float64(height)
	return [3]float64{float64(red) / n, float64(green) / n, float64(blue) / n}
}
