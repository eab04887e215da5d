package renderer_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"maps"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

var errMissing = errors.New("the shop is closed")

const white = `"background":"#fff"`

func engine() *renderer.Engine {
	return renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
}

func TestResolve(t *testing.T) {
	t.Parallel()
	const layers = `
		{"id":"photo","type":"image","width":9,"height":9,"src":"{{image_link}}"},
		{"id":"was","type":"text","width":9,"size":9,"font":"Go","show":"sale_price < price","text":"{{money(price)}}"},
		{"id":"now","type":"text","width":9,"size":9,"font":"Go","text":"{{money(default(sale_price, price))}}"},
		{"id":"badge","type":"group","show":"sale_price < price","layers":[{"id":"b","type":"image","width":9,"height":9,"src":"asset:badge.png"}]}`
	design := compile(t, engine(), white, layers)
	f := func(product templates.Fields, want string) {
		t.Helper()
		scene, err := design.Resolve(product)
		if err != nil {
			t.Errorf("Resolve(%v): %v", product, err)
			return
		}
		if got := strings.Join(strings.Fields(scene.Describe()), " "); got != want {
			t.Errorf("Resolve(%v)\n got %s\nwant %s", product, got, want)
		}
	}
	f(templates.Fields{"image_link": photoURL, "price": "10 USD"},
		`photo at 0,0: picture https://shop.test/photo.jpg now at 0,0: words "$10.00"`)
	f(templates.Fields{"image_link": photoURL, "price": "10 USD", "sale_price": "8 USD"},
		`photo at 0,0: picture https://shop.test/photo.jpg was at 0,0: words "$10.00" now at 0,0: words "$8.00" badge at 0,0: group b at 0,0: picture`)
	f(templates.Fields{}, "")
}

func TestMinimal(t *testing.T) {
	t.Parallel()
	const layers = `
		{"id":"title","type":"text","width":9,"size":9,"font":"Go","show":"sale_price < price","text":"{{title}}"},
		{"id":"price","type":"text","width":9,"size":9,"font":"Go","text":"{{money(sale_price < price ? sale_price : price)}}"}`
	design := compile(t, engine(), white, layers)
	f := func(product, want templates.Fields) {
		t.Helper()
		got, err := design.Minimal(product)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("Minimal(%v) = %v, %v; want %v", product, got, err, want)
		}
		// What was left out must not matter.
		full, err1 := design.Resolve(product)
		least, err2 := design.Resolve(got)
		if err1 != nil || err2 != nil || full.Describe() != least.Describe() {
			t.Errorf("Minimal(%v) shows another picture: %v, %v", product, err1, err2)
		}
	}
	f(templates.Fields{"title": "Hat", "price": "10 USD", "image_link": photoURL, "colour": "red"}, templates.Fields{"price": "10.00 USD"})
	f(templates.Fields{"title": " Hat ", "price": "10.0 USD", "sale_price": "8 USD"},
		templates.Fields{"title": "Hat", "price": "10.00 USD", "sale_price": "8.00 USD"})
	f(templates.Fields{"title": "Hat", "price": "10 USD", "sale_price": "12 USD"}, templates.Fields{"price": "10.00 USD"})
	f(templates.Fields{}, templates.Fields{})

	if _, err := design.Minimal(templates.Fields{"price": "10 USD", "sale_price": "8 USD"}); err == nil {
		t.Error("a required title that is shown was not missed")
	}
}

func TestPhotoFailures(t *testing.T) {
	t.Parallel()
	e := engine()
	layer := func(more string) string {
		return `{"id":"p","type":"image","width":50,"height":50,"src":"{{image_link}}"` + more + `}`
	}
	product := templates.Fields{"image_link": photoURL}
	truncated := testPhoto(t)[:2000]
	huge := png1x1(t, 30_000, 30_000)
	for name, photo := range map[string]renderer.Photo{
		"error": {Err: errMissing}, "truncated": {Data: truncated}, "html": {Data: []byte("<html></html>")}, "empty": {}, "bomb": {Data: huge},
	} {
		scene := resolve(t, e, white, layer(""), product)
		_, err := e.Paint(t.Context(), scene, renderer.Photos{photoURL: photo})
		var failed *renderer.PhotoError
		if !errors.As(err, &failed) || failed.Layer != "p" || failed.URL != photoURL {
			t.Errorf("%s: %v; want a PhotoError", name, err)
		}
		if err := scene.Check(renderer.Photos{photoURL: photo}); (err != nil) != (photo.Err != nil) {
			t.Errorf("%s: Check = %v", name, err)
		}
		hidden := resolve(t, e, white, layer(`,"fallback":"hide"`), product)
		result, err := e.Paint(t.Context(), hidden, renderer.Photos{photoURL: photo})
		if err != nil || len(result.Missing) != 1 {
			t.Errorf("%s with fallback: %v, %v; want the photo missing", name, result, err)
		}
	}
	if _, err := e.Paint(t.Context(), resolve(t, e, white, layer(""), product), nil); err == nil {
		t.Error("a photo that was never loaded was drawn")
	}
}

// png1x1 is a PNG of one pixel whose header claims another size.
func png1x1(t *testing.T, width, height uint32) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	data := buf.Bytes()
	for i, v := range []uint32{width, height} {
		data[16+4*i], data[17+4*i], data[18+4*i], data[19+4*i] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
	}
	return data
}

func TestPaintStopsWithItsContext(t *testing.T) {
	t.Parallel()
	e := engine()
	scene := resolve(t, e, white, `{"id":"t","type":"text","width":99,"size":9,"font":"Go","text":"{{title}}"}`, templates.Fields{"title": "x"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Paint(ctx, scene, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Paint = %v; want %v", err, context.Canceled)
	}
}

func TestSamePictureAlways(t *testing.T) {
	t.Parallel()
	layers := `{"id":"p","type":"image","width":160,"height":120,"src":"{{image_link}}","radius":9,"rotation":7},
		{"id":"t","type":"text","width":150,"size":20,"font":"Go","text":"{{title}}"}`
	first := paint(t, white, layers, renderer.Photos{photoURL: {Data: testPhoto(t)}})
	for range 3 {
		again := paint(t, white, layers, renderer.Photos{photoURL: {Data: testPhoto(t)}})
		if !bytes.Equal(first.Image.Pix, again.Image.Pix) {
			t.Fatal("the same scene gave other pixels")
		}
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 16, 16)) // transparent
	data, err := engine().Encode(t.Context(), &renderer.Result{Image: img}, templates.JPEG, templates.Output{Quality: 85})
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := decoded.At(8, 8).RGBA(); r>>8 < 254 || g>>8 < 254 || b>>8 < 254 {
		t.Errorf("nothing as JPEG is %v; want white", decoded.At(8, 8))
	}
	data, err = engine().Encode(t.Context(), &renderer.Result{Image: img}, templates.PNG, templates.Output{})
	if err != nil {
		t.Fatal(err)
	}
	if decoded, err := png.Decode(bytes.NewReader(data)); err != nil || color.NRGBAModel.Convert(decoded.At(8, 8)) != (color.NRGBA{}) {
		t.Errorf("nothing as PNG: %v, %v; want transparency kept", decoded.At(8, 8), err)
	}
	var format *renderer.FormatError
	if _, err := engine().Encode(t.Context(), &renderer.Result{Image: img}, templates.WebP, templates.Output{}); !errors.As(err, &format) {
		t.Errorf("WebP: %v; want a FormatError", err)
	}
}

func TestCompileMistakes(t *testing.T) {
	t.Parallel()
	doc := `{"schema":1,"name":"n","width":9,"height":9,"layers":[{"id":"t","type":"text","width":9,"size":9,"text":"x","font":"Nonesuch, Nope"},
		{"id":"a","type":"image","width":9,"height":9,"src":"asset:a.png"}]}`
	tmpl, err := templates.Decode([]byte(doc), map[string][]byte{"a.png": []byte("<svg>")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = engine().Compile(t.Context(), tmpl)
	var mistakes templates.Mistakes
	if !errors.As(err, &mistakes) || len(mistakes) != 2 {
		t.Fatalf("Compile = %v; want two mistakes", err)
	}
	if got := mistakes[1].String(); got != `layers[0].font: expected a font family of this node (Go); found "Nonesuch, Nope"` {
		t.Error(got)
	}
}

func TestSubstitute(t *testing.T) {
	t.Parallel()
	design := compile(t, engine(), white, `{"id":"t","type":"text","width":9,"size":9,"text":"x","font":"Nonesuch, Go"}`)
	if len(design.Substitutes) != 1 || design.Substitutes[0] != (renderer.Substitute{Layer: "t", Wanted: "Nonesuch", Used: "Go"}) {
		t.Errorf("substitutes %v", design.Substitutes)
	}
}
