package jpegplanes

import "math"

// cosineBits is the precision of the waves.
const cosineBits = 12

// cosines gives by rows, for each frequency, its wave at the 8 samples (T.81, A.3.3).
func cosines() block {
	var waves block
	for u := range 8 {
		scale := 0.5
		if u == 0 {
			scale = math.Sqrt(0.125)
		}
		for x := range 8 {
			waves[8*u+x] = int32(math.Round(scale * math.Cos(float64((2*x+1)*u)*math.Pi/16) * (1 << cosineBits)))
		}
	}
	return waves
}

// inverse turns the coefficients of a block into samples, by columns and then by rows.
func inverse(coefficients *[64]int16, quantization *[64]uint16, waves *block, out []byte, stride int) {
	var half [64]int64
	for v := range 8 {
		for u := range 8 {
			level := int64(coefficients[8*v+u]) * int64(quantization[8*v+u])
			if level == 0 {
				continue
			}
			for y := range 8 {
				half[8*y+u] += level * int64(waves[8*v+y])
			}
		}
	}
	for y := range 8 {
		row := out[y*stride:][:8]
		for x := range row {
			sum := int64(1) << (2*cosineBits - 1)
			for u := range 8 {
				sum += half[8*y+u] * int64(waves[8*u+x])
			}
			row[x] = byte(min(max(128+sum>>(2*cosineBits), 0), 255))
		}
	}
}
