package icc

import (
	"encoding/binary"
	"fmt"
)

// maxNodes bounds the table of colours: 33 steps for each of three channels are usual, 17 for each of four.
const maxNodes = 200_000

// lut is a table of colours as a profile describes it: a curve for each channel, a grid of nodes, and what is done
// to the values of a node until they are XYZ.
type lut struct {
	input  []curve
	points []int // of the grid, by channel
	node   func(i int) vector
	after  func(v vector) vector // to XYZ
}

// lut reads the profile's table of colours.
func (p *Profile) lut() (*lut, error) {
	name, body := p.lutTag()
	if len(body) < 32 {
		return nil, fmt.Errorf("%w: tag %s: expected a table of colours, found %d bytes", ErrCorrupt, name, len(body))
	}
	if in, out := int(body[8]), int(body[9]); in != p.space.channels() || out != 3 {
		return nil, fmt.Errorf("%w: tag %s: expected a table from %d channels to 3, found %d to %d", ErrCorrupt, name, p.space.channels(), in, out)
	}
	var l *lut
	var err error
	switch typ := string(body[:4]); typ {
	case "mft1", "mft2":
		l, err = p.sampledLUT(body)
	case "mAB ":
		l, err = p.layeredLUT(body)
	default:
		return nil, fmt.Errorf("%w: tag %s: expected the type mft1, mft2 or mAB, found %q", ErrUnsupported, name, typ)
	}
	if err != nil {
		return nil, fmt.Errorf("tag %s: %w", name, err)
	}
	if p.version == 4 && name == "A2B0" {
		l.after = onBlack(l.after)
	}
	return l, nil
}

// onBlack moves the black of version 4 to that of sRGB, and leaves white where it is.
func onBlack(after func(vector) vector) func(vector) vector {
	black, white := blackV4(), whiteD50()
	return func(v vector) vector {
		xyz := after(v)
		for i := range xyz {
			xyz[i] = (xyz[i] - black[i]) * white[i] / (white[i] - black[i])
		}
		return xyz
	}
}

// nodes multiplies the points of a grid, or refuses it.
func nodes(points []int) (int, error) {
	n := 1
	for _, p := range points {
		if p < 1 || n*p > maxNodes {
			return 0, fmt.Errorf("%w: expected a grid of 1 to %d nodes, found one of %v", ErrUnsupported, maxNodes, points)
		}
		n *= p
	}
	return n, nil
}

// reader gives the values of a grid with three outputs, of 1 or 2 bytes each.
func reader(data []byte, size int) func(i int) vector {
	if size == 1 {
		return func(i int) vector {
			b := data[3*i:][:3]
			return vector{float64(b[0]) / 255, float64(b[1]) / 255, float64(b[2]) / 255}
		}
	}
	return func(i int) vector {
		w := func(k int) float64 { return float64(binary.BigEndian.Uint16(data[6*i+2*k:])) / 65535 }
		return vector{w(0), w(1), w(2)}
	}
}

// sampledLUT reads a lut8Type or lut16Type: tables in, grid, tables out. Their matrix is for XYZ pixels only.
func (p *Profile) sampledLUT(body []byte) (*lut, error) {
	const matrixEnd = 48
	if len(body) < matrixEnd+4 {
		return nil, fmt.Errorf("%w: expected the header of a table, found %d bytes", ErrCorrupt, len(body))
	}
	size, inEntries, outEntries, rest := 1, 256, 256, body[matrixEnd:]
	values := octets
	if string(body[:4]) == "mft2" {
		size, inEntries, outEntries = 2, int(binary.BigEndian.Uint16(rest)), int(binary.BigEndian.Uint16(rest[2:]))
		values, rest = words, rest[4:]
	}
	channels := p.space.channels()
	l := &lut{points: make([]int, channels)}
	for i := range l.points {
		l.points[i] = int(body[10])
	}
	n, err := nodes(l.points)
	if err != nil {
		return nil, err
	}
	need := size * (channels*inEntries + 3*n + 3*outEntries)
	if inEntries < 2 || outEntries < 2 || inEntries > 4096 || outEntries > 4096 || len(rest) < need {
		return nil, fmt.Errorf("%w: expected tables of 2 to 4096 values in %d bytes, found %d and %d in %d", ErrCorrupt, need, inEntries, outEntries, len(rest))
	}
	cut := func(bytes int) []byte {
		head := rest[:bytes]
		rest = rest[bytes:]
		return head
	}
	for range channels {
		l.input = append(l.input, table(values(cut(size*inEntries))))
	}
	l.node = reader(cut(size*3*n), size)
	var output [3]curve
	for i := range output {
		output[i] = table(values(cut(size * outEntries)))
	}
	toXYZ := p.connection(size == 2)
	l.after = func(v vector) vector {
		return toXYZ(vector{output[0](v[0]), output[1](v[1]), output[2](v[2])})
	}
	return l, nil
}

// connection gives the way from the values of a table, 0 to 1, to XYZ. In a lut16Type Lab has the encoding of
// version 2, whose white is 0xff00, whatever the version of the profile.
func (p *Profile) connection(old16 bool) func(vector) vector {
	switch {
	case !p.lab:
		const one = 65535.0 / 32768
		return func(v vector) vector { return vector{one * v[0], one * v[1], one * v[2]} }
	case old16:
		const wide = 65535.0 / 65280
		return func(v vector) vector {
			return fromLab(vector{100 * wide * v[0], 255*wide*v[1] - 128, 255*wide*v[2] - 128})
		}
	}
	return func(v vector) vector { return fromLab(vector{100 * v[0], 255*v[1] - 128, 255*v[2] - 128}) }
}
