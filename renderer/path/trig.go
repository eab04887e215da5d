package path

import "math"

// sincos returns the sine and cosine of an angle. Multiples of 90 degrees are exact.
func sincos(degrees float64) (sin, cos float64) {
	d := math.Mod(degrees, 360)
	quarter := math.Floor(d/90 + 0.5)
	x := float64((d-float64(quarter*90))*math.Pi) / 180
	s, c := sinSeries(x), cosSeries(x)
	switch int(quarter) & 3 {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}

// sinSeries and cosSeries are the Taylor series for angles up to π/4, cut where the next term is below 1e-17.
func sinSeries(x float64) float64 {
	z, sum := float64(x*x), 1.0
	for n := 16.0; n > 1; n -= 2 {
		sum = 1 - float64(sum*z)/float64(n*(n+1))
	}
	return float64(x * sum)
}

func cosSeries(x float64) float64 {
	z, sum := float64(x*x), 1.0
	for n := 15.0; n > 0; n -= 2 {
		sum = 1 - float64(sum*z)/float64(n*(n+1))
	}
	return sum
}
