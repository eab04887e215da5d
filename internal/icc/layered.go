package icc

import (
	"encoding/binary"
	"fmt"
)

// gridPoints are the steps by channel where a profile has formulas only.
const gridPoints = 33

// layeredLUT reads a lutAToBType: curves A, grid, curves M, matrix, curves B, of which only B must be there.
func (p *Profile) layeredLUT(body []byte) (*lut, error) {
	part := func(at int) ([]byte, error) {
		offset := uint64(binary.BigEndian.Uint32(body[at:]))
		if offset > uint64(len(body)) {
			return nil, fmt.Errorf("%w: expected an offset of at most %d, found %d", ErrCorrupt, len(body), offset)
		}
		if offset == 0 {
			return nil, nil
		}
		return body[offset:], nil
	}
	var parts [5][]byte
	for i := range parts {
		var err error
		if parts[i], err = part(12 + 4*i); err != nil {
			return nil, err
		}
	}
	bBody, matrixBody, mBody, gridBody, aBody := parts[0], parts[1], parts[2], parts[3], parts[4]
	b, err := threeCurves(bBody)
	if err != nil {
		return nil, fmt.Errorf("curves B: %w", err)
	}
	m, err := threeCurves(mBody)
	if err != nil {
		return nil, fmt.Errorf("curves M: %w", err)
	}
	mix, offset, err := parseMatrix(matrixBody)
	if err != nil {
		return nil, err
	}
	l := new(lut)
	if l.input, err = parseCurves(aBody, p.space.channels()); err != nil {
		return nil, fmt.Errorf("curves A: %w", err)
	}
	if err := l.readGrid(gridBody, p.space.channels()); err != nil {
		return nil, err
	}
	toXYZ := p.connection(false)
	l.after = func(v vector) vector {
		v = mix.apply(vector{m[0](v[0]), m[1](v[1]), m[2](v[2])})
		return toXYZ(vector{b[0](v[0] + offset[0]), b[1](v[1] + offset[1]), b[2](v[2] + offset[2])})
	}
	return l, nil
}

// threeCurves reads the curves of three channels.
func threeCurves(data []byte) ([3]curve, error) {
	curves, err := parseCurves(data, 3)
	if err != nil {
		return [3]curve{}, err
	}
	return [3]curve(curves), nil
}

// parseCurves reads curves that follow each other, each filled up to a multiple of 4 bytes. No data stand for
// curves that change nothing.
func parseCurves(data []byte, channels int) ([]curve, error) {
	out := make([]curve, channels)
	for i := range out {
		if data == nil {
			out[i] = identity
			continue
		}
		c, size, err := parseCurve(data)
		if err != nil {
			return nil, fmt.Errorf("channel %d: %w", i, err)
		}
		out[i], data = c, data[min((size+3)&^3, len(data)):]
	}
	return out, nil
}

// parseMatrix reads nine factors and three summands. No data stand for a matrix that changes nothing.
func parseMatrix(data []byte) (m matrix, offset vector, err error) {
	if data == nil {
		return matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, vector{}, nil
	}
	if len(data) < 48 {
		return m, offset, fmt.Errorf("%w: expected a matrix of 48 bytes, found %d", ErrCorrupt, len(data))
	}
	for i := range 3 {
		for k := range 3 {
			m[i][k] = fixed(data[4*(3*i+k):])
		}
		offset[i] = fixed(data[36+4*i:])
	}
	return m, offset, nil
}

// readGrid reads the grid. Without one three channels go on as they are, and the grid is ours.
func (l *lut) readGrid(data []byte, channels int) error {
	if data == nil {
		if channels != 3 {
			return fmt.Errorf("%w: expected a grid for %d channels, found none", ErrCorrupt, channels)
		}
		const last = gridPoints - 1
		l.points = []int{gridPoints, gridPoints, gridPoints}
		l.node = func(i int) vector {
			return vector{float64(i/gridPoints/gridPoints) / last, float64(i/gridPoints%gridPoints) / last, float64(i%gridPoints) / last}
		}
		return nil
	}
	const header = 20 // 16 numbers of points, the bytes of a value, nothing
	if len(data) < header {
		return fmt.Errorf("%w: expected the header of a grid, found %d bytes", ErrCorrupt, len(data))
	}
	l.points = make([]int, channels)
	for i := range l.points {
		l.points[i] = int(data[i])
	}
	n, err := nodes(l.points)
	if err != nil {
		return err
	}
	size := int(data[16])
	if size != 1 && size != 2 || len(data)-header < 3*n*size {
		return fmt.Errorf("%w: expected a grid of %d nodes, found values of %d bytes in %d", ErrCorrupt, n, size, len(data)-header)
	}
	l.node = reader(data[header:], size)
	return nil
}
