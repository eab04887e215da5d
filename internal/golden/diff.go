package golden

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
)

// flatten brings a picture into premultiplied RGBA with its corner at the origin. There a colour that nobody
// can see, under an alpha of 0, is no difference. A translucent picture first loses what it would lose in a
// PNG file, which keeps colours apart from alpha, so that a picture always equals its own file.
func flatten(img image.Image) *image.RGBA {
	bounds := img.Bounds()
	if o, ok := img.(interface{ Opaque() bool }); !ok || !o.Opaque() {
		stored := image.NewNRGBA(bounds)
		draw.Draw(stored, bounds, img, bounds.Min, draw.Src)
		img = stored
	}
	out := image.NewRGBA(image.Rectangle{Max: bounds.Size()})
	draw.Draw(out, out.Rect, img, bounds.Min, draw.Src)
	return out
}

// mismatch says how got differs from want by more than the tolerance; nil if it does not.
func (tol Tolerance) mismatch(want, got *image.RGBA) error {
	if want.Rect != got.Rect {
		return fmt.Errorf("expected %v pixels, found %v", size(want), size(got))
	}
	off, worst := 0, 0
	var at image.Point
	for i := 0; i < len(want.Pix); i += 4 {
		d := distance([4]byte(want.Pix[i:]), [4]byte(got.Pix[i:]))
		if d > int(tol.Channel) {
			off++
		}
		if d > worst {
			worst = d
			at = image.Pt(i%want.Stride/4, i/want.Stride)
		}
	}
	total := len(want.Pix) / 4
	if float64(off) <= tol.Share*float64(total) {
		return nil
	}
	return fmt.Errorf("%d of %d pixels are off by more than %d/255 (allowed: %.4g %%); the worst is at x=%d y=%d by %d: expected %v, found %v",
		off, total, tol.Channel, 100*tol.Share, at.X, at.Y, worst, want.RGBAAt(at.X, at.Y), got.RGBAAt(at.X, at.Y))
}

func size(img *image.RGBA) string { return fmt.Sprintf("%d x %d", img.Rect.Dx(), img.Rect.Dy()) }

// distance is the largest difference of a channel.
func distance(a, b [4]byte) int {
	worst := 0
	for i := range a {
		worst = max(worst, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return worst
}

// diffPicture puts want, got and their difference next to each other: black where they are equal, and for
// the eye never darker than a quarter where they are not.
func diffPicture(want, got *image.RGBA) image.Image {
	const gap, amplify, least = 8, 16, 64
	panel := want.Rect.Union(got.Rect)
	step := image.Pt(panel.Dx()+gap, 0)
	out := image.NewRGBA(image.Rect(0, 0, 3*panel.Dx()+2*gap, panel.Dy()))
	draw.Draw(out, out.Rect, image.NewUniform(color.Gray{0x80}), image.Point{}, draw.Src)
	draw.Draw(out, want.Rect, want, image.Point{}, draw.Over)
	draw.Draw(out, got.Rect.Add(step), got, image.Point{}, draw.Over)

	for y := range panel.Dy() {
		for x := range panel.Dx() {
			// Outside of a picture RGBAAt is transparent black.
			a, b := want.RGBAAt(x, y), got.RGBAAt(x, y)
			loud := func(a, b uint8) uint8 {
				d := distance([4]byte{a}, [4]byte{b})
				if d == 0 {
					return 0
				}
				return uint8(min(255, max(least, d*amplify)))
			}
			alpha := loud(a.A, b.A)
			out.SetRGBA(2*step.X+x, y, color.RGBA{max(alpha, loud(a.R, b.R)), max(alpha, loud(a.G, b.G)), max(alpha, loud(a.B, b.B)), 255})
		}
	}
	return out
}
