package typeset_test

import (
	"image"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/renderer/typeset"
)

// samples are texts that differ in all that is kept.
func samples() (texts []string, styles []typeset.Style) {
	for i := range 6 {
		texts = append(texts, product(i))
	}
	texts = append(texts, "e\u0301\u0302 fi \u0633\u0644\u0627\u0645 漢字", strings.Repeat("x", 700), "a\nb\n")
	for i := range 6 {
		style := typeset.Style{Font: typeset.Font{Families: "Go", Weight: 400 + 300*(i%2), Italic: i%3 == 0}, Size: 30 - float64(i)/3, MinSize: 9, LineHeight: 1.1}
		style.Width, style.Height, style.Ellipsis, style.LetterSpacing = 190, 70, i%4 == 0, float64(i%3)/2
		styles = append(styles, style)
	}
	return texts, styles
}

func drawSample(t testing.TB, s *typeset.Setter, words string, style typeset.Style, n int) *image.RGBA {
	ink := typeset.Ink{X: 3.4 + float64(n)/8, Top: 2, Width: 190, Align: typeset.Left + typeset.Align(n%3), Dress: typeset.Dress{Color: black, Strike: n%2 == 0}}
	if n%3 == 1 {
		ink.Color = glass
	}
	return drawn(t, s, words, style, ink)
}

// What is drawn does not depend on what is kept, nor on who else draws.
func TestCachesAreNotSeen(t *testing.T) {
	t.Parallel()
	texts, styles := samples()
	var want []*image.RGBA
	for i, words := range texts {
		for j, style := range styles {
			want = append(want, drawSample(t, typeset.New(builtin, 0), words, style, i+j))
		}
	}
	for _, budget := range []int64{0, 3000, 100_000, 64 << 20} {
		s := typeset.New(builtin, budget)
		var wg sync.WaitGroup
		for g := range 4 {
			wg.Go(func() {
				for k := range want {
					n := (k*7 + g*31) % len(want)
					i, j := n/len(styles), n%len(styles)
					if !same(drawSample(t, s, texts[i], styles[j], i+j), want[n]) {
						t.Errorf("budget %d: text %d in style %d: expected the pixels of a new setter", budget, i, j)
					}
					if kept := s.Bytes(); kept > budget {
						t.Errorf("expected at most %d bytes; found %d", budget, kept)
					}
				}
			})
		}
		wg.Wait()
		if budget >= 100_000 && s.Bytes() < budget/1000 {
			t.Errorf("budget %d: expected that something is kept; found %d bytes", budget, s.Bytes())
		}
	}
}

// A text of which little is seen costs as little as one that is not much longer
// than that.
func TestLongTextCostsWhatIsSeen(t *testing.T) {
	dst := image.NewRGBA(image.Rect(0, 0, 200, 80))
	for name, unit := range map[string]string{"words": "weekender ", "one word": "xxxxxxxxxx", "letters with accents": "e\u0301\u0302o\u0308 "} {
		s := typeset.New(builtin, 0)
		style := typeset.Style{Font: typeset.Font{Families: "Go", Weight: 400}, Size: 20, MinSize: 8, LineHeight: 1.2, Width: 140, Height: 76, Ellipsis: true}
		cost := func(n int) int64 {
			words := strings.Repeat(unit, n/len(unit))
			const runs = 10
			var before, after runtime.MemStats
			for i := range runs + 2 {
				if i == 2 { // after a warm-up
					runtime.ReadMemStats(&before)
				}
				s.Draw(dst, set(t, s, words, style), typeset.Ink{Width: 140, Dress: typeset.Dress{Color: black}})
			}
			runtime.ReadMemStats(&after)
			return int64(after.TotalAlloc-before.TotalAlloc) / runs
		}
		short, long := cost(1<<10), cost(16<<10)
		t.Logf("%s: %d bytes of memory for 1 KiB, %d for 16 KiB", name, short, long)
		if long > short+short/2+64<<10 {
			t.Errorf("%s: expected 16 KiB to take what 1 KiB takes, %d bytes of memory; found %d", name, short, long)
		}
	}
}

// What is known is drawn without new memory to speak of.
func TestKnownTextAllocatesLittle(t *testing.T) {
	s := newSetter()
	dst := image.NewRGBA(image.Rect(0, 0, 200, 80))
	words := product(1)
	style := plain
	style.Width = 150
	draw := func() {
		s.Draw(dst, set(t, s, words, style), typeset.Ink{Width: 150, Dress: typeset.Dress{Color: black}})
	}
	draw()
	least := math.Inf(1) // a garbage collection, or the race detector, can empty the pool between two
	for range 50 {
		least = min(least, testing.AllocsPerRun(1, draw))
	}
	if least > 3 {
		t.Errorf("expected at most 3 allocations; found %v", least)
	}
}
