package studio_test

import (
	"image/color"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

func TestPath(t *testing.T) {
	t.Parallel()
	same := func(a, b string) {
		t.Helper()
		if pixels(a) != pixels(b) {
			t.Errorf("expected %q and %q to cover the same pixels", a, b)
		}
	}
	same("M10 10 L30 10 L30 30 L10 30 Z", "M10,10 30,10 30,30 10,30 Z")
	same("M10 10 H30 V30 H10 Z", "M 10 10 L 30 10 L 30 30 L 10 30 Z")
	same("M10 20 Q20 0 30 20 Z", "M10 20 C16.666666666666668 6.666666666666668 23.333333333333332 6.666666666666668 30 20 Z")
	same("M5 20 C5 10 15 10 20 20 S35 30 35 20 Z", "M5 20 C5 10 15 10 20 20 C25 30 35 30 35 20 Z")

	refuses := func(d, why string) {
		t.Helper()
		defer func() {
			if found, _ := recover().(string); !strings.Contains(found, why) {
				t.Errorf("%q: expected a panic that says %q, found %q", d, why, found)
			}
		}()
		studio.New(1, 1, 1).Path(d)
	}
	refuses("M10", "expected a number after M, found the end")
	refuses("M10 10 Lx 3", `expected a number after L, found "x"`)
	refuses("10 10", "expected one of MLHVCSQZ")
	refuses("M1 1 Z 4 4", "expected one of MLHVCSQZ")
}

func pixels(d string) string {
	c := studio.New(40, 40, 1)
	c.Path(d).Fill("#fff")
	return string(c.Image().Pix)
}

func TestColours(t *testing.T) {
	t.Parallel()
	f := func(hex string, want color.RGBA) {
		t.Helper()
		c := studio.New(4, 4, 1)
		c.Rect(0, 0, 4, 4).Fill(hex)
		if got := c.Image().RGBAAt(2, 2); got != want {
			t.Errorf("%s: expected %v, found %v", hex, want, got)
		}
	}
	f("#fff", color.RGBA{255, 255, 255, 255})
	f("#c1272d", color.RGBA{0xc1, 0x27, 0x2d, 255})
	f("#ffffff80", color.RGBA{128, 128, 128, 128})
	f("#f008", color.RGBA{0x88, 0, 0, 0x88})

	for _, hex := range []string{"", "fff", "#ff", "#FFFFFF", "#12345", "red"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q: expected a panic", hex)
				}
			}()
			studio.New(1, 1, 1).Rect(0, 0, 1, 1).Fill(hex)
		}()
	}
}

func TestGradientFollowsTheCanvas(t *testing.T) {
	t.Parallel()
	c := studio.New(100, 100, 1)
	c.Turn(90, 50, 50, func() { c.Rect(0, 0, 100, 100).FillAcross("#000", "#fff") })
	if top, bottom := c.Image().RGBAAt(50, 2).R, c.Image().RGBAAt(50, 97).R; top > 12 || bottom < 243 {
		t.Errorf("expected a turn to lead from black at the top to white at the bottom, found %d and %d", top, bottom)
	}
	if middle := c.Image().RGBAAt(50, 50).R; middle < 124 || middle > 132 {
		t.Errorf("expected a middle grey in the middle, found %d", middle)
	}
}

func TestScale(t *testing.T) {
	t.Parallel()
	c := studio.New(100, 60, 0.5)
	c.Move(50, 30, func() { c.Rect(0, 0, 50, 30).Fill("#fff") })
	im := c.Image()
	if size := im.Rect.Size(); size.X != 50 || size.Y != 30 {
		t.Errorf("expected 50 x 30 pixels, found %v", size)
	}
	if im.RGBAAt(24, 14).A != 0 || im.RGBAAt(26, 16).A != 255 {
		t.Error("expected the rectangle in the lower right quarter")
	}
}

func TestInsideMasksAndRestores(t *testing.T) {
	t.Parallel()
	c := studio.New(30, 10, 1)
	c.Rect(0, 0, 20, 10).Inside(func() {
		c.Rect(10, 0, 20, 10).Inside(func() { c.Rect(0, 0, 30, 10).Fill("#fff") })
		c.Rect(2, 0, 2, 10).Fill("#fff")
	})
	c.Rect(25, 0, 2, 10).Fill("#fff")
	for x, want := range map[int]uint8{3: 255, 6: 0, 15: 255, 22: 0, 26: 255} {
		if got := c.Image().RGBAAt(x, 5).A; got != want {
			t.Errorf("at %d: expected alpha %d, found %d", x, want, got)
		}
	}
}

func TestShadow(t *testing.T) {
	t.Parallel()
	c := studio.New(200, 200, 1)
	c.Rect(80, 80, 40, 40).Shadow(20, 0, 8, "#000000ff")
	alpha := func(x int) int { return int(c.Image().RGBAAt(x, 100).A) }
	if a := alpha(120); a < 230 {
		t.Errorf("expected a dark core where the offset puts it, found %d", a)
	}
	if a := alpha(140); a < 110 || a > 145 {
		t.Errorf("expected half at the edge, found %d", a)
	}
	if a := alpha(180); a != 0 {
		t.Errorf("expected nothing five deviations away, found %d", a)
	}
	if left, right := alpha(96), alpha(143); left-right > 6 || right-left > 6 {
		t.Errorf("expected both sides alike, found %d and %d", left, right)
	}
}
