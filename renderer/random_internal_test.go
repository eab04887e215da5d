package renderer

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// Whatever a template holds, it is drawn without fail, and its picture depends on
// nothing but what it says.
func TestRandomDocuments(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	for seed := range int64(150) {
		s.try(t, 100+seed)
	}
}

func FuzzDocuments(f *testing.F) {
	for seed := range int64(10) {
		f.Add(seed)
	}
	s := newStudio(f)
	f.Fuzz(s.try)
}

// studio has what documents are drawn with.
type studio struct {
	warm, cold *Engine // one keeps what it can, the other nothing
	assets     map[string][]byte
	photos     Photos
}

const damagedURL = "https://shop.test/damaged"

func newStudio(t testing.TB) *studio {
	fonts, limits := typeset.NewFonts(nil), imageinfo.DefaultLimits()
	return &studio{
		warm: New(fonts, limits, Codecs{}, DefaultBudgets()), cold: New(fonts, limits, Codecs{}, Budgets{}),
		assets: map[string][]byte{
			"a.png": speckled(t, 40, 30, true), "b.jpg": speckled(t, 50, 40, false),
			"s.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect x="2" y="2" width="30" height="15" fill="#c12"/></svg>`),
		},
		photos: Photos{"https://shop.test/p.jpg": {Data: speckled(t, 120, 90, false)}, "https://shop.test/c.png": {Data: speckled(t, 64, 64, true)}, damagedURL: {Data: []byte("no picture")}},
	}
}

// speckled is a PNG of every transparency, or else a JPEG.
func speckled(t testing.TB, width, height int, transparent bool) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{uint8(3 * x), uint8(5 * y), uint8(x + y), 255}
			if transparent {
				c.A = uint8(7*x + 13*y)
			}
			img.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, img, nil)
	if transparent {
		out.Reset()
		err = png.Encode(&out, img)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// try draws the document of a seed in every way there is.
func (s *studio) try(t *testing.T, seed int64) {
	doc, err := json.Marshal(document(dice{rand.New(rand.NewPCG(uint64(seed), 0))}))
	if err != nil {
		t.Fatal(err)
	}
	done := false
	defer func() {
		if !done {
			t.Logf("seed %d: %s", seed, doc)
		}
	}()
	s.compare(t, doc)
	done = true
}

func (s *studio) compare(t *testing.T, doc []byte) {
	tmpl, err := templates.Decode(doc, s.assets)
	if err != nil {
		t.Fatal(err)
	}
	design, err := s.warm.Compile(t.Context(), tmpl)
	if err != nil {
		if !strings.Contains(err.Error(), "megapixels of work") {
			t.Fatal(err)
		}
		return
	}
	again, err := s.cold.Compile(t.Context(), tmpl)
	if err != nil {
		t.Fatalf("without caches: %v", err)
	}
	live := *design
	live.stills, live.base, live.flat = nil, nil, 0
	for _, product := range []templates.Fields{
		{"title": "Trail shoe for wet days", "rating": "3.5", "image_link": "https://shop.test/p.jpg"},
		{"title": "a.png", "flag": "1", "image_link": "https://shop.test/c.png"},
	} {
		want := s.draw(t, s.warm, design, product)
		for range 2 { // the first one is kept, the second one comes from memory
			same(t, "the same again", s.draw(t, s.warm, design, product), want, 0)
		}
		same(t, "without caches", s.draw(t, s.cold, again, product), want, 0)
		minimal, err := design.Minimal(product)
		if err != nil {
			t.Fatalf("minimal fields: %v", err)
		}
		same(t, "of minimal fields", s.draw(t, s.warm, design, minimal), want, 0)
		const magnified = 16 // by blend modes: what is painted in advance is rounded sooner
		same(t, "without stills", s.draw(t, s.warm, &live, product), want, magnified)
	}
}

// draw paints a product and returns its picture, which cold engines encode too.
func (s *studio) draw(t *testing.T, e *Engine, d *Design, product templates.Fields) *image.RGBA {
	t.Helper()
	scene, err := d.Resolve(product)
	if err != nil {
		t.Fatal(err)
	}
	painted, err := e.Paint(t.Context(), scene, s.photos)
	if err != nil {
		t.Fatal(err)
	}
	defer painted.Release()
	img := *painted.Image
	img.Pix = bytes.Clone(img.Pix)
	for _, format := range []templates.Format{templates.JPEG, templates.PNG} {
		if e != s.cold {
			break
		}
		if _, err := e.Encode(t.Context(), painted, format, d.Template.Output); err != nil && !errors.As(err, new(*TooLargeError)) {
			t.Fatalf("%s: %v", format, err)
		}
	}
	same(t, "after it was encoded", painted.Image, &img, 0)
	return &img
}

// same compares two pictures.
func same(t *testing.T, what string, got, want *image.RGBA, tolerance uint8) {
	t.Helper()
	for i, v := range got.Pix {
		if w := want.Pix[i]; max(v, w)-min(v, w) > tolerance {
			t.Fatalf("%s: component %d of pixel %d is %d; want %d (%v)", what, i%4, i/4, v, w, got.Rect)
		}
	}
}

// dice are a source of random values.
type dice struct{ *rand.Rand }

func (d dice) chance(share float64) bool { return d.Float64() < share }
func (d dice) one(of ...any) any         { return of[d.IntN(len(of))] }
func (d dice) whole(lo, hi int) int      { return lo + d.IntN(hi-lo+1) }

// number is often one of the limits or a whole number.
func (d dice) number(lo, hi float64) float64 {
	switch v := lo + float64((hi-lo)*d.Float64()); d.IntN(8) {
	case 0:
		return lo
	case 1:
		return hi
	case 2, 3, 4:
		return v
	default:
		return max(lo, math.Trunc(v))
	}
}

// maybe sets a key by chance.
func (d dice) maybe(share float64, o object, key string, value any) {
	if d.chance(share) {
		o[key] = value
	}
}
