package gojpeg_test

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"testing"

	"github.com/adloom/adloom/internal/gojpeg"
	"github.com/adloom/adloom/internal/turbojpeg"
)

// benchmarkFiles are photos of the catalog: 4:2:0, 4:4:4, and progressive.
var benchmarkFiles = []string{
	"catalog/images/vendure__benjamin-voros-310026-unsplash.jpg",
	"catalog/images/sylius__caps-cap_01.jpg",
	"catalog/images/bakerydemo__traditional_indian_bhakri_flatbread.jpg",
}

func toRGBA(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func BenchmarkDecode(b *testing.B) {
	sharedFiles(b, "catalog/images")
	for i, kind := range []string{"420", "444", "progressive"} {
		data := read(b, sharedData+"/"+benchmarkFiles[i])
		config, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(kind+"/go", func(b *testing.B) {
			for b.Loop() {
				img, err := jpeg.Decode(bytes.NewReader(data))
				if err != nil {
					b.Fatal(err)
				}
				toRGBA(img)
			}
		})
		for _, scale := range []int{8, 4, 2, 1} {
			width := config.Width * scale / 8
			b.Run(fmt.Sprintf("%s/%d of 8", kind, scale), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := gojpeg.Decode(data, width, 0); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(kind+"/turbo", func(b *testing.B) {
			l := library(b)
			for b.Loop() {
				if _, err := l.Decode(data, 0, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	sharedFiles(b, "catalog/images")
	whole, err := gojpeg.Decode(read(b, sharedData+"/"+benchmarkFiles[0]), 0, 0)
	if err != nil {
		b.Fatal(err)
	}
	// An advertisement: a photo on white.
	img := image.NewRGBA(image.Rect(0, 0, 1080, 1920))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 100, 1080, 1600), whole, image.Pt(40, 50), draw.Src)
	b.Run("go", func(b *testing.B) {
		for b.Loop() {
			if err := jpeg.Encode(new(bytes.Buffer), img, &jpeg.Options{Quality: 85}); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, sub := range subsamplings {
		b.Run([]string{"444", "422", "420"}[sub], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				encode(b, img, 85, sub)
			}
		})
	}
	b.Run("turbo", func(b *testing.B) {
		l := library(b)
		for b.Loop() {
			if _, err := l.Encode(img, 85, turbojpeg.Subsampling420); err != nil {
				b.Fatal(err)
			}
		}
	})
}
