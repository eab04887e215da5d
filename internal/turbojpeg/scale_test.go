package turbojpeg

import "testing"

func TestSmallest(t *testing.T) {
	t.Parallel()
	all := []scale{{2, 1}, {15, 8}, {7, 4}, {13, 8}, {3, 2}, {11, 8}, {5, 4}, {9, 8}, {1, 1}, {7, 8}, {3, 4}, {5, 8}, {1, 2}, {3, 8}, {1, 4}, {1, 8}}
	f := func(width, height, minWidth, minHeight int, want scale) {
		t.Helper()
		if got := smallest(all, width, height, minWidth, minHeight); got != want {
			t.Errorf("%d x %d for %d x %d: got %d/%d, want %d/%d", width, height, minWidth, minHeight, got.num, got.denom, want.num, want.denom)
		}
	}
	f(800, 600, 0, 0, scale{1, 1})
	f(800, 600, -1, 0, scale{1, 1})
	f(800, 600, 1, 1, scale{1, 8})
	f(800, 600, 100, 75, scale{1, 8})
	f(800, 600, 101, 75, scale{1, 4})
	f(800, 600, 100, 76, scale{1, 4})
	f(800, 600, 700, 0, scale{7, 8})
	f(800, 600, 0, 225, scale{3, 8})
	f(800, 600, 800, 600, scale{1, 1})
	f(800, 600, 1600, 1200, scale{1, 1}) // never enlarges
	f(801, 1, 101, 1, scale{1, 8})       // 100.125 is rounded up
	f(1, 1, 1, 1, scale{1, 8})

	if got := smallest(nil, 800, 600, 1, 1); got != (scale{1, 1}) {
		t.Errorf("without scales: got %v", got)
	}
}
