package resample

import "image"

// RunPortable is Run without the vector path.
func (p *Plan) RunPortable(dst, src *image.RGBA, s *Scratch) {
	p.runPortable(pixelsOf(dst), pixelsOf(src), s, false)
}

// RunPortable is Run without the vector path.
func (p *PlanesPlan) RunPortable(dst *image.RGBA, src Planes, s *Scratch) {
	p.runPortable(pixelsOf(dst), src, &s.planes)
}

// Exact reports whether 16 bits are too few for the plan's sums.
func (p *PlanesPlan) Exact() bool { return p.exact }
