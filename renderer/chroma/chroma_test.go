package chroma_test

import (
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/renderer/chroma"
)

func TestSmears(t *testing.T) {
	t.Parallel()
	for _, e := range examples(t) {
		if got := chroma.Smears(e.img); got != e.smears {
			t.Errorf("%s: got %t, want %t", e.name, got, e.smears)
		}
		// The same picture as a part of a larger one.
		wide := image.NewRGBA(image.Rect(-3, -2, 1207, 640))
		draw.Draw(wide, image.Rect(0, 0, 1200, 628), e.img, image.Point{}, draw.Src)
		if part := wide.SubImage(image.Rect(0, 0, 1200, 628)).(*image.RGBA); chroma.Smears(part) != e.smears {
			t.Errorf("%s, as a part: got %t, want %t", e.name, !e.smears, e.smears)
		}
	}
}

// Wherever a shape lies, the rows and columns that are looked at meet it.
func TestSmearsAnywhere(t *testing.T) {
	t.Parallel()
	for at := range 24 {
		if !chroma.Smears(rect(flatCanvas(white), 100+at, 200+at, 500+at, 201+at, red)) {
			t.Errorf("a line across at %d is missed", at)
		}
		if !chroma.Smears(rect(flatCanvas(white), 100+at, 200+at, 101+at, 600+at, red)) {
			t.Errorf("a line down at %d is missed", at)
		}
		if !chroma.Smears(modules(flatCanvas(cream), 25, 4, 200+at, 200+at, red, green)) {
			t.Errorf("modules at %d are missed", at)
		}
	}
}

func TestSmearsSmallPictures(t *testing.T) {
	t.Parallel()
	for width := range 5 {
		for height := range 5 {
			img := image.NewRGBA(image.Rect(0, 0, width, height))
			for i := range img.Pix {
				img.Pix[i] = byte(i * 89)
			}
			if chroma.Smears(img) {
				t.Errorf("%d x %d: too small to show", width, height)
			}
		}
	}
	icon := image.NewRGBA(image.Rect(0, 0, 64, 64))
	draw.Draw(icon, icon.Rect, image.NewUniform(color.RGBA{255, 255, 255, 255}), image.Point{}, draw.Src)
	if !chroma.Smears(modules(icon, 16, 4, 0, 0, red, white)) {
		t.Error("an icon of red on white is missed")
	}
}

// TestPhotos runs over photos of the catalog, where they are at hand, in full size and at half of it. The closest are
// always among them.
func TestPhotos(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("/work/shared/data/catalog/images/*.jpg")
	if err != nil || len(files) == 0 {
		t.Skip("no photos at hand")
	}
	// An orange rope on paper of one exact purple is as good as drawn, once it is made smaller.
	const stubborn = "stoica-ionela"
	closest := func(file string) bool {
		for _, name := range []string{stubborn, "daniel-korpai", "max-tarkhov", "wh02-blue_alt1", "6GH85"} {
			if strings.Contains(file, name) {
				return true
			}
		}
		return false
	}
	var wg sync.WaitGroup
	for i, file := range files {
		if i%40 != 0 && !closest(file) {
			continue
		}
		wg.Go(func() {
			img := photo(t, file)
			for _, img := range []*image.RGBA{img, halved(img)} {
				if strings.Contains(file, stubborn) && img.Rect.Dx() < 1000 {
					continue
				}
				if chroma.Smears(img) {
					t.Errorf("%s, %v: taken for drawn", filepath.Base(file), img.Rect.Size())
				}
			}
		})
	}
	wg.Wait()
}

func photo(t *testing.T, file string) *image.RGBA {
	f, err := os.Open(file)
	if err != nil {
		t.Error(err)
		return &image.RGBA{}
	}
	defer f.Close()
	img, err := jpeg.Decode(f)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return &image.RGBA{}
	}
	rgba := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(rgba, rgba.Rect, img, img.Bounds().Min, draw.Src)
	return rgba
}

// halved averages blocks of two by two, which sharpens colours that the file had halved.
func halved(img *image.RGBA) *image.RGBA {
	half := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx()/2, img.Rect.Dy()/2))
	for y := range half.Rect.Dy() {
		for i := range 4 * half.Rect.Dx() {
			at := img.Pix[2*y*img.Stride+i/4*8+i%4:]
			sum := int(at[0]) + int(at[4]) + int(at[img.Stride]) + int(at[img.Stride+4])
			half.Pix[y*half.Stride+i] = uint8((sum + 2) / 4)
		}
	}
	return half
}

func Benchmark(b *testing.B) {
	story := image.NewRGBA(image.Rect(0, 0, 1080, 1920))
	photo := waves()
	for y := 0; y < 1920; y += 628 {
		draw.Draw(story, image.Rect(0, y, 1080, y+628), photo, image.Point{}, draw.Src)
	}
	for _, e := range []example{{"link photo", photo, false}, {"link flat", flatCanvas(red), false}, {"story photo", story, false}, {"link text", examples(b)[0].img, true}} {
		b.Run(e.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if chroma.Smears(e.img) != e.smears {
					b.Fatal("wrong")
				}
			}
		})
	}
}
