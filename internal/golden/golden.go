// Package golden compares pictures with reference pictures in testdata/golden.
//
// A test that draws something ends in golden.Compare(t, "area/case", img). The reference is
// testdata/golden/area/case.png in the folder of the test. On a mismatch the test fails and leaves two files
// beside it: case.got.png, what was drawn, and case.diff.png, which shows want, got and the amplified
// difference next to each other.
//
// With ADLOOM_BLESS=1 in the environment (make golden), references that are missing or do not match are
// written instead, and the test fails all the same: a run that blesses has checked nothing.
package golden

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

const dir = "testdata/golden"

// Tolerance says which differences do not count. The zero value is exact equality.
type Tolerance struct {
	// Channel is the difference, out of 255, up to which a channel of a pixel counts as equal.
	Channel uint8
	// Share is the part of all pixels, 0 to 1, that may be off by more than that.
	Share float64
}

// DefaultTolerance allows for rounding and nothing else.
func DefaultTolerance() Tolerance { return Tolerance{Channel: 2} }

// Compare fails t unless got looks like the reference called name ("area/case"), within the default tolerance.
func Compare(t testing.TB, name string, got image.Image) {
	t.Helper()
	DefaultTolerance().Compare(t, name, got)
}

// Compare fails t unless got looks like the reference called name ("area/case"), within the tolerance.
func (tol Tolerance) Compare(t testing.TB, name string, got image.Image) {
	t.Helper()
	if err := tol.compare(name, got, os.Getenv("ADLOOM_BLESS") == "1"); err != nil {
		t.Errorf("golden %s: %v", name, err)
	}
}

func (tol Tolerance) compare(name string, got image.Image, bless bool) error {
	if !filepath.IsLocal(name) || filepath.Dir(name) == "." {
		return fmt.Errorf("expected a name such as area/case, found %q", name)
	}
	base := filepath.Join(dir, filepath.FromSlash(name))
	reference := base + ".png"
	have := flatten(got)

	want, err := read(reference)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return err
	}
	var mismatch error
	if missing {
		mismatch = fmt.Errorf("%s does not exist", reference)
	} else {
		mismatch = tol.mismatch(want, have)
	}
	switch {
	case mismatch == nil && bless:
		return fmt.Errorf("%s matches and was left alone; run again without ADLOOM_BLESS", reference)
	case bless:
		if err := write(reference, got); err != nil {
			return err
		}
		removeLeftovers(base)
		return fmt.Errorf("wrote %s (%v); look at it, then run again without ADLOOM_BLESS", reference, mismatch)
	case mismatch == nil:
		removeLeftovers(base)
		return nil
	}
	if err := write(base+".got.png", got); err != nil {
		return errors.Join(mismatch, err)
	}
	if missing {
		return fmt.Errorf("%w; look at %s.got.png and bless it with ADLOOM_BLESS=1 (make golden)", mismatch, base)
	}
	if err := write(base+".diff.png", diffPicture(want, have)); err != nil {
		return errors.Join(mismatch, err)
	}
	return fmt.Errorf("%w; look at %s.diff.png (want, got, difference) and %s.got.png, and if the change is meant "+
		"bless it with ADLOOM_BLESS=1 (make golden)", mismatch, base, base)
}

// removeLeftovers takes away what an earlier failure left; there is mostly nothing.
func removeLeftovers(base string) {
	_ = os.Remove(base + ".got.png")
	_ = os.Remove(base + ".diff.png")
}

func read(path string) (*image.RGBA, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read golden: %w", err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read golden %s: %w", path, err)
	}
	return flatten(img), nil
}

func write(path string, img image.Image) error {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, img); err != nil {
		return fmt.Errorf("write golden %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write golden: %w", err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write golden: %w", err)
	}
	return nil
}
