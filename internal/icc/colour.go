package icc

import "math"

// vector is a colour, of whatever kind.
type vector [3]float64

// matrix holds rows.
type matrix [3]vector

func (m *matrix) apply(v vector) vector {
	var out vector
	for i, row := range m {
		out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return out
}

// whiteD50 is the white of the profile connection space in XYZ.
func whiteD50() vector { return vector{0.9642, 1, 0.8249} }

// blackV4 is what version 4 calls black for the perceptual intent in XYZ, as dark as a good print.
func blackV4() vector { return vector{0.00336, 0.0034731, 0.00287} }

// toLinear leads from XYZ under D50 to linear sRGB: the inverse of the sRGB primaries and white of IEC 61966-2-1,
// adapted to D50 with the Bradford transform.
func toLinear() matrix {
	return matrix{
		{3.1338561, -1.6168667, -0.4906146},
		{-0.9787684, 1.9161415, 0.0334540},
		{0.0719453, -0.2289914, 1.4052427},
	}
}

// fromLab leads from CIELAB to XYZ under D50.
func fromLab(lab vector) vector {
	f := func(t float64) float64 {
		if t > 6.0/29 {
			return t * t * t
		}
		return 3 * (6.0 / 29) * (6.0 / 29) * (t - 4.0/29)
	}
	y, w := (lab[0]+16)/116, whiteD50()
	return vector{w[0] * f(y+lab[1]/500), w[1] * f(y), w[2] * f(y-lab[2]/200)}
}

// encode is the tone curve of sRGB, from light to level; below 0 it is mirrored.
func encode(light float64) float64 {
	switch {
	case light < 0:
		return -encode(-light)
	case light <= 0.0031308:
		return 12.92 * light
	}
	return 1.055*math.Pow(light, 1/2.4) - 0.055
}

// decode is the inverse of encode for levels from 0.
func decode(level float64) float64 {
	if level <= 0.04045 {
		return level / 12.92
	}
	return math.Pow((level+0.055)/1.055, 2.4)
}

// lightBits is the precision of the table from light to level: a step at the dark end, where levels are closest, is
// a fifth of a level.
const lightBits = 14

// levels is encode for light in steps of 1/2^lightBits, rounded to bytes.
type levels [1<<lightBits + 1]byte

func newLevels() *levels {
	out := new(levels)
	from := 0
	for level := range 255 { // the light half way to the next level ends this one
		to := int(decode((float64(level)+0.5)/255)*(1<<lightBits)) + 1
		for i := from; i < to; i++ {
			out[i] = byte(level)
		}
		from = to
	}
	for i := from; i < len(out); i++ {
		out[i] = 255
	}
	return out
}
