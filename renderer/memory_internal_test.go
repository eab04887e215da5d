package renderer

import (
	"image"
	"testing"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	m := &memory{idle: map[int][]*image.RGBA{}, budget: 1 << 20}
	for n := 1; n < 1<<22; n += n/7 + 1 {
		size := roomy(n)
		if size < n || n > 4096 && float64(size) > 1.25*float64(n)+1 || roomy(size) != size {
			t.Fatalf("%d bytes get %d", n, size)
		}
	}
	a := m.picture(image.Rect(5, 5, 105, 105))
	pix := &a.Pix[0]
	m.back(a)
	if b := m.picture(image.Rect(0, 0, 99, 101)); &b.Pix[0] != pix {
		t.Error("the memory of a picture of about the same size was not used again")
	}
	for range 100 {
		m.back(image.NewRGBA(image.Rect(0, 0, 128, 128)))
		if m.kept() > m.budget {
			t.Fatalf("%d bytes idle; the budget is %d", m.kept(), m.budget)
		}
	}
	m.back(image.NewRGBA(image.Rect(0, 0, 1024, 1024)))
	if m.kept() > m.budget {
		t.Errorf("a picture over the budget was kept")
	}
	if img := m.empty(image.Rect(0, 0, 128, 128)); img.Pix[0] != 0 {
		t.Error("an empty picture is not")
	}
}
