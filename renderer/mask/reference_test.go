package mask_test

import (
	"image"
	"math"
	"math/rand/v2"
)

// gauss is m blurred by a true Gaussian in floating point, on area, in levels. beyond gives what lies outside of m.
func gauss(m *image.Alpha, area image.Rectangle, sigma float64, beyond func(x, y int) float64) []float64 {
	reach := int(math.Ceil(5 * sigma))
	weights := make([]float64, 2*reach+1)
	sum := 0.0
	for i := range weights {
		d := float64(i - reach)
		weights[i] = math.Exp(-d * d / (2 * sigma * sigma))
		sum += weights[i]
	}
	w, h := area.Dx(), area.Dy()
	across := make([]float64, (w+2*reach)*h)
	for y := range h {
		for x := range w + 2*reach {
			total := 0.0
			for i, k := range weights {
				px, py := area.Min.X+x-reach, area.Min.Y+y+i-reach
				if image.Pt(px, py).In(m.Rect) {
					total += k * float64(m.AlphaAt(px, py).A)
				} else {
					total += k * beyond(px, py)
				}
			}
			across[y*(w+2*reach)+x] = total / sum
		}
	}
	out := make([]float64, w*h)
	for y := range h {
		for x := range w {
			total := 0.0
			for i, k := range weights {
				total += k * across[y*(w+2*reach)+x+i]
			}
			out[y*w+x] = total / sum
		}
	}
	return out
}

func nothing(int, int) float64 { return 0 }

// painted is a mask of the given area whose pixels f gives.
func painted(area image.Rectangle, f func(x, y int) byte) *image.Alpha {
	m := image.NewAlpha(area)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			m.Pix[m.PixOffset(x, y)] = f(x, y)
		}
	}
	return m
}

// patterns are masks on which filters that only resemble a Gaussian fail.
func patterns(area image.Rectangle, sigma float64) map[string]*image.Alpha {
	random := rand.New(rand.NewPCG(1, 2))
	bar := 0.742 * sigma // half as wide as where a Gaussian's fourth derivative is positive
	middle := float64(area.Min.X+area.Max.X) / 2
	return map[string]*image.Alpha{
		"full":  painted(area, func(x, y int) byte { return 255 }),
		"noise": painted(area, func(x, y int) byte { return byte(255 * random.IntN(2)) }),
		"bar": painted(area, func(x, y int) byte {
			if math.Abs(float64(x)-middle) <= bar {
				return 255
			}
			return 0
		}),
		"waves": painted(area, func(x, y int) byte {
			return byte(127.5 + 127.5*math.Sin(float64(x+y)/(sigma*math.Sqrt2)))
		}),
		"edge": painted(area, func(x, y int) byte {
			if 3*x+2*y < area.Dx()*2 {
				return 255
			}
			return 0
		}),
		"point": painted(area, func(x, y int) byte {
			if x == area.Min.X+3 && y == area.Min.Y+5 {
				return 255
			}
			return 0
		}),
	}
}

// disc is an antialiased disc, sampled finely.
func disc(area image.Rectangle, cx, cy, r float64) *image.Alpha {
	return sampled(area, func(x, y float64) bool { return math.Hypot(x-cx, y-cy) <= r })
}

// sampled is the coverage of the points that inside tells, by 16x16 samples a pixel.
func sampled(area image.Rectangle, inside func(x, y float64) bool) *image.Alpha {
	const n = 16
	return painted(area, func(x, y int) byte {
		hits := 0
		for i := range n * n {
			if inside(float64(x)+(float64(i%n)+0.5)/n, float64(y)+(float64(i/n)+0.5)/n) {
				hits++
			}
		}
		return byte((hits*255 + n*n/2) / (n * n))
	})
}
