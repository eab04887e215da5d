package mask

import (
	"image"
	"math"
)

// Edge is what lies beyond the edges of a picture.
type Edge int

const (
	Clamp       Edge = iota // the pixels of the edge, repeated: for photos
	Transparent             // nothing
)

// coarse is the standard deviation, in shrunk pixels, from which on a Gaussian is not told from one that was made of
// cubic B-splines and a smaller Gaussian.
const coarse = 1.25

// Reach is how far, in pixels, a blur by a standard deviation of sigma pixels carries coverage: less than half a level
// of 255 arrives beyond.
func Reach(sigma float64) int {
	return int(math.Ceil(3 * bounded(sigma, 0, MaxSigma)))
}

// Blur returns m blurred by a Gaussian with a standard deviation of sigma pixels. The result is larger than m by
// Reach(sigma) on each side.
//
// It needs scratch memory for a few dozen rows.
func Blur(m *image.Alpha, sigma float64, s *Scratch) *image.Alpha {
	sigma = bounded(sigma, 0, MaxSigma)
	reach := Reach(sigma)
	if reach == 0 || m.Rect.Empty() {
		return cloned(m)
	}
	out := image.NewAlpha(m.Rect.Inset(-reach))
	b := blurring{
		from:     m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y):],
		to:       out.Pix,
		fromStep: m.Stride, toStep: out.Stride,
		width: m.Rect.Dx(), height: m.Rect.Dy(),
		margin: reach, channels: 1, edge: Transparent,
	}
	b.run(sigma, &s.usable().blur)
	return out
}

// BlurPicture blurs img, which is premultiplied, by a Gaussian with a standard deviation of sigma pixels.
//
// It needs scratch memory for a few dozen rows.
func BlurPicture(img *image.RGBA, sigma float64, edge Edge, s *Scratch) {
	sigma = bounded(sigma, 0, MaxSigma)
	if sigma == 0 || img.Rect.Empty() {
		return
	}
	pix := img.Pix[img.PixOffset(img.Rect.Min.X, img.Rect.Min.Y):]
	b := blurring{
		from: pix, to: pix,
		fromStep: img.Stride, toStep: img.Stride,
		width: img.Rect.Dx(), height: img.Rect.Dy(),
		channels: 4, edge: edge,
	}
	b.run(sigma, &s.usable().blur)
}

// blurring is what a blur reads and writes. Without a margin both may be the same.
type blurring struct {
	from, to         []byte
	fromStep, toStep int // bytes from row to row
	width, height    int // of what is read, in pixels
	margin           int // by which what is written is larger on each side, in pixels
	channels         int
	edge             Edge
}

type blurScratch struct {
	tapRows    [][]byte
	tapWeights []uint64
	sums       []octet
	lanes      []uint32
	even, odd  []uint64 // a line's lanes in words, from its first and from its second on
	line       []uint64
	weights    []uint64
	fine       []uint64

	ring []byte // of the exact blur: source rows

	before []uint64 // of the coarse one
	phases [][4]uint64
	low    []uint32
	lows   []uint64
	wide   []uint32
	wides  []octet
}

func (b *blurring) run(sigma float64, s *blurScratch) {
	if f := int(sigma / coarse); f >= 2 {
		b.runCoarse(sigma, f, s)
	} else {
		b.runExact(sigma, s)
	}
	clear(s.tapRows[:cap(s.tapRows)]) // not to keep the picture
}

// source is row y of what is read.
func (b *blurring) source(y int) []byte {
	n := b.width * b.channels
	return b.from[y*b.fromStep : y*b.fromStep+n : y*b.fromStep+n]
}

// target is row y of what is written, counted from the first row of what is read.
func (b *blurring) target(y int) []byte {
	at := (y + b.margin) * b.toStep
	return b.to[at : at+(b.width+2*b.margin)*b.channels]
}

// repeatEnds repeats the first and the last pixel into the margins of a line, of n pixels each.
func repeatEnds(lanes []uint32, n, width, channels int) {
	first, last := n*channels, (n+width-1)*channels
	for i := range n * channels {
		lanes[i] = lanes[first+i%channels]
		lanes[last+channels+i] = lanes[last+i%channels]
	}
}
