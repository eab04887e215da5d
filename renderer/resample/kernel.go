package resample

import "math"

// kernel is a filter: its weight at a distance from its middle, and the distance from which on that is zero.
type kernel struct {
	at      func(x float64) float64
	support float64
}

// kernelFor picks the filter for an axis on which one destination pixel covers scale source pixels.
func kernelFor(scale float64) kernel {
	if scale > 1 {
		return kernel{lanczos3, 3}
	}
	return kernel{catmullRom, 2}
}

// In these functions each product that meets a sum is converted to float64: the language then forbids to fuse them,
// and the weights are the same on every machine.

// lanczos3 is sinc(x) sinc(x/3), made of a single sine: that of three times an angle is 3s - 4s³.
func lanczos3(x float64) float64 {
	x = math.Abs(x)
	switch {
	case x == 0:
		return 1
	case x >= 3:
		return 0
	}
	square := sinPi(x / 3)
	square *= square
	return square * (9 - float64(12*square)) / float64(math.Pi*math.Pi*float64(x*x))
}

func catmullRom(x float64) float64 {
	x = math.Abs(x)
	switch {
	case x < 1:
		return float64(float64(float64(1.5*x)-2.5)*float64(x*x)) + 1
	case x < 2:
		return float64((float64(float64(float64(-0.5*x)+2.5)*x)-4)*x) + 2
	}
	return 0
}

// sinPi is the sine of pi times x for x from 0 to 1, off by less than 1e-7: a hundredth of what rounding a weight
// loses. It is Taylor's series up to the 11th power, from its small end.
func sinPi(x float64) float64 {
	t := math.Pi * min(x, 1-x)
	square := float64(t * t)
	sum := 1.0/362880 - float64(square*(1.0/39916800))
	sum = 1.0/5040 - float64(square*sum)
	sum = 1.0/120 - float64(square*sum)
	sum = 1.0/6 - float64(square*sum)
	sum = 1 - float64(square*sum)
	return t * sum
}
