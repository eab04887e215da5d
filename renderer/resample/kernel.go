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

func lanczos3(x float64) float64 {
	x = math.Abs(x)
	switch {
	case x == 0:
		return 1
	case x >= 3:
		return 0
	}
	return 3 * sinPi(x) * sinPi(x/3) / (math.Pi * math.Pi * x * x)
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

// sinPi is the sine of pi times x, off by less than 1e-11: a millionth of the finest step of a weight.
func sinPi(x float64) float64 {
	turn := math.Round(x)
	t := math.Pi * float64(x-turn)
	square := float64(t * t)
	sum := 1.0
	for n := 14.0; n > 0; n -= 2 { // Taylor's series up to the 15th power, from its small end
		sum = 1 - float64(square*sum/float64(n*(n+1)))
	}
	if math.Mod(turn, 2) != 0 {
		return -t * sum
	}
	return t * sum
}
