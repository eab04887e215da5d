package turbojpeg

import (
	"errors"
	"image"
)

// ErrScaled means that planes would lose colour: at the asked scale the library shrinks chroma further than it does
// for RGBA. It comes before anything is decoded, and the picture may still be had as RGBA.
var ErrScaled = errors.New("planes of a JPEG at this scale lose colour")

// ErrFull means that Decoder.HalvedOnly refuses a picture with chroma at full resolution.
var ErrFull = errors.New("chroma at full resolution: planes take as long as RGBA")

// Planes is a decoded picture as the file has it, before chroma is enlarged and turned into RGB: full-range BT.601,
// chroma centred between the luma samples that share it (JFIF).
type Planes struct {
	Width, Height int         // of the picture, which are those of Y
	Y, Cb, Cr     Plane       // Cb and Cr are empty in a gray picture
	Shared        image.Point // luma samples per chroma sample across and down: (2,2) in 4:2:0, (0,0) in gray
}

// Plane holds the samples of one component, a byte each: that in column x of row y is Pix[y*Stride+x].
type Plane struct {
	Pix                   []byte
	Stride, Width, Height int
}

// shared lists, in the order of the TJSAMP constants, how many luma samples share a chroma sample.
var shared = [...]image.Point{{1, 1}, {2, 1}, {2, 2}, {0, 0}, {1, 2}, {4, 1}}

// lossless reports whether planes at scale s keep all that RGBA would: the library scales the components of such a
// picture alike, or not at all.
func lossless(s scale, share image.Point) bool {
	return s == scale{1, 1} || share == image.Pt(1, 1) || share == image.Point{}
}

// layPlanes gives the planes of a picture, with Pix still to come, and the bytes that they take. The library writes
// whole chroma samples: luma that would share one lies in memory even beyond the picture's edge.
func layPlanes(width, height int, share image.Point) (p Planes, size int) {
	p = Planes{Width: width, Height: height, Shared: share}
	p.Y = Plane{Stride: width, Width: width, Height: height}
	if share != (image.Point{}) {
		w, h := (width+share.X-1)/share.X, (height+share.Y-1)/share.Y
		p.Cb = Plane{Stride: w, Width: w, Height: h}
		p.Cr = p.Cb
		p.Y.Stride = w * share.X
	}
	for _, n := range p.sizes() {
		size += n
	}
	return p, size
}

// sizes are the bytes of each plane.
func (p *Planes) sizes() [3]int {
	chroma := p.Cb.Stride * p.Cb.Height
	return [3]int{p.Y.Stride * max(p.Y.Height, p.Cb.Height*p.Shared.Y), chroma, chroma}
}

// place cuts the planes out of pix.
func (p *Planes) place(pix []byte) {
	for i, n := range p.sizes() {
		c := [3]*Plane{&p.Y, &p.Cb, &p.Cr}[i]
		c.Pix, pix = pix[:n:n], pix[n:]
	}
}
