package mask

import "math"

// In these functions each product that meets a sum is converted to float64: the language then forbids to fuse them,
// and the weights are the same on every machine.

// gaussian is the weights of a Gaussian at 0 to reach pixels from its middle, in units in which all of them, both
// sides counted, are exactly one. Whatever rounding leaves over goes to the middle.
func gaussian(weights []uint64, variance float64, reach, one int) []uint64 {
	weights = grown(weights, reach+1)
	// The weight at n is q to the power of n², and each follows from the one before.
	q := expMinus(1 / (2 * variance))
	sum, value, step := 1.0, 1.0, q
	for n := 1; n <= reach; n++ {
		value *= step
		step *= float64(q * q)
		sum += 2 * value
	}
	left := uint64(one)
	value, step = 1.0, q
	for n := 1; n <= reach; n++ {
		value *= step
		step *= float64(q * q)
		w := uint64(math.Round(value / sum * float64(one)))
		weights[n] = w
		left -= 2 * w
	}
	weights[0] = left
	return weights
}

// expMinus is e to the power of -x for x from 0 on, by Taylor's series of a part of x small enough for it.
func expMinus(x float64) float64 {
	if x > 700 {
		return 0
	}
	squarings := 0
	for ; x > 0.125; squarings++ {
		x /= 2
	}
	sum := 1.0
	for n := 9; n >= 1; n-- {
		sum = 1 - float64(float64(x*sum)/float64(n))
	}
	for range squarings {
		sum *= sum
	}
	return sum
}

// spline is the cubic B-spline, whose variance is a third.
func spline(x float64) float64 {
	x = math.Abs(x)
	switch {
	case x < 1:
		square := float64(x * x)
		return 2.0/3 - square + float64(square*x/2)
	case x < 2:
		rest := 2 - x
		return float64(float64(rest*rest)*rest) / 6
	}
	return 0
}

// shrinking is the weights by which 4f-1 pixels make one that stands for f of them, and the sums of the weights
// before each: the last sum is exactly one.
func shrinking(weights, sums []uint64, f, one int) (w, before []uint64) {
	weights, sums = grown(weights, 4*f-1), grown(sums, 4*f)
	middle := 2*f - 1
	left := uint64(one)
	for n := 1; n <= middle; n++ {
		w := uint64(math.Round(spline(float64(n)/float64(f)) / float64(f) * float64(one)))
		weights[middle-n], weights[middle+n] = w, w
		left -= 2 * w
	}
	weights[middle] = left
	sums[0] = 0
	for i, w := range weights {
		sums[i+1] = sums[i] + w
	}
	return weights, sums
}

// growing is, for each of the f pixels from one shrunk pixel to the next, the weights of the one before, these two
// and the one after, whose sum is exactly one.
func growing(phases [][4]uint64, f, one int) [][4]uint64 {
	phases = grown(phases, f)
	for i := range phases {
		t := float64(i) / float64(f)
		left := uint64(one)
		p := &phases[i]
		for n, x := range [4]float64{t + 1, t, t - 1, t - 2} {
			p[n] = uint64(math.Round(spline(x) * float64(one)))
			left -= p[n]
		}
		near := 1 + (2*i)/f
		p[near] += left // may be a wrapped -1 or -2
	}
	return phases
}
