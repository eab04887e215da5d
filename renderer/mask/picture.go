package mask

import "image"

// OfPicture returns the alpha of img.
func OfPicture(img *image.RGBA) *image.Alpha {
	return fromPixels(img, func(p *[4]byte) byte { return p[3] })
}

// Luminance returns the mask that img, which is premultiplied, makes by its lightness: its luminance times its alpha.
// (W3C CSS Masking Level 1, section 7.10.1; the coefficients apply to the encoded values.)
func Luminance(img *image.RGBA) *image.Alpha {
	// 0.2125, 0.7154 and 0.0721 of 65536, with a sum of exactly that. A premultiplied colour already has its alpha.
	const red, green, blue = 13926, 46885, 4725
	return fromPixels(img, func(p *[4]byte) byte {
		return byte((uint32(p[0])*red + uint32(p[1])*green + uint32(p[2])*blue + 1<<15) >> 16)
	})
}

func fromPixels(img *image.RGBA, f func(*[4]byte) byte) *image.Alpha {
	out := image.NewAlpha(img.Rect)
	w := out.Rect.Dx()
	for y := range out.Rect.Dy() {
		at := img.PixOffset(img.Rect.Min.X, img.Rect.Min.Y+y)
		from := img.Pix[at : at+4*w]
		to := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range to {
			to[x] = f((*[4]byte)(from[4*x:]))
		}
	}
	return out
}
