package fastpng

const (
	adlerModulus = 65521
	adlerBytes   = 4096 // that can be added before the sums are reduced
)

// adler is the checksum of RFC 1950: a sums the bytes, b what a is after each.
type adler struct{ a, b uint64 }

func newAdler() adler { return adler{a: 1} }

func (s *adler) write(p []byte) { s.writePortable(s.writeVector(p)) }

func (s *adler) writePortable(p []byte) {
	for len(p) > 0 {
		part := p[:min(len(p), adlerBytes)]
		p = p[len(part):]
		a, b := s.a, s.b
		for len(part) >= 4 {
			p0, p1, p2, p3 := uint64(part[0]), uint64(part[1]), uint64(part[2]), uint64(part[3])
			b += 4*(a+p0) + 3*p1 + 2*p2 + p3
			a += p0 + p1 + p2 + p3
			part = part[4:]
		}
		for _, v := range part {
			a += uint64(v)
			b += a
		}
		s.a, s.b = a, b
		s.reduce()
	}
}

func (s *adler) reduce() { s.a, s.b = s.a%adlerModulus, s.b%adlerModulus }

func (s *adler) value() uint32 { return uint32(s.b<<16 | s.a) }
