package icc

import (
	"encoding/binary"
	"fmt"
	"math"
)

// curve maps 0 to 1 onto 0 to 1.
type curve func(x float64) float64

func identity(x float64) float64 { return x }

// unit cuts x to 0 to 1, and takes what is no number for 0.
func unit(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1)
}

// table interpolates between equidistant values.
func table(values []float64) curve {
	last := len(values) - 1
	return func(x float64) float64 {
		at := unit(x) * float64(last)
		i := min(int(at), last-1)
		return values[i] + (at-float64(i))*(values[i+1]-values[i])
	}
}

// parseCurve reads a curveType or parametricCurveType that data begins with, and says how long it is.
func parseCurve(data []byte) (c curve, size int, err error) {
	if len(data) < 12 {
		return nil, 0, fmt.Errorf("%w: expected a curve, found %d bytes", ErrCorrupt, len(data))
	}
	switch typ := string(data[:4]); typ {
	case "curv":
		return parseSampled(data)
	case "para":
		return parseParametric(data)
	default:
		return nil, 0, fmt.Errorf("%w: expected a curve of type curv or para, found %q", ErrCorrupt, typ)
	}
}

// maxSamples bounds the values of a curve; 4096 are much.
const maxSamples = 1 << 16

// parseSampled reads a curveType: nothing, a gamma or a table.
func parseSampled(data []byte) (c curve, size int, err error) {
	count, body := uint64(binary.BigEndian.Uint32(data[8:])), data[12:]
	if count > maxSamples || 2*count > uint64(len(body)) {
		return nil, 0, fmt.Errorf("%w: expected a curve of at most %d values in %d bytes, found %d", ErrCorrupt, maxSamples, len(body), count)
	}
	size = 12 + 2*int(count)
	switch count {
	case 0:
		return identity, size, nil
	case 1:
		gamma := float64(binary.BigEndian.Uint16(body)) / 256
		return func(x float64) float64 { return unit(math.Pow(unit(x), gamma)) }, size, nil
	}
	return table(words(body[:2*count])), size, nil
}

// words reads 16-bit values as 0 to 1.
func words(data []byte) []float64 {
	out := make([]float64, len(data)/2)
	for i := range out {
		out[i] = float64(binary.BigEndian.Uint16(data[2*i:])) / 65535
	}
	return out
}

// octets reads 8-bit values as 0 to 1.
func octets(data []byte) []float64 {
	out := make([]float64, len(data))
	for i, b := range data {
		out[i] = float64(b) / 255
	}
	return out
}

// parseParametric reads a parametricCurveType. All five kinds are (ax+b)^g + e from x = d on and cx + f below.
func parseParametric(data []byte) (c curve, size int, err error) {
	kind := int(binary.BigEndian.Uint16(data[8:]))
	counts := []int{1, 3, 4, 5, 7}
	if kind >= len(counts) || len(data) < 12+4*counts[kind] {
		return nil, 0, fmt.Errorf("%w: expected a parametric curve of kind 0 to 4, found kind %d in %d bytes", ErrCorrupt, kind, len(data))
	}
	var p [7]float64
	for i := range counts[kind] {
		p[i] = fixed(data[12+4*i:])
	}
	g, a, b, slope, d, e, f := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	switch kind {
	case 0:
		a, slope = 1, 0
	case 1:
		d = -b / a
	case 2: // the fourth number is added on both sides
		d, e, f, slope = -b/a, slope, slope, 0
	}
	return func(x float64) float64 {
		x = unit(x)
		if x >= d {
			return unit(math.Pow(a*x+b, g) + e)
		}
		return unit(slope*x + f)
	}, 12 + 4*counts[kind], nil
}

// fixed reads an s15Fixed16Number.
func fixed(data []byte) float64 {
	return float64(int32(binary.BigEndian.Uint32(data))) / 65536
}
