package renderer

import "testing"

func TestFurthest(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		for answer := -1; answer < n; answer++ {
			got, calls := -1, 0
			furthest(n, func(i int) bool {
				calls++
				if i < 0 || i >= n {
					t.Fatalf("n %d, answer %d: asked for %d", n, answer, i)
				}
				if i <= answer {
					got = i
				}
				return i <= answer
			})
			if got != answer {
				t.Errorf("n %d: found %d, want %d", n, got, answer)
			}
			if limit := 12; calls > limit {
				t.Errorf("n %d, answer %d: %d calls", n, answer, calls)
			}
		}
	}
}
