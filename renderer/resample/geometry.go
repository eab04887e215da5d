package resample

import (
	"errors"
	"fmt"
	"image"
	"math"
)

// MaxSide is the longest side of a source or destination, in pixels.
const MaxSide = 1 << 16

// Rect is a part of a picture with edges anywhere in its pixels, counted from the picture's upper left corner.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Geometry says what is scaled to what. It is comparable, so that it can be the key of a cache of plans.
type Geometry struct {
	Src  image.Point // size of the source
	Crop Rect        // the part of the source that fills the destination; the zero Rect is all of it
	Dst  image.Point // size of the destination
}

// Validate returns all mistakes at once.
func (g Geometry) Validate() error {
	var errs []error
	side := func(name string, n int) {
		if n < 1 || n > MaxSide {
			errs = append(errs, fmt.Errorf("%s: expected 1 to %d pixels; found %d", name, MaxSide, n))
		}
	}
	side("source width", g.Src.X)
	side("source height", g.Src.Y)
	side("destination width", g.Dst.X)
	side("destination height", g.Dst.Y)
	edges := func(name string, lo, hi float64, size int) {
		if !(lo >= 0 && hi <= float64(size) && hi-lo >= minCrop) {
			errs = append(errs, fmt.Errorf("crop %s: expected two edges within 0 to %d, at least %v apart; found %v to %v",
				name, size, minCrop, lo, hi))
		}
	}
	c := g.crop()
	edges("x", c.X0, c.X1, g.Src.X)
	edges("y", c.Y0, c.Y1, g.Src.Y)
	return errors.Join(errs...)
}

// minCrop is far below what the eye can tell apart and far above what a float64 can at the far edge of a picture.
const minCrop = 1.0 / (1 << 20)

func (g Geometry) crop() Rect {
	if g.Crop == (Rect{}) {
		return Rect{X1: float64(g.Src.X), Y1: float64(g.Src.Y)}
	}
	return g.Crop
}

// touched is the range of whole pixels that lo to hi touches.
func touched(lo, hi float64) (first, end int) {
	return int(math.Floor(lo)), int(math.Ceil(hi))
}
