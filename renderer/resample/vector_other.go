//go:build !amd64

package resample

// vector is the vector path, which only amd64 has.
type vector struct{}

func hasVector() bool { return false }

func newVector(*Plan) *vector { return nil }

func (*vector) bytes() int { return 0 }

func (p *Plan) runVector(dst, src pixels, s *Scratch, opaque bool) {
	p.runPortable(dst, src, s, opaque)
}
