package renderer

import (
	"errors"
	"testing"

	"github.com/adloom/adloom/templates"
)

// curve stands for an encoder: bytes that grow with quality, and ever faster.
func curve(quality int) int { return 2000 + 3*quality*quality*quality/50 }

func TestFit(t *testing.T) {
	t.Parallel()
	f := func(asked, most, least int) {
		t.Helper()
		tries := 0
		data, err := fit(t.Context(), templates.Output{Quality: asked, MaxBytes: most}, func(quality int) ([]byte, error) {
			if quality > asked || quality < min(asked, leastQuality) {
				t.Errorf("%d of at most %d bytes: tried %d", asked, most, quality)
			}
			tries++
			return make([]byte, curve(quality)), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if tries > 2+mostTries {
			t.Errorf("%d of at most %d bytes: %d tries", asked, most, tries)
		}
		if len(data) < curve(least) || most > 0 && len(data) > max(most, curve(min(asked, leastQuality))) {
			t.Errorf("%d of at most %d bytes: got %d, want at least the %d of quality %d", asked, most, len(data), curve(least), least)
		}
	}
	f(85, 0, 85)              // any size
	f(85, curve(85), 85)      // just fits
	f(85, curve(85)-1, 83)    // nearly the same
	f(85, curve(70), 68)      // a step down
	f(100, curve(31), 30)     // nearly all the way
	f(85, curve(30), 30)      // just the floor
	f(85, 10, 30)             // nothing fits: the floor, for the error to tell
	f(20, 10, 20)             // below the floor already
	f(31, curve(31)-1, 30)    // nothing between
	f(100, curve(100)-50, 97) // far from the floor
}

func TestFitPassesErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for at := range 4 {
		tries := 0
		_, err := fit(t.Context(), templates.Output{Quality: 90, MaxBytes: curve(60)}, func(quality int) ([]byte, error) {
			if tries++; tries == at+1 {
				return nil, broken
			}
			return make([]byte, curve(quality)), nil
		})
		if tries == at+1 && !errors.Is(err, broken) {
			t.Errorf("try %d: got %v, want its error", at, err)
		}
	}
}
