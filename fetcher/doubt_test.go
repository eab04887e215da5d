package fetcher_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/adloom/adloom/fetcher"
)

func TestDoubt(t *testing.T) {
	t.Parallel()
	broken, mended := jpegOf(t, 30, 20), jpegOf(t, 40, 20)
	w := newWorld(t, tagged(broken, `"1"`))
	doubt := func() fetcher.Stats {
		t.Helper()
		f, err := fetcher.New(w.cfg, w.cache)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		f.Doubt(t.Context(), w.URL+"/a.jpg")
		return f.Stats()
	}
	step := func(name string, advance time.Duration, want []byte, requests int) {
		t.Helper()
		w.clock.advance(advance)
		got, _, err := w.fetch(t)
		if err != nil || !bytes.Equal(got.Data, want) || len(w.asked()) != requests {
			t.Fatalf("%s: %v, %d requests", name, err, len(w.asked()))
		}
	}
	if s := doubt(); s.Doubted != 0 {
		t.Fatalf("a photo that is not there was doubted: %+v", s)
	}
	step("cold", 0, broken, 1)
	if s := doubt(); s.Doubted != 1 {
		t.Fatalf("the doubt was lost: %+v", s)
	}
	if s := doubt(); s.Doubted != 0 {
		t.Fatalf("a second doubt moved the time to ask again: %+v", s)
	}
	step("soon after", time.Second, broken, 1)
	w.answers(tagged(mended, `"1"`)) // a shop that mends the photo and not its tag
	step("later", time.Minute, mended, 2)
	if h := w.asked()[1].Header; h.Get("If-None-Match") != "" {
		t.Errorf("asked with the validators of a broken photo: %v", h)
	}
	step("mended", 23*time.Hour, mended, 2)
}
