package demoshop

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// The pictures are drawn at an eighth of their size: every length is multiplied by the scale, so the same code runs.
const scale = 0.125

func TestEveryProductHasItsPicture(t *testing.T) {
	t.Parallel()
	shop, again, all := handler(scale), handler(scale), pictures()
	for _, product := range Products() {
		p, ok := all[product.Picture]
		if !ok {
			t.Errorf("%s: expected a picture of its own, found none called %q", product.Handle, product.Picture)
			continue
		}
		delete(all, product.Picture)
		t.Run(product.Handle, func(t *testing.T) {
			t.Parallel()
			body, kind := fetch(t, shop, product.Picture)
			if same, _ := fetch(t, again, product.Picture); !bytes.Equal(body, same) {
				t.Error("expected two draws to give the same bytes")
			}
			im, format, err := image.Decode(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if kind != "image/"+format {
				t.Errorf("expected the type of a %s, found %s", format, kind)
			}
			if got, want := im.Bounds().Size(), image.Pt(p.width/8, p.height/8); got != want {
				t.Errorf("expected %v, found %v", want, got)
			}
			if n := colours(im); n < 500 {
				t.Errorf("expected a rich picture, found %d colours", n)
			}
			if _, _, _, alpha := im.At(0, 0).RGBA(); (alpha == 0) != (format == "png") {
				t.Errorf("expected a clear corner in a PNG alone, found alpha %d in a %s", alpha, format)
			}
		})
	}
	for name := range all {
		t.Errorf("%s: expected a product that shows it", name)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	t.Parallel()
	shop := handler(scale)
	first, _ := fetch(t, handler(scale), "mug.jpg")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			w := httptest.NewRecorder()
			shop.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/mug.jpg", nil))
			if !bytes.Equal(w.Body.Bytes(), first) {
				t.Error("expected everyone to get the same bytes")
			}
		})
	}
	wg.Wait()
}

func TestEncodeRefusesOtherFormats(t *testing.T) {
	t.Parallel()
	if _, err := pictures()["mug.jpg"].encode("mug.gif", scale); err == nil {
		t.Error("expected an error for .gif")
	}
}

func fetch(t *testing.T, shop http.Handler, name string) (body []byte, kind string) {
	t.Helper()
	w := httptest.NewRecorder()
	shop.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+name, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("expected 200, found %d: %s", w.Code, w.Body)
	}
	return w.Body.Bytes(), w.Header().Get("Content-Type")
}

func colours(im image.Image) int {
	seen := map[color.Color]bool{}
	b := im.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			seen[im.At(x, y)] = true
		}
	}
	return len(seen)
}
