package resample

import (
	"errors"
	"fmt"
	"image"
)

// Planes is a picture in full-range YCbCr (BT.601, as JFIF has it), a byte a sample: column x of row y is
// Y[y*YStride+x]. The chroma planes are those of the plan's subsampling; a gray picture has none. Bytes between and
// after the rows may hold anything.
type Planes struct {
	Y, Cb, Cr        []byte
	YStride, CStride int
}

// PlanesPlan holds the weights that scale the planes of a picture straight to RGBA: chroma is enlarged or shrunk from
// its own size in one step, and colours are converted at the final size. It is immutable and safe for concurrent use.
type PlanesPlan struct {
	geometry     Geometry
	share        image.Point
	luma, chroma planeAxes
	exact        bool          // 16 bits are too few for the sums
	vector       *planesVector // nil where the processor has no vector path, or exact
}

// planeAxes holds the weights of a plane and the part of it that they read.
type planeAxes struct {
	cols, rows axis
	part       image.Rectangle
}

// NewPlanesPlan returns the plan for g, which counts in luma samples, or all that is wrong with g and share: the luma
// samples across and down that share a chroma sample, (2,2) for 4:2:0, (1,1) for 4:4:4, (0,0) for a picture without
// chroma. Chroma lies centred among the luma samples that share it. A plan costs about half of running it once.
func NewPlanesPlan(g Geometry, share image.Point) (*PlanesPlan, error) {
	if err := errors.Join(g.Validate(), validateShare(share)); err != nil {
		return nil, fmt.Errorf("plan scaling planes: %w", err)
	}
	c := g.crop()
	p := &PlanesPlan{geometry: g, share: share}
	p.luma = planeAxes{cols: newAxis(c.X0, c.X1, g.Dst.X), rows: newAxis(c.Y0, c.Y1, g.Dst.Y)}
	p.luma.read(c.X0, c.X1, c.Y0, c.Y1)
	if p.colour() {
		x0, x1, right := sharedEdges(c.X0, c.X1, g.Src.X, share.X)
		y0, y1, bottom := sharedEdges(c.Y0, c.Y1, g.Src.Y, share.Y)
		p.chroma = planeAxes{cols: newAxisOf(x0, x1, right, g.Dst.X), rows: newAxisOf(y0, y1, bottom, g.Dst.Y)}
		p.chroma.read(x0, x1, y0, y1)
	}
	p.exact = !p.luma.narrow() || !p.chroma.narrow()
	if !p.exact && hasVector() {
		p.vector = newPlanesVector(p)
	}
	return p, nil
}

// maxShare is more than any file has: JPEG's sampling factors go up to 4.
const maxShare = 4

func validateShare(share image.Point) error {
	if share != (image.Point{}) && (min(share.X, share.Y) < 1 || max(share.X, share.Y) > maxShare) {
		return fmt.Errorf("luma samples for one of chroma: expected 1 to %d each way, or (0,0) for gray; found %v", maxShare, share)
	}
	return nil
}

// sharedEdges turns the edges of a crop from luma to chroma samples. The last sample of chroma may lie beyond the last
// of luma in part, and yet is as good as the others.
func sharedEdges(lo, hi float64, size, share int) (first, end, edge float64) {
	first, end = lo/float64(share), hi/float64(share)
	if hi == float64(size) {
		return first, end, float64(chromaSide(size, share))
	}
	return first, end, end
}

func chromaSide(luma, share int) int { return (luma + share - 1) / share }

func (a *planeAxes) read(x0, x1, y0, y1 float64) {
	a.part.Min.X, a.part.Max.X = touched(x0, x1)
	a.part.Min.Y, a.part.Max.Y = touched(y0, y1)
}

// narrow reports whether 16 bits do for this plane: no sum of samples and weights leaves their range, and what rounding
// each product loses is less than a quarter of a level, so that a flat area keeps its colour. The error of a sum is at
// most half a step for each product, and the steps are 1/128 and 1/64 of a level.
func (a *planeAxes) narrow() bool {
	down, downSize := a.rows.worst()
	across, acrossSize := a.cols.worst()
	return 3*down+4*across <= 128 && 100*downSize <= 190*unit && downSize*acrossSize <= 5*unit*unit/2
}

// worst is the largest number of weights of a pixel, and the largest sum of their sizes.
func (a axis) worst() (n, size int) {
	for _, s := range a.spans {
		sum := 0
		for _, w := range a.weights[s.at : s.at+s.n] {
			sum += max(int(w), -int(w))
		}
		n, size = max(n, s.n), max(size, sum)
	}
	return n, size
}

func (p *PlanesPlan) colour() bool { return p.share != image.Point{} }

// Geometry returns what the plan was made for, in luma samples.
func (p *PlanesPlan) Geometry() Geometry { return p.geometry }

// Share returns the luma samples across and down that share a chroma sample, (0,0) for a gray picture.
func (p *PlanesPlan) Share() image.Point { return p.share }

// PlanesPay tells whether this processor scales planes faster than RGBA.
func PlanesPay() bool { return hasVector() }
