package renderer_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

func TestPhotoLimits(t *testing.T) {
	t.Parallel()
	e := renderer.New(typeset.NewFonts(nil), imageinfo.Limits{MaxPixels: 20_000}, renderer.Codecs{}, renderer.DefaultBudgets())
	layer := `{"id":"p","type":"image","width":50,"height":50,"src":"{{image_link}}"}`
	scene := resolve(t, e, white, layer, templates.Fields{"image_link": photoURL})
	_, err := e.Paint(t.Context(), scene, renderer.Photos{photoURL: {Data: testPhoto(t)}})
	var limit *imageinfo.LimitError
	if !errors.As(err, &limit) {
		t.Errorf("%v; want a LimitError", err)
	}
}

// A picture of one column and very many rows costs what it shows.
func TestThinPhoto(t *testing.T) {
	t.Parallel()
	e := engine()
	var thin bytes.Buffer
	if err := png.Encode(&thin, image.NewGray(image.Rect(0, 0, 1, 60_000))); err != nil {
		t.Fatal(err)
	}
	layer := `{"id":"p","type":"image","width":4096,"height":100,"src":"{{image_link}}","fit":"fill"}`
	scene := resolve(t, e, white, layer, templates.Fields{"image_link": photoURL})
	if _, err := e.Paint(t.Context(), scene, renderer.Photos{photoURL: {Data: thin.Bytes()}}); err != nil {
		t.Error(err)
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	e := engine()
	estimate := func(layers string, photo imageinfo.Info) int64 {
		t.Helper()
		return resolve(t, e, white, layers, templates.Fields{"image_link": photoURL, "title": "x"}).Bytes(renderer.Photos{photoURL: {Info: photo}})
	}
	const canvas = 160 * 120 * 4
	photo := `{"id":"p","type":"image","width":50,"height":50,"src":"{{image_link}}"}`
	words := `{"id":"t","type":"text","width":4000,"size":20,"font":"Go","text":"{{title}}"}`
	f := func(what string, got, low, high int64) {
		t.Helper()
		if got < low || got > high {
			t.Errorf("%s: %d bytes; want %d to %d", what, got, low, high)
		}
	}
	f("nothing", estimate("", imageinfo.Info{}), 2*canvas, 2*canvas)
	f("a photo", estimate(photo, imageinfo.Info{Width: 1000, Height: 1000}), 8_000_000, 20_000_000)
	f("a photo in a group", estimate(`{"id":"g","type":"group","layers":[`+photo+`]}`, imageinfo.Info{Width: 1000, Height: 1000}), 8_000_000, 20_000_000)
	f("a large faded text", estimate(`{"id":"g","type":"group","opacity":0.5,"layers":[`+words+`]}`, imageinfo.Info{}), 3*canvas, 10*canvas) // only what is seen
	f("turned groups", estimate(`{"id":"g","type":"group","rotation":45,"layers":[{"id":"h","type":"group","rotation":45,"layers":[`+words+`]}]}`, imageinfo.Info{}), 6*canvas, 60*canvas)
}

func TestAssetBudget(t *testing.T) {
	t.Parallel()
	var large bytes.Buffer
	if err := png.Encode(&large, image.NewGray(image.Rect(0, 0, 4096, 4096))); err != nil {
		t.Fatal(err)
	}
	tmpl, err := templates.Decode([]byte(`{"schema":1,"name":"n","width":9,"height":9,"layers":[]}`),
		map[string][]byte{"a.png": large.Bytes(), "b.png": large.Bytes(), "c.png": large.Bytes()})
	if err != nil {
		t.Fatal(err)
	}
	var mistakes templates.Mistakes
	if _, err := engine().Compile(t.Context(), tmpl); !errors.As(err, &mistakes) || len(mistakes) != 1 || mistakes[0].Path != "asset:c.png" {
		t.Errorf("%v; want a mistake of the third asset", err)
	}
}
