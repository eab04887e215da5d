package icc_test

import (
	"errors"
	"math"
	"testing"

	"github.com/adloom/adloom/internal/icc"
)

type rgb [3]byte

// run gives what a transform makes of one colour.
func run(t testing.TB, tr *icc.Transform, c rgb) rgb {
	t.Helper()
	pix := []byte{c[0], c[1], c[2], 77}
	if err := tr.RGB(pix); err != nil {
		t.Fatal(err)
	}
	if pix[3] != 77 {
		t.Fatalf("alpha became %d", pix[3])
	}
	return rgb(pix)
}

func apart(a, b rgb) int {
	most := 0
	for i := range a {
		most = max(most, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return most
}

// The wanted values were computed from the published chromaticities, all under D65, with no profile in between.
func TestKnownColours(t *testing.T) {
	t.Parallel()
	f := func(name string, profile []byte, in, want rgb) {
		t.Helper()
		if got := run(t, transform(t, profile), in); apart(got, want) > 1 {
			t.Errorf("%s: %v became %v, want %v", name, in, got, want)
		}
	}
	for _, gray := range []byte{0, 1, 64, 128, 200, 255} { // the same curve as sRGB: gray stays
		f("P3 gray", p3Profile(), rgb{gray, gray, gray}, rgb{gray, gray, gray})
	}
	f("P3 red", p3Profile(), rgb{255, 0, 0}, rgb{255, 0, 0})
	f("P3 orange", p3Profile(), rgb{200, 120, 60}, rgb{213, 115, 42})
	f("P3 green", p3Profile(), rgb{100, 180, 90}, rgb{65, 182, 77})
	f("Adobe white", adobeProfile(), rgb{255, 255, 255}, rgb{255, 255, 255})
	f("Adobe gray", adobeProfile(), rgb{128, 128, 128}, rgb{128, 128, 128})
	f("Adobe dark", adobeProfile(), rgb{20, 20, 20}, rgb{12, 12, 12})
	f("Adobe orange", adobeProfile(), rgb{180, 120, 80}, rgb{199, 121, 77})
	f("Adobe green", adobeProfile(), rgb{120, 180, 100}, rgb{81, 181, 94})
}

func TestIsSRGB(t *testing.T) {
	t.Parallel()
	f := func(name string, profile []byte, want bool) {
		t.Helper()
		p, err := icc.Parse(profile)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.IsSRGB(); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	f("parametric", srgbProfile(srgbPara()), true)
	f("sampled", srgbProfile(sampled(1024, light)), true)
	f("gamma 2.2", srgbProfile(gamma(2.2)), false)
	f("linear", srgbProfile("curv\x00\x00\x00\x00\x00\x00\x00\x00"), false)
	f("broken curve", srgbProfile("curv"), false)
	f("P3", p3Profile(), false)
	f("Adobe RGB", adobeProfile(), false)
	f("gray", build(2, "mntr", "GRAY", "XYZ ", map[string]string{"kTRC": srgbPara()}), true)
	f("gray, gamma 1.8", build(2, "mntr", "GRAY", "XYZ ", map[string]string{"kTRC": gamma(1.8)}), false)
	f("gray to Lab", build(2, "mntr", "GRAY", "Lab ", map[string]string{"kTRC": srgbPara()}), false)
}

// A profile of sRGB in any form changes no colour by more than a level.
func TestSRGBStays(t *testing.T) {
	t.Parallel()
	// XYZ of the table goes to 1.99997, so that light has to be halved.
	const half = 32768.0 / 65535
	matrix := s15(0.43607*half, 0.38515*half, 0.14307*half, 0.22249*half, 0.71687*half, 0.06061*half, 0.01392*half, 0.09708*half, 0.71410*half, 0, 0, 0)
	cube := "\x21\x21\x21\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00" +
		string(grid(3, 33, func(at []float64) []float64 { return at }))
	nothing := three("curv\x00\x00\x00\x00\x00\x00\x00\x00")
	lutXYZ := func(at []float64) []float64 {
		r, g, b := light(at[0]), light(at[1]), light(at[2])
		return []float64{half * (0.43607*r + 0.38515*g + 0.14307*b), half * (0.22249*r + 0.71687*g + 0.06061*b), half * (0.01392*r + 0.09708*g + 0.71410*b)}
	}
	for name, profile := range map[string][]byte{
		"parametric":     srgbProfile(srgbPara()),
		"sampled":        srgbProfile(sampled(1024, light)),
		"layers":         build(4, "mntr", "RGB ", "XYZ ", map[string]string{"A2B1": mab(3, nothing, matrix, three(srgbPara()), "", "")}),
		"layers, grid":   build(4, "mntr", "RGB ", "XYZ ", map[string]string{"A2B1": mab(3, nothing, matrix, three(srgbPara()), cube, nothing)}),
		"grid of light":  build(2, "scnr", "RGB ", "XYZ ", map[string]string{"A2B0": mft2(3, 33, lutXYZ)}),
		"also a matrix":  build(2, "mntr", "RGB ", "XYZ ", map[string]string{"A2B0": mft2(3, 33, lutXYZ), "rXYZ": "?"}),
		"shared, padded": srgbProfile(pad(sampled(4095, light))),
	} {
		tr := transform(t, profile)
		for r := 0; r < 256; r += 15 {
			for g := 0; g < 256; g += 15 {
				for b := range 256 {
					in := rgb{byte(r), byte(g), byte(b)}
					if got := run(t, tr, in); apart(got, in) > 1 {
						t.Fatalf("%s: %v became %v", name, in, got)
					}
				}
			}
		}
	}
}

func TestParametricCurves(t *testing.T) {
	t.Parallel()
	f := func(name, curve string, want func(x float64) float64) {
		t.Helper()
		tr := transform(t, build(4, "mntr", "GRAY", "XYZ ", map[string]string{"kTRC": curve}))
		for level := range 256 {
			y := min(max(want(float64(level)/255), 0), 1)
			expected := 12.92 * y
			if y > 0.0031308 {
				expected = 1.055*math.Pow(y, 1/2.4) - 0.055
			}
			got := run(t, tr, rgb{byte(level), byte(level), byte(level)})
			if diff := math.Abs(float64(got[0]) - 255*expected); diff > 1.01 || got[0] != got[1] || got[1] != got[2] {
				t.Errorf("%s: %d became %v, want %.1f", name, level, got, 255*expected)
				return
			}
		}
	}
	f("identity", "curv\x00\x00\x00\x00\x00\x00\x00\x00", func(x float64) float64 { return x })
	f("gamma", gamma(1.75), func(x float64) float64 { return math.Pow(x, 1.75) })
	f("kind 0", para(0, 2.5), func(x float64) float64 { return math.Pow(x, 2.5) })
	f("kind 1", para(1, 2, 1.25, -0.25), func(x float64) float64 {
		if x < 0.2 {
			return 0
		}
		return math.Pow(1.25*x-0.25, 2)
	})
	f("kind 2", para(2, 2, 1, -0.25, 0.125), func(x float64) float64 {
		if x < 0.25 {
			return 0.125
		}
		return math.Pow(x-0.25, 2) + 0.125
	})
	f("kind 3", srgbPara(), light)
	f("kind 4", para(4, 2, 0.5, 0.25, 0.5, 0.5, 0.125, 0.0625), func(x float64) float64 {
		if x < 0.5 {
			return 0.5*x + 0.0625
		}
		return math.Pow(0.5*x+0.25, 2) + 0.125
	})
	f("table", sampled(5, func(x float64) float64 { return 1 - x }), func(x float64) float64 { return 1 - x })
	f("no numbers", para(1, -3, 0, 0), func(float64) float64 { return 0 })
}

func TestGrayThroughLab(t *testing.T) {
	t.Parallel()
	tr := transform(t, build(2, "mntr", "GRAY", "Lab ", map[string]string{"kTRC": "curv\x00\x00\x00\x00\x00\x00\x00\x00"}))
	for level, want := range map[byte]byte{0: 0, 128: 119, 255: 255} { // L* of 50.2
		if got := run(t, tr, rgb{level, level, level}); got != (rgb{want, want, want}) {
			t.Errorf("%d became %v, want %d", level, got, want)
		}
	}
}

// ink is a made-up press: each ink takes a part of lightness, and colours go to Lab as version 2 encodes it.
func ink(at []float64) []float64 {
	l := 100 * (1 - 0.3*at[0]) * (1 - 0.4*at[1]) * (1 - 0.1*at[2]) * (1 - 0.9*at[3])
	a, b := 60*(at[1]-at[0]), 70*at[2]
	return []float64{l / 100 * 65280 / 65535, (a + 128) * 256 / 65535, (b + 128) * 256 / 65535}
}

func TestCMYK(t *testing.T) {
	t.Parallel()
	tr := transform(t, build(2, "prtr", "CMYK", "Lab ", map[string]string{"A2B0": mft2(4, 5, ink), "A2B1": "?"}))
	f := func(src [4]byte, want rgb) {
		t.Helper()
		dst := []byte{9, 9, 9, 9}
		if err := tr.CMYK(dst, src[:]); err != nil {
			t.Fatal(err)
		}
		if apart(rgb(dst), want) > 1 || dst[3] != 255 {
			t.Errorf("%v became %v, want %v", src, dst, want)
		}
	}
	// Worked out from Lab one by one.
	f([4]byte{0, 0, 0, 0}, rgb{255, 255, 255})
	f([4]byte{0, 0, 0, 255}, rgb{27, 27, 27})      // L* 10
	f([4]byte{0, 0, 0, 128}, rgb{131, 131, 131})   // L* 54.8
	f([4]byte{128, 128, 0, 0}, rgb{165, 165, 165}) // L* 68
	f([4]byte{0, 255, 0, 0}, rgb{236, 92, 147})    // L* 60, a* 60
	f([4]byte{255, 0, 0, 0}, rgb{0, 198, 169})     // L* 70, a* -60

	pixels := []byte{0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255}
	if err := tr.CMYK(pixels, pixels); err != nil || pixels[0] != 255 || pixels[4] != pixels[8] || pixels[4] > 30 {
		t.Errorf("in place: %v, %v", pixels, err)
	}
	if err := tr.CMYK(make([]byte, 7), make([]byte, 8)); err == nil {
		t.Error("no error for too little memory")
	}
	if err := tr.RGB(make([]byte, 8)); !errors.Is(err, icc.ErrMismatch) {
		t.Errorf("RGB pixels: got %v, want ErrMismatch", err)
	}
	if err := transform(t, p3Profile()).CMYK(make([]byte, 8), make([]byte, 8)); !errors.Is(err, icc.ErrMismatch) {
		t.Errorf("CMYK pixels: got %v, want ErrMismatch", err)
	}
}

// Black of the perceptual table of version 4 is black, white is white.
func TestBlackOfVersion4(t *testing.T) {
	t.Parallel()
	// L* 3.1373 is the black that the specification gives.
	l := func(at []float64) []float64 {
		return []float64{0.031373 + (1-0.031373)*at[0], 128.0 / 255, 128.0 / 255}
	}
	nodes := "\x05\x05\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00" + string(grid(3, 5, l))
	nothing := three("curv\x00\x00\x00\x00\x00\x00\x00\x00")
	body := mab(3, nothing, "", "", nodes, nothing)
	for tag, want := range map[string]byte{"A2B0": 0, "A2B1": 11} {
		tr := transform(t, build(4, "mntr", "RGB ", "Lab ", map[string]string{tag: body}))
		if got := run(t, tr, rgb{0, 0, 0}); apart(got, rgb{want, want, want}) > 1 {
			t.Errorf("%s: black became %v, want %d", tag, got, want)
		}
		if got := run(t, tr, rgb{255, 0, 0}); got != (rgb{255, 255, 255}) {
			t.Errorf("%s: white became %v", tag, got)
		}
	}
}

func BenchmarkMegapixel(b *testing.B) {
	cases := map[string][]byte{
		"matrix": p3Profile(),
		"grid":   build(2, "mntr", "RGB ", "Lab ", map[string]string{"A2B0": mft2(3, 33, func(at []float64) []float64 { return ink([]float64{at[0], at[1], at[2], 0}) })}),
		"cmyk":   build(2, "prtr", "CMYK", "Lab ", map[string]string{"A2B0": mft2(4, 9, ink)}),
	}
	for name, profile := range cases {
		b.Run(name, func(b *testing.B) {
			tr := transform(b, profile)
			src, dst := make([]byte, 4<<20), make([]byte, 4<<20)
			for i := range src {
				src[i] = byte(i * 7919 >> 5)
			}
			for b.Loop() {
				if tr.Space() == icc.CMYK {
					_ = tr.CMYK(dst, src)
				} else {
					_ = tr.RGB(src)
				}
			}
		})
		b.Run(name+", tables", func(b *testing.B) {
			for b.Loop() {
				transform(b, profile)
			}
		})
	}
	b.Run("IsSRGB", func(b *testing.B) {
		profile := srgbProfile(sampled(1024, light))
		for b.Loop() {
			p, err := icc.Parse(profile)
			if err != nil || !p.IsSRGB() {
				b.Fatal(err)
			}
		}
	})
}
