//go:build !amd64

package resample

// planesVector is the vector path, which only amd64 has.
type planesVector struct{}

func newPlanesVector(*PlanesPlan) *planesVector { return nil }

func (*planesVector) bytes() int { return 0 }

func (p *PlanesPlan) runVector(dst pixels, src Planes, s *planesScratch) { p.runPortable(dst, src, s) }
