package chroma

import "encoding/binary"

// scan goes over a picture.
type scan struct {
	pix           []byte
	stride        int
	width, height int
	left          int // edges still to find
}

// row looks for edges across one row. It compares pixels that are two apart, since the one between them belongs to both
// sides where an edge is smooth.
func (s *scan) row(y int) {
	row := s.pix[y*s.stride:][:4*s.width]
	u0, v0 := differences(binary.LittleEndian.Uint32(row))
	u1, v1 := differences(binary.LittleEndian.Uint32(row[4:]))
	for i := 8; i < len(row)-3; i += 4 {
		u2, v2 := differences(binary.LittleEndian.Uint32(row[i:]))
		if apart(u0, v0, u2, v2) && s.edge(i/4-2, y, i/4, y) {
			s.left--
		}
		u0, v0, u1, v1 = u1, v1, u2, v2
	}
}

// columns looks for edges between the row y and the one two above it, in one column of so many.
func (s *scan) columns(y, every int) {
	above, row := s.pix[(y-2)*s.stride:][:4*s.width], s.pix[y*s.stride:][:4*s.width]
	for i := 2 * every; i+4 <= len(row) && i+4 <= len(above); i += 4 * every {
		a, b := binary.LittleEndian.Uint32(above[i:]), binary.LittleEndian.Uint32(row[i:])
		if a == b {
			continue
		}
		au, av := differences(a)
		bu, bv := differences(b)
		if apart(au, av, bu, bv) && s.edge(i/4, y-2, i/4, y) {
			s.left--
		}
	}
}

// differences gives R-G and B-G. Grey has none, and Cb and Cr are sums of the two with weights of a half and less
// (ITU-T T.871, section 7).
func differences(p uint32) (u, v int32) {
	g := int32(p >> 8 & 255)
	return int32(p&255) - g, int32(p>>16&255) - g
}

// leastStep is the change of colour over an edge from which it counts, in levels of R-G and B-G together.
const leastStep = 96

func apart(au, av, bu, bv int32) bool {
	return abs(au-bu)+abs(av-bv) >= leastStep
}

// edge reports whether the change between two pixels is that of drawn shapes. These have areas of exactly one colour,
// where noise and the quantization of their files leave hardly any to a photo next to an edge. One such area is enough:
// that of the stronger colour, over whatever photo it may be drawn, or that of the paper, with some strokes, which may
// be too thin for areas of their own. If only the weaker colour is flat, as the white about a product, what smears hides
// in the photo.
func (s *scan) edge(x0, y0, x1, y1 int) bool {
	const area = 4 // neighbours alike: no line, and no accident
	strong, weak := s.alike(x0, y0), s.alike(x1, y1)
	if s.strength(x0, y0) <= s.strength(x1, y1) {
		strong, weak = weak, strong
	}
	return strong >= area || weak >= area && strong >= 1
}

// strength is how far a pixel is from grey.
func (s *scan) strength(x, y int) int32 {
	u, v := differences(s.at(x, y))
	return abs(u) + abs(v)
}

// alike counts the eight neighbours that have the very colour of a pixel.
func (s *scan) alike(x, y int) int {
	const rgb = 0xffffff
	p, n := s.at(x, y), -1 // itself is found too
	for ny := max(y-1, 0); ny <= min(y+1, s.height-1); ny++ {
		for nx := max(x-1, 0); nx <= min(x+1, s.width-1); nx++ {
			if (s.at(nx, ny)^p)&rgb == 0 {
				n++
			}
		}
	}
	return n
}

func (s *scan) at(x, y int) uint32 {
	return binary.LittleEndian.Uint32(s.pix[y*s.stride+4*x:])
}

func abs(n int32) int32 {
	sign := n >> 31
	return n ^ sign - sign
}
