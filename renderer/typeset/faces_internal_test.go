package typeset

import (
	"fmt"
	"testing"
)

// The thousand weights of a font that does not vary look like two, and what one text
// asks for takes nothing from the next.
func TestFacesOfManyWeights(t *testing.T) {
	t.Parallel()
	s := New(NewFonts(nil), 1<<20)
	for weight := 1; weight <= 1000; weight++ {
		if len(s.matches(Builtin, Font{Weight: weight})) == 0 {
			t.Fatalf("expected a face of weight %d", weight)
		}
	}
	if n := s.faces.Len(); n != 3 { // regular, medium and bold
		t.Errorf("expected 3 faces; found %d", n)
	}
	first := s.matches(Builtin, Font{Weight: 400, Italic: true})[0]
	if again := s.matches(Builtin, Font{Weight: 300, Italic: true})[0]; again != first {
		t.Error("expected one face for what looks the same; found two")
	}
}

// Features of any number leave nothing behind that grows.
func TestPlansAreBounded(t *testing.T) {
	t.Parallel()
	s := New(NewFonts(nil), 1<<20)
	for i := range 3 * keptPlans {
		style := Style{Font: Font{Weight: 400, Features: fmt.Sprintf("%04d", i)}, Size: 20, LineHeight: 1, Width: 100}
		if _, err := s.Layout("x", style); err != nil {
			t.Fatal(err)
		}
	}
	w := s.worker()
	if n := len(w.plans); n > keptPlans {
		t.Errorf("expected at most %d plans; found %d", keptPlans, n)
	}
}
