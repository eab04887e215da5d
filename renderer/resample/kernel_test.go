package resample

import (
	"math"
	"testing"
)

func TestKernels(t *testing.T) {
	t.Parallel()
	for x := -4.0; x <= 4; x += 1.0 / 128 {
		want := 0.0
		if math.Abs(x) < 3 {
			want = sinc(x) * sinc(x/3)
		}
		if got := lanczos3(x); math.Abs(got-want) > 3e-7 {
			t.Fatalf("lanczos3(%v): expected %v, found %v", x, want, got)
		}
		sum := 0.0
		for i := -8.0; i <= 8; i++ {
			sum += catmullRom(x + i)
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Fatalf("catmullRom at all distances %v + i: expected a sum of 1, found %v", x, sum)
		}
	}
	for i, want := range []float64{1, 0, 0, 0} {
		if got := catmullRom(float64(i)); got != want {
			t.Fatalf("catmullRom(%d): expected %v, found %v", i, want, got)
		}
	}
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}
