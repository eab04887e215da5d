package renderer

import (
	"crypto/sha256"
	"image"

	"github.com/adloom/adloom/internal/icc"
	"github.com/adloom/adloom/internal/imageinfo"
)

// keptTransforms is how many colour profiles the engine remembers; shops use few.
const keptTransforms = 32

// profile returns what turns a picture's colours into sRGB; nil when they are sRGB,
// or when nothing can be made of the profile, or it is for colours of another kind:
// then they are taken for it.
func (e *Engine) profile(info imageinfo.Info, data []byte) *icc.Transform {
	transform := e.embedded(info, data)
	if transform == nil || transform.Space() != spaceOf(info) {
		return nil
	}
	return transform
}

// spaceOf is what a profile for a picture must be for.
func spaceOf(info imageinfo.Info) icc.Space {
	switch info.Space {
	case imageinfo.Gray:
		return icc.Gray
	case imageinfo.CMYK:
		return icc.CMYK
	}
	return icc.RGB
}

// embedded makes the transform of the profile in the file, or remembers it.
func (e *Engine) embedded(info imageinfo.Info, data []byte) *icc.Transform {
	raw, err := icc.Extract(info.Format, data)
	if err != nil || raw == nil {
		return nil
	}
	key := sha256.Sum256(raw)
	if known, ok := e.transforms.Get(key); ok {
		return known
	}
	var transform *icc.Transform
	if parsed, err := icc.Parse(raw); err == nil && !parsed.IsSRGB() {
		transform, _ = parsed.Transform() // nil when it cannot be used
	}
	e.transforms.Add(key, transform)
	return transform
}

// toSRGB turns the colours of a decoded picture into sRGB in place.
func (e *Engine) toSRGB(img *image.RGBA, opaque bool, info imageinfo.Info, data []byte) {
	transform := e.profile(info, data)
	if transform == nil || transform.Space() == icc.CMYK {
		return
	}
	if !opaque {
		straighten(img.Pix)
		defer premultiplyAgain(img.Pix)
	}
	_ = transform.RGB(img.Pix) // the space was looked at
}

// fromCMYK makes a printer's colours visible: by the picture's own profile, else as
// a common press would print them.
func (e *Engine) fromCMYK(img *image.CMYK, info imageinfo.Info, data []byte) *image.RGBA {
	transform := e.profile(info, data)
	if transform == nil {
		transform = e.press()
	}
	out := image.NewRGBA(image.Rectangle{Max: img.Rect.Size()})
	for y := range out.Rect.Dy() {
		row := out.Pix[y*out.Stride:][:out.Stride]
		_ = transform.CMYK(row, img.Pix[y*img.Stride:][:len(row)]) // the space was looked at
	}
	return out
}

// straighten divides colours by alpha, premultiplyAgain undoes it.
func straighten(pix []byte) {
	for i := 0; i+3 < len(pix); i += 4 {
		if a := uint32(pix[i+3]); a != 0 && a != 255 {
			for j := i; j < i+3; j++ {
				pix[j] = uint8(min(255, (uint32(pix[j])*255+a/2)/a))
			}
		}
	}
}

func premultiplyAgain(pix []byte) {
	for i := 0; i+3 < len(pix); i += 4 {
		a := uint32(pix[i+3])
		for j := i; j < i+3; j++ {
			pix[j] = uint8((uint32(pix[j])*a + 127) / 255)
		}
	}
}
