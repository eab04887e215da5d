package gojpeg_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/adloom/adloom/internal/gojpeg"
)

// TestLikeLibrary wants the very pixels of libjpeg-turbo, photos of the catalog at one of the scales each.
func TestLikeLibrary(t *testing.T) {
	t.Parallel()
	l := library(t)
	d, err := l.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	d.FastScales = true
	for i, file := range sharedFiles(t, "catalog/images") {
		data := read(t, file)
		if i%2 > 0 || len(data) > 1<<17 {
			continue // enough others
		}
		width := []int{1, 250, 500, 0, 1, 300, 600}[i/2%7]
		want, err := d.Decode(data, width, 0)
		if err != nil {
			t.Fatalf("%s: %v", base(file), err)
		}
		got, err := gojpeg.Decode(data, width, 0)
		if err != nil {
			t.Errorf("%s: %v", base(file), err)
		} else if !bytes.Equal(got.Pix, want.Pix) {
			mean, most := difference(t, got, want)
			t.Errorf("%s for %d: differs by up to %d, %.4f in the mean", base(file), width, most, mean)
		}
	}
}

// TestCodingsLikeLibrary does the same with the ways to write a file, at all scales.
func TestCodingsLikeLibrary(t *testing.T) {
	t.Parallel()
	l := library(t)
	d, err := l.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	d.FastScales = true
	for _, file := range append(sharedFiles(t, "hostile/jpeg-coding"), sharedFiles(t, "hostile/color-cmyk-icc")...) {
		data := read(t, file)
		if len(data) > 1<<19 {
			continue
		}
		for _, width := range []int{1, 30, 60, 0} {
			got, err := gojpeg.Decode(data, width, 0)
			if err != nil {
				if !errors.Is(err, gojpeg.ErrUnsupported) {
					t.Errorf("%s: %v", base(file), err)
				}
				continue
			}
			want, err := d.Decode(data, width, 0)
			if err != nil {
				t.Errorf("%s: decoded, but libjpeg-turbo says %v", base(file), err)
			} else if !bytes.Equal(got.Pix, want.Pix) {
				mean, most := difference(t, got, want)
				t.Errorf("%s for %d: differs by up to %d, %.4f in the mean", base(file), width, most, mean)
			}
		}
	}
}
