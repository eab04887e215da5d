package resample

import "image"

// RunPortable is Run without the vector path.
func (p *Plan) RunPortable(dst, src *image.RGBA, s *Scratch) {
	p.runPortable(pixelsOf(dst), pixelsOf(src), s, false)
}
