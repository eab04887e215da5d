package golden_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/golden"
)

// recorder is a testing.TB that keeps what it is told.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

// setup gives the test a folder of its own as the working directory, which is why no test here is parallel.
func setup(t *testing.T) (compare func(tol golden.Tolerance, img image.Image) string) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("ADLOOM_BLESS", "")
	return func(tol golden.Tolerance, img image.Image) string {
		r := &recorder{TB: t}
		tol.Compare(r, "area/case", img)
		return strings.Join(r.failures, "\n")
	}
}

func filled(width, height int, c color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func reference(t *testing.T, img image.Image) {
	t.Helper()
	if err := os.MkdirAll("testdata/golden/area", 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create("testdata/golden/area/case.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

// files says which of the three files of the case exist.
func files(t *testing.T) string {
	t.Helper()
	var out []string
	for _, ext := range []string{"png", "got.png", "diff.png"} {
		if _, err := os.Stat("testdata/golden/area/case." + ext); err == nil {
			out = append(out, ext)
		}
	}
	return strings.Join(out, " ")
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("got %q, want %q in it", text, part)
		}
	}
}

var grey = color.RGBA{100, 100, 100, 255}

func TestTolerance(t *testing.T) {
	compare := setup(t)
	reference(t, filled(10, 10, grey))
	f := func(tol golden.Tolerance, pixels, by int, pass bool) {
		t.Helper()
		img := filled(10, 10, grey)
		for i := range pixels {
			img.SetRGBA(i%10, i/10, color.RGBA{100, uint8(100 + by), 100, 255})
		}
		if got := compare(tol, img); (got == "") != pass {
			t.Errorf("%+v, %d pixels off by %d: got %q, want pass %v", tol, pixels, by, got, pass)
		}
	}
	standard := golden.DefaultTolerance()
	f(standard, 0, 0, true)
	f(standard, 100, 2, true)
	f(standard, 100, -2, true)
	f(standard, 1, 3, false)
	f(standard, 1, -3, false)
	f(golden.Tolerance{}, 1, 1, false)
	f(golden.Tolerance{Share: 0.05}, 5, 99, true)
	f(golden.Tolerance{Share: 0.05}, 6, 1, false)
	f(golden.Tolerance{Channel: 9, Share: 0.05}, 6, 10, false)
	f(golden.Tolerance{Channel: 10, Share: 0.05}, 6, 10, true)
}

func TestMismatchShowsItself(t *testing.T) {
	compare := setup(t)
	reference(t, filled(10, 8, grey))
	img := filled(10, 8, grey)
	img.SetRGBA(3, 4, color.RGBA{100, 104, 100, 255})
	img.SetRGBA(7, 2, color.RGBA{100, 100, 60, 255})
	got := compare(golden.DefaultTolerance(), img)
	contains(t, got, "area/case", "2 of 80 pixels", "x=7 y=2 by 40", "{100 100 100 255}", "{100 100 60 255}", "case.diff.png", "case.got.png", "ADLOOM_BLESS")
	if files(t) != "png got.png diff.png" {
		t.Errorf("files: %s", files(t))
	}
	diff := decode(t, "testdata/golden/area/case.diff.png")
	if diff.Bounds().Dx() != 3*10+2*8 || diff.Bounds().Dy() != 8 {
		t.Fatalf("difference: %v", diff.Bounds())
	}
	at := func(x, y int, want color.RGBA) {
		t.Helper()
		if got := color.RGBAModel.Convert(diff.At(x, y)); got != want {
			t.Errorf("difference at %d, %d: got %v, want %v", x, y, got, want)
		}
	}
	at(7, 2, grey)                             // want
	at(18+7, 2, color.RGBA{100, 100, 60, 255}) // got
	at(36+7, 2, color.RGBA{0, 0, 255, 255})    // difference
	at(36+3, 4, color.RGBA{0, 64, 0, 255})
	at(36, 0, color.RGBA{0, 0, 0, 255})

	// A picture that matches again takes the leftovers away.
	if got := compare(golden.DefaultTolerance(), filled(10, 8, grey)); got != "" || files(t) != "png" {
		t.Errorf("after the repair: %q, files: %s", got, files(t))
	}
}

func decode(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestSizeMismatch(t *testing.T) {
	compare := setup(t)
	reference(t, filled(10, 8, grey))
	contains(t, compare(golden.Tolerance{Share: 1}, filled(8, 10, grey)), "expected 10 x 8 pixels, found 8 x 10")
	if b := decode(t, "testdata/golden/area/case.diff.png").Bounds(); b.Dx() != 3*10+2*8 || b.Dy() != 10 {
		t.Errorf("difference: %v", b)
	}
}

func TestMissingReference(t *testing.T) {
	compare := setup(t)
	contains(t, compare(golden.DefaultTolerance(), filled(4, 4, grey)), "does not exist", "ADLOOM_BLESS=1", "make golden")
	if files(t) != "got.png" {
		t.Errorf("files: %s", files(t))
	}
}

func TestBless(t *testing.T) {
	compare := setup(t)
	img := filled(4, 4, grey)
	compare(golden.DefaultTolerance(), img)
	t.Setenv("ADLOOM_BLESS", "1")
	contains(t, compare(golden.DefaultTolerance(), img), "wrote", "run again without")
	if files(t) != "png" {
		t.Errorf("files after blessing: %s", files(t))
	}
	// Within the tolerance, a reference stays as it is, but the test does not pass.
	near := filled(4, 4, color.RGBA{101, 100, 100, 255})
	contains(t, compare(golden.DefaultTolerance(), near), "left alone")
	far := filled(4, 4, color.RGBA{110, 100, 100, 255})

	t.Setenv("ADLOOM_BLESS", "")
	if got := compare(golden.Tolerance{}, img); got != "" {
		t.Error(got)
	}
	t.Setenv("ADLOOM_BLESS", "1")
	contains(t, compare(golden.DefaultTolerance(), far), "wrote", "16 of 16")
	t.Setenv("ADLOOM_BLESS", "0")
	if got := compare(golden.Tolerance{}, far); got != "" {
		t.Error(got)
	}
}

func TestOtherKindsOfPictures(t *testing.T) {
	compare := setup(t)
	reference(t, filled(4, 4, grey))
	big := filled(10, 10, color.RGBA{1, 2, 3, 255})
	for y := range 4 {
		for x := range 4 {
			big.SetRGBA(5+x, 5+y, grey)
		}
	}
	if got := compare(golden.Tolerance{}, big.SubImage(image.Rect(5, 5, 9, 9))); got != "" {
		t.Errorf("part of a picture: %s", got)
	}
	plain := image.NewGray(image.Rect(0, 0, 4, 4))
	for i := range plain.Pix {
		plain.Pix[i] = 100
	}
	if got := compare(golden.Tolerance{}, plain); got != "" {
		t.Errorf("grey picture: %s", got)
	}
	// A translucent picture survives the way through PNG, which keeps colours apart from alpha.
	clear := filled(4, 4, color.RGBA{10, 20, 5, 40})
	reference(t, clear)
	if got := compare(golden.Tolerance{}, clear); got != "" {
		t.Errorf("translucent picture: %s", got)
	}
}

func TestBrokenReferenceAndBadNames(t *testing.T) {
	compare := setup(t)
	reference(t, filled(4, 4, grey))
	if err := os.WriteFile("testdata/golden/area/case.png", []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	contains(t, compare(golden.DefaultTolerance(), filled(4, 4, grey)), "read golden", "case.png")
	for _, name := range []string{"", "case", "../case", "area/../../case", "/area/case"} {
		r := &recorder{TB: t}
		golden.Compare(r, name, filled(4, 4, grey))
		contains(t, strings.Join(r.failures, "\n"), "expected a name such as area/case")
	}
}
