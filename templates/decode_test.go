package templates_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

const linkAd = `{ "schema": 1, "name": "Link ad", "width": 1200, "height": 628,
  "background": {"type": "linear", "angle": 180, "stops": [[0, "#fdf6ec"], [1, "#f3d9b1"]]},
  "fields": [ {"name": "title", "type": "text", "required": true, "sample": "Linen shirt"},
              {"name": "price", "type": "money", "sample": "129.00 USD"}, {"name": "sale_price", "type": "money"},
              {"name": "image_link", "type": "image", "required": true} ],
  "layers": [
    {"id": "photo", "type": "image", "x": 34, "y": 34, "width": 560, "height": 560, "src": "{{image_link}}", "fit": "cover", "radius": 28},
    {"id": "title", "type": "text", "x": 640, "y": 70, "width": 520, "height": 220, "text": "{{title}}", "font": "Inter", "weight": 700,
     "size": 52, "minSize": 28, "fit": "shrink", "maxLines": 3, "overflow": "ellipsis", "color": "#1d1b19"},
    {"id": "was", "type": "text", "x": 640, "y": 330, "width": 520, "height": 50, "show": "sale_price != nil && sale_price < price",
     "text": "{{money(price)}}", "strike": true, "size": 38, "color": "#8a8178"},
    {"id": "ribbon", "type": "image", "x": 400, "y": 0, "width": 220, "height": 220, "show": "sale_price < price", "src": "asset:ribbon.png"} ] }`

func TestDecode(t *testing.T) {
	t.Parallel()
	tmpl, err := templates.Decode([]byte(linkAd), map[string][]byte{"ribbon.png": {}})
	if err != nil {
		t.Fatal(err)
	}
	if tmpl.Width != 1200 || len(tmpl.Layers) != 4 || len(tmpl.Background.Stops) != 2 {
		t.Errorf("decoded %+v", tmpl)
	}
	title := tmpl.Layers[1].(*templates.Text)
	if title.Size != 52 || title.Fit != templates.Shrink || title.Opacity != 1 || title.LineHeight != 1.2 {
		t.Errorf("title %+v", title)
	}
	if got := tmpl.Samples(); len(got) != 2 || got["price"] != "129.00 USD" {
		t.Errorf("samples %v", got)
	}
}

// minimal wraps a layer in a document that is otherwise right.
func minimal(layer string) string {
	return `{"schema":1,"name":"n","width":10,"height":10,"fields":[{"name":"price","type":"money"},{"name":"title","type":"text"}],"layers":[` + layer + `]}`
}

func TestDecodeMistakes(t *testing.T) {
	t.Parallel()
	f := func(doc string, want ...string) {
		t.Helper()
		tmpl, err := templates.Decode([]byte(doc), nil)
		var mistakes templates.Mistakes
		if !errors.As(err, &mistakes) {
			t.Errorf("Decode(%.60s) = %v, %v; want mistakes", doc, tmpl, err)
			return
		}
		if len(mistakes) != len(want) {
			t.Errorf("Decode(%.80s) found %d mistakes, want %d:\n%v", doc, len(mistakes), len(want), err)
			return
		}
		for i, w := range want {
			if got := mistakes[i].String(); !strings.Contains(got, w) {
				t.Errorf("mistake %d = %q; want %q in it", i, got, w)
			}
		}
	}
	f(``, "document: expected valid JSON; found an unfinished document")
	f(`{"schema":1`, "an unfinished document")
	f(`[]`, "document: expected an object; found a list of 0")
	f(`{} {}`, "something after the document's end")
	f(`{"name":"x"}`, "schema: expected the schema number, 1; found nothing")
	f(`{"schema":2}`, "schema: expected schema 1")
	f(strings.Repeat("[", 1000), "more than 64 levels")
	f(`{"schema":1,"name":"n","name":"m","width":1,"height":1,"layers":[]}`, "name: expected each key once")
	f(`{"schema":1,"name":"","width":5000,"height":1.5,"background":"red-ish","layers":{},"colour":1}`,
		"name: expected a name", "width: expected a whole number from 1 to 4096; found 5000",
		"height: expected a whole number", `background: expected a colour`, "layers: expected a list; found an object",
		`colour: expected one of the keys background, fallbackFonts, fields, height`)
	f(minimal(`{"id":"a","type":"image","x":0,"y":0,"width":1,"height":1,"src":"asset:logo.png","fit":"crop","radius":-1}`),
		`layers[0].fit: expected one of contain, cover, fill, none, smart; found "crop"`,
		"layers[0].radius: expected a number from 0 to", `layers[0].src: expected an asset of this template (it has none); found "logo.png"`)
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{titel}}"}`), `layers[0].text: expected an expression over the declared fields; found "titel": unknown name titel`)
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{title"}`), "expected a }} for each {{")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"x","show":"title"}`), "layers[0].show: expected an expression")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"x","show":"price < title"}`), "values of one kind on both sides, not money and text")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"x","show":"1 in 1..99999999"}`), "without ranges")
	show := func(condition string) string {
		return minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"x","show":"` + condition + `"}`)
	}
	f(show("title == 5"), "not text and number")
	f(show("true == 1"), "not true or false and number")
	f(show("let a = title + title; a == a"), "fields, values, operators and functions only")
	f(show("(price ?? 1) < 5"), "default(a, b) in place of ??")
	f(show("title matches '(?:a?){1000}(?:a?){1000}$b'"), "a pattern of at most 200 instructions")
	f(show("ƒcompare('x', 1, 0)"), "one of the functions money")
	f(show("title == '"+strings.Repeat("x", 2000)+"'"), "an expression of at most 2000 bytes")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"`+strings.Repeat("{{1}}", 200)+`"}`), "at most 100 expressions")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"`+strings.Repeat("x", 20000)+`"}`), "a text of at most 16384 bytes")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{number(title)}}"}`), "number")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{repeat('x', 99999999)}}"}`), "repeat")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{map([1], # + 1)}}"}`), "map")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{now()}}"}`), "now")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"x","show":"title matches title"}`), "a pattern in quotes")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{money(title)}}"}`), "cannot use string")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"`+strings.Repeat("{{1+1}}", 1)+`","minSize":12}`), "layers[0].minSize: expected at most size (9)")
	f(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{`+strings.Repeat("1+", 300)+`1}}"}`), "exceeds maximum allowed nodes")
	f(minimal(`{"id":"a","type":"shape","shape":"polygon","width":5,"height":5,"fill":"#12345"}`), "at least 3 points", "fill: expected a colour")
	f(minimal(`{"id":"a","type":"shape","shape":"ellipse","width":5,"height":5}`), "nothing is drawn")
	f(minimal(`{"id":"a","type":"shape","shape":"ellipse","width":5,"height":5,"fill":{"type":"linear","stops":[[1,"red"],[0,"blue"]]}}`), "offsets that never fall")
	f(minimal(`{"id":"a","type":"video"}`), "layers[0].type: expected one of image, text, shape, qr, rating, group")
	f(minimal(`{"id":"a","type":"group","layers":[{"id":"a","type":"shape","shape":"rectangle","width":1,"height":1,"fill":"red"}]}`),
		"an id that no other layer has (layers[0] has it)")
	f(`{"schema":1,"name":"n","width":1,"height":1,"fields":[{"name":"sig","type":"text"},{"name":"a","type":"date"},{"name":"p","type":"money","sample":"12"},{"name":"p","type":"text"}],"layers":[]}`,
		"not a word of URLs", "fields[1].type: expected one of text, money, number, image", `fields[2].sample: expected an amount with its currency, such as "129.00 USD"; found "12"`, "each field once")
}

func TestDecodeWithAByteOrderMark(t *testing.T) {
	t.Parallel()
	if _, err := templates.Decode([]byte("\ufeff"+minimal("")), nil); err != nil {
		t.Error(err)
	}
}

func TestDecodeBudgets(t *testing.T) {
	t.Parallel()
	layers := func(n int, src string) string {
		var list []map[string]any
		for i := range n {
			list = append(list, map[string]any{"id": "l" + string(rune('a'+i/26)) + string(rune('a'+i%26)), "type": "image", "width": 1, "height": 1, "src": src})
		}
		doc, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Trim(string(doc), "[]")
	}
	f := func(doc, want string) {
		t.Helper()
		_, err := templates.Decode([]byte(doc), nil)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("Decode = %v; want %q", err, want)
		}
	}
	f(minimal(layers(20, "{{title}}")), "")
	f(minimal(layers(21, "{{title}}")), "at most 20 photos; found 21")
	f(minimal(layers(101, "{{title}}")), "at most 100; found 101")
	nested := `{"id":"z","type":"shape","shape":"rectangle","width":1,"height":1,"fill":"red"}`
	for i := range 8 {
		nested = `{"id":"g` + string(rune('a'+i)) + `","type":"group","layers":[` + nested + `]}`
	}
	f(minimal(nested), "at most 8 levels")
	turned := `{"id":"z","type":"shape","shape":"rectangle","width":1,"height":1,"fill":"red"}`
	for i := range 3 {
		turned = `{"id":"g` + string(rune('a'+i)) + `","type":"group","rotation":1,"layers":[` + turned + `]}`
	}
	f(minimal(turned), "at most 2 rotated groups inside each other; found 1")
	f(`{"x":"`+strings.Repeat("x", templates.MaxDocument)+`"}`, "at most 1048576 bytes")
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(linkAd))
	f.Add([]byte(minimal(`{"id":"a","type":"text","width":5,"size":9,"text":"{{money(price)}}"}`)))
	f.Fuzz(func(t *testing.T, doc []byte) {
		tmpl, err := templates.Decode(doc, nil)
		if (tmpl == nil) && err == nil {
			t.Fatal("neither a template nor an error")
		}
	})
}
