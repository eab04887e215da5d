package cutout

import "image"

// Options say what counts as background. The zero value is meant for product photos.
type Options struct {
	// Tolerance is the most by which a sample of the background may differ from its ground, of 255. Zero stands
	// for DefaultTolerance.
	Tolerance uint8
	// Holes removes background that the product encloses too, as within the handle of a mug. White parts of
	// the product then go as well where they are flat and large.
	Holes bool
}

// DefaultTolerance is above the noise of JPEG and below the shading of most white products.
const DefaultTolerance = 10

// White makes the background of img transparent, in place, and tells whether there was one to remove. A picture
// that does not stand on white, that is transparent at its rim, or of which nothing would remain is left as it is.
// Scratch may be nil.
func White(img *image.RGBA, o Options, s *Scratch) bool {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	ground, noise, ok := measure(img)
	if !ok {
		return false
	}
	if o.Tolerance == 0 {
		o.Tolerance = DefaultTolerance
	}
	if s == nil {
		s = new(Scratch)
	}
	s.reset(w, h)
	middle := ground.colour(w/2, h/2)
	off := min((255-min(middle[0], middle[1], middle[2]))/4, 5)
	c := cut{img: img, w: w, h: h, ground: ground,
		tolerance: min(int(o.Tolerance), quiet+noise+off), noise: int(o.Tolerance), steepest: steepest + off, Scratch: s}
	c.classify()
	c.flood()
	c.seams()
	c.sweep()
	if o.Holes {
		c.holes()
	}
	if left := w*h - s.back.count(); left < w*h/leastProduct || left > w*h-w*h/leastGround {
		return false
	}
	c.matte()
	c.clear()
	c.finishEdges()
	return true
}

// OnWhite tells whether a picture stands on white, so that White would look for its background.
func OnWhite(img *image.RGBA) bool {
	_, _, ok := measure(img)
	return ok
}

const (
	leastProduct = 400 // the product takes at least a 400th of the picture,
	leastGround  = 50  // the background at least a 50th
)

// quiet is the tolerance on a ground without noise.
const quiet = 4

// A Scratch keeps the buffers of White between calls. It serves one call at a time.
type Scratch struct {
	flat, soft bitmap // pixels of the ground's colour; its soft shadow
	faint      bitmap // pixels that the ringing of JPEG could explain
	pale       bitmap // pixels that a shadow could explain, whatever their surroundings
	open, back bitmap // where the flood may go; background found
	// Room for the steps in between.
	near, next, thick bitmap
	spans             []span
	edges             []edge
}

func (s *Scratch) reset(w, h int) {
	for _, b := range []*bitmap{&s.flat, &s.soft, &s.faint, &s.pale, &s.open, &s.back, &s.near, &s.next, &s.thick} {
		b.reset(w, h)
	}
	s.spans, s.edges = s.spans[:0], s.edges[:0]
}

// A cut is one run over a picture.
type cut struct {
	*Scratch
	img       *image.RGBA
	w, h      int
	ground    plane
	tolerance int // of the flood
	noise     int // what is less is no shadow
	steepest  int
}

func (c *cut) row(y int) []uint8 { return c.img.Pix[y*c.img.Stride:][:4*c.w] }

// pixel returns the samples at x, y, counted from the picture's corner.
func (c *cut) pixel(x, y int) []uint8 { return c.img.Pix[y*c.img.Stride+4*x:][:4] }
