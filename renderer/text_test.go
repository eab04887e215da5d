package renderer_test

import (
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
)

// A field that only a span reads counts.
func TestMinimalOfSpans(t *testing.T) {
	t.Parallel()
	design := compile(t, engine(), white, textLayer(`"spans":[{"text":"only "},{"text":"{{money(price)}}","baseline":"super"},{"text":"{{title}}","case":"upper"}]`))
	got, err := design.Minimal(templates.Fields{"title": "hat", "price": "10 USD", "sale_price": "8 USD", "rating": "4"})
	if err != nil || len(got) != 2 || got["title"] != "hat" || got["price"] != "10.00 USD" {
		t.Errorf("minimal fields %v, %v; want title and price", got, err)
	}
}

// What money writes raised is plain digits where nothing can be raised.
func TestSuperscriptsElsewhere(t *testing.T) {
	t.Parallel()
	const money = `{{money(price, \"superscript\")}}`
	f := func(layer, want string) {
		t.Helper()
		scene := resolve(t, engine(), white, layer, templates.Fields{"title": "x", "price": "19.99 USD"})
		if got := strings.TrimSpace(scene.Describe()); got != want {
			t.Errorf("the scene is %q; want %q", got, want)
		}
	}
	f(`{"id":"q","type":"qr","width":90,"height":90,"text":"`+money+`"}`, `q at 0,0: qr "$1999"`)
	f(`{"id":"p","type":"image","width":9,"height":9,"src":"https://shop.test/`+money+`.jpg"}`, `p at 0,0: picture https://shop.test/$1999.jpg`)
}

func painted(t *testing.T, layer string) *image.RGBA {
	t.Helper()
	return paint(t, white, layer, nil).Image
}

// looksLike tells whether two texts are drawn alike.
func looksLike(t *testing.T, got, want string) {
	t.Helper()
	a, b := painted(t, textLayer(got)), painted(t, textLayer(want))
	for i, v := range a.Pix {
		if v != b.Pix[i] {
			t.Errorf("%s and %s: expected the same picture; found %v and %v at %d,%d", got, want, a.RGBAAt(i/4%160, i/640), b.RGBAAt(i/4%160, i/640), i/4%160, i/640)
			return
		}
	}
}

func TestTextsThatLookAlike(t *testing.T) {
	t.Parallel()
	f := func(got, want string) { t.Helper(); looksLike(t, got, want) }
	f(`"spans":[{"text":"one"}]`, `"text":"one"`)
	f(`"spans":[{"text":"one","color":"red","underline":true}]`, `"text":"one","color":"red","underline":true`)
	f(`"spans":[{"text":"one","weight":700,"italic":true}]`, `"text":"one","weight":700,"italic":true`)
	f(`"spans":[{"text":"one "},{"text":"two"},{"text":" three four five"}]`, `"text":"one two three four five"`)
	f(`"spans":[{"text":"one","baseline":0}]`, `"text":"one"`)
	f(`"text":"a\ufdd1b"`, `"text":"ab"`) // markers of superscripts stand for nothing by themselves
	f(`"text":"a\ufdd0\ufdd1b"`, `"text":"ab"`)
	f(`"spans":[{"text":"H"},{"text":"9","baseline":"super"}]`, `"text":"H\ufdd09\ufdd1"`)
	f(pangram+`,"fit":"shrink","size":40,"minSize":6`, pangram+`,"fit":"shrink-wrap","prefer":"size","size":40,"minSize":6`)
	f(`"text":"one","background":{"color":"transparent","padding":[4,6]}`, `"text":"one","x":16,"y":14,"width":128,"height":92`)
	f(`"text":"one","width":0,"height":0,"background":{"color":"red"}`, `"text":"one","background":{"color":"red"}`)
	f(`"text":"one","stroke":"red"`, `"text":"one"`)
}

// Templates may ask for anything that can be decoded.
func TestExtremeTexts(t *testing.T) {
	t.Parallel()
	for _, more := range []string{
		`"size":1,"spans":[{"text":"x","size":1000,"baseline":1000},{"text":"{{title}}","baseline":-1000}]`,
		`"size":1000,"spans":[{"text":"x","size":1,"baseline":"super"},{"text":"\ufdd0y\ufdd1","size":1,"baseline":"super"}]`,
		`"size":1000,"minSize":1,"fit":"shrink","spans":[{"text":"{{title}}","size":1000},{"text":"small","size":1}]`,
		`"text":"` + strings.Repeat(`\ufdd0`, 5000) + `"`,
		`"text":"` + strings.Repeat(`\ufdd0x\ufdd1y`, 1500) + `","size":1`,
		`"size":1,"lineHeight":0.5,"text":"` + strings.Repeat(`x\n`, 5000) + `","background":{"color":"#f008","per":"line","padding":1000,"radius":500}`,
		`"text":"{{title}}","background":{"color":"red","padding":1000},"fit":"shrink-wrap","minSize":1`,
		`"text":"{{title}}","width":0,"height":0,"background":{"color":"red","padding":1000}`,
		`"text":"{{title}}","stroke":"red","strokeWidth":200,"size":1000`,
		`"text":"{{title}}","letterSpacing":-100,"align":"justify","underline":true,"width":0`,
		`"text":"{{title}}","width":0.001,"height":0.001,"overflow":"clip"`,
	} {
		painted(t, textLayer(more))
	}
}

func TestMissingCharacters(t *testing.T) {
	t.Parallel()
	design := compile(t, engine(), white, textLayer(`"text":"{{title}}","missing":"fail"`))
	if _, err := design.Resolve(templates.Fields{"title": "plain"}); err != nil {
		t.Error(err)
	}
	_, err := design.Resolve(templates.Fields{"title": "\u16a0 and \u16a2"})
	var missing *renderer.GlyphError
	if !errors.As(err, &missing) {
		t.Fatalf("Resolve = %v; want a *renderer.GlyphError", err)
	}
	if got, want := err.Error(), "layer t: expected fonts with all characters (it lists Go); found none with \u16a0 (U+16A0), \u16a2 (U+16A2)"; got != want {
		t.Errorf("the error is %q; want %q", got, want)
	}
}

// A text without a width or a height takes whole pixels, with the padding of its
// background.
func TestTextsThatHug(t *testing.T) {
	t.Parallel()
	img := painted(t, `{"id":"g","type":"group","stack":{"direction":"row"},"layers":[`+
		textLayer(`"width":0,"height":0,"text":"Sale","color":"red","background":{"color":"red","padding":[3,7]}`)+`,
		{"id":"s","type":"shape","shape":"rectangle","width":20,"height":20,"fill":"blue"}]}`)
	edge := 0
	for img.RGBAAt(edge, 10).B == 0 { // all red
		edge++
	}
	at, next := img.RGBAAt(edge-1, 10), img.RGBAAt(edge, 10)
	if next != (color.RGBA{0, 0, 255, 255}) || edge < 2*7+20 {
		t.Errorf("behind the background, at %d, %v then %v; want red, then blue with a sharp edge", edge, at, next)
	}
	for y, want := range map[int]bool{0: true, 29: true, 30: false} { // 24 of the line, 3 above and below
		if got := img.RGBAAt(3, y).G == 0; got != want {
			t.Errorf("background at row %d: %v; want %v", y, got, want)
		}
	}
}

// A family that several spans lack is told once.
func TestSubstitutesOfSpans(t *testing.T) {
	t.Parallel()
	design := compile(t, engine(), white, textLayer(`"spans":[{"text":"a","font":"Nowhere, Go"},{"text":"b"},{"text":"c","font":"Nowhere, Go"},{"text":"d","font":"Nowhere,Go","weight":700}]`))
	if got := design.Substitutes; len(got) != 1 || got[0].String() != "layer t: font Nowhere is not on this machine; Go stands in" {
		t.Errorf("substitutes %v; want one", got)
	}
}

// A value that runs the other way than the text around it changes no order there.
func TestValuesKeepApart(t *testing.T) {
	t.Parallel()
	f := func(layer, title, want string) {
		t.Helper()
		scene := resolve(t, engine(), white, textLayer(layer), templates.Fields{"title": title, "price": "19.99 ILS"})
		if got := strings.TrimSpace(scene.Describe()); !strings.HasSuffix(got, "words "+want) {
			t.Errorf("%s of %q: the scene is %s; want words %s", layer, title, got, want)
		}
	}
	f(`"text":"from {{title}}!"`, "719 ₪", `"from 719 ₪!"`)
	f(`"text":"from {{title}}!"`, "\u200f719 ₪", `"from \u2068\u200f719 ₪\u2069!"`)
	f(`"text":"from {{title}}!"`, "Nike", `"from Nike!"`)
	f(`"text":"{{title}}"`, "נעלי (256GB)", `"נעלי (256GB)"`)
	f(`"text":"חדש: {{title}}"`, "iPhone (256GB)", `"חדש: \u2068iPhone (256GB)\u2069"`)
	f(`"text":"חדש: {{title}}"`, "20", `"חדש: 20"`)
	f(`"spans":[{"text":"חדש: "},{"text":"{{title}}"}]`, "iPhone", `"חדש: \u2068iPhone\u2069"`)
	f(`"spans":[{"text":"new: "},{"text":"{{title}}"}]`, "iPhone", `"new: iPhone"`)
}
