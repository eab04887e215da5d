package renderer_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
)

// layersOf lists what became of each layer: its id, then the reason or what it shows.
func layersOf(x *renderer.Explanation) string {
	var list []string
	for _, l := range x.Layers {
		text := l.ID + ":" + string(l.Why)
		if l.Content != "" {
			text += "(" + l.Content + ")"
		}
		if l.Fallback {
			text += "!"
		}
		if l.Group != "" {
			text = l.Group + "/" + text
		}
		list = append(list, text)
	}
	return strings.Join(list, " ")
}

func TestExplainLayers(t *testing.T) {
	t.Parallel()
	f := func(layers string, product templates.Fields, want string) {
		t.Helper()
		x := compile(t, engine(), white, layers).Explain(product)
		if got := layersOf(x); got != want {
			t.Errorf("%s\n of %v\n got %s\nwant %s (%v)", layers, product, got, want, x.Err)
		}
	}
	shape := func(id, more string) string {
		return `{"id":"` + id + `","type":"shape","shape":"rectangle","width":9,"height":9,"fill":"red"` + more + `}`
	}
	image := func(more string) string { return `{"id":"i","type":"image","width":9,"height":9` + more + `}` }
	sale := templates.Fields{"price": "10 USD", "sale_price": "8 USD"}

	f(shape("a", "")+","+shape("b", `,"show":"sale_price < price"`)+","+shape("c", `,"show":"not (sale_price < price)"`)+","+shape("d", `,"opacity":0,"show":"1 / 0 > 1"`), sale,
		"a: b: c:condition d:transparent")
	// Groups inside each other: each tells its own reason, and what it holds its group's.
	nested := `{"id":"g","type":"group","show":"sale_price < price","layers":[` + shape("a", "") + `,{"id":"h","type":"group","show":"price > 100","layers":[` +
		shape("b", "") + `,` + shape("c", `,"show":"price > 1"`) + `]}]}`
	f(nested, sale, "g: g/a: g/h:condition h/b:group h/c:group")
	f(nested, templates.Fields{"price": "200 USD", "sale_price": "100 USD"}, "g: g/a: g/h: h/b: h/c:")
	f(nested, nil, "g:condition g/a:group g/h:group h/b:group h/c:group")
	f(`{"id":"g","type":"group","layers":[`+shape("a", `,"show":"price > 100"`)+`]}`, sale, "g:empty_group g/a:condition")
	f(`{"id":"g","type":"group","opacity":0,"layers":[`+shape("a", "")+`]}`, nil, "g:transparent g/a:group")

	f(image(`,"src":"{{image_link}}"`), templates.Fields{"image_link": photoURL}, "i:("+photoURL+")")
	f(image(`,"src":"{{image_link}}"`), nil, "i:no_photo")
	f(image(`,"src":"{{image_link}}","fallback":"asset:badge.png"`), nil, "i:(asset:badge.png)!")
	f(image(`,"src":"asset:badge.png"`), nil, "i:(asset:badge.png)")
	f(image(`,"src":"asset:{{title}}.png","fallback":"hide"`), templates.Fields{"title": "x"}, "i:no_asset(asset:x.png)")
	f(image(`,"src":"asset:{{title}}.png","fallback":"asset:badge.png"`), templates.Fields{"title": "x"}, "i:(asset:badge.png)!")
	f(image(`,"src":"asset:{{title}}.png"`), templates.Fields{"title": "x"}, "i:failed(asset:x.png)")

	f(`{"id":"q","type":"qr","width":60,"height":60,"text":"{{default(title, '')}}"}`, templates.Fields{"title": "a"}, "q:(a)")
	f(`{"id":"q","type":"qr","width":60,"height":60,"text":"{{image_link}}"}`, nil, "q:empty")
	f(`{"id":"q","type":"qr","width":9,"height":9,"text":"{{title}}"}`, templates.Fields{"title": "a"}, "q:failed")
	f(`{"id":"r","type":"rating","width":60,"height":9,"value":"{{rating}}"}`, templates.Fields{"rating": "9"}, "r:(5)")
	f(`{"id":"r","type":"rating","width":60,"height":9,"value":"{{rating}}"}`, nil, "r:empty")

	f(textLayer(`"text":"{{image_link}}"`), nil, "t:empty")
	f(textLayer(`"text":"{{title}}"`), nil, "t:failed") // required
	f(textLayer(`"text":"{{title}}","overflow":"hide","maxLines":1`), templates.Fields{"title": strings.Repeat("long ", 20)}, "t:text_overflow")
	f(textLayer(`"text":"{{title}}","missing":"hide"`), templates.Fields{"title": "\u16a0"}, "t:no_glyphs")
	f(textLayer(`"text":"{{title}}","missing":"fail"`), templates.Fields{"title": "\u16a0"}, "t:failed")
	f(textLayer(`"text":"{{title}}","font":"Nowhere, Go","missing":"hide"`), templates.Fields{"title": "a"}, "t:no_font")

	f(shape("a", `,"x":200`)+","+shape("b", `,"x":150`)+`,{"id":"g","type":"group","width":20,"height":20,"clip":true,"layers":[`+shape("c", `,"x":21`)+`,`+shape("d", `,"x":12`)+`]}`, nil,
		"a:outside b: g: g/c:outside g/d:")
	f(`{"id":"g","type":"group","width":400,"height":400,"rotation":180,"layers":[`+shape("a", `,"x":380,"y":380`)+`]}`, nil, "g: g/a:")    // the turn brings it into view
	f(`{"id":"g","type":"group","shadow":[{"x":-40,"y":0,"blur":0,"color":"#000"}],"layers":[`+shape("a", `,"x":170`)+`]}`, nil, "g: g/a:") // its shadow is in view
	bar := `{"id":"a","type":"shape","shape":"rectangle","y":130,"width":100,"height":4,"fill":"red"%s}`
	f(fmt.Sprintf(bar, ""), nil, "a:outside")
	f(fmt.Sprintf(bar, `,"rotation":90`), nil, "a:")

	// What fails ends nothing: the layers behind it are explained, too.
	f(shape("a", `,"show":"price > 1"`)+","+shape("b", `,"show":"price > 100"`)+`,{"id":"g","type":"group","layers":[`+textLayer(`"text":"{{title}}"`)+`]},`+shape("c", ""), sale,
		"a: b:condition g:failed g/t:failed c:")
	f(shape("a", `,"show":"price > 1"`), templates.Fields{"price": "cheap"}, "a:failed")
}

func TestExplainEvaluationsAndFields(t *testing.T) {
	t.Parallel()
	const layers = `
		{"id":"a","type":"text","width":90,"size":9,"font":"Go","text":"{{money(sale_price < price ? sale_price : price)}}"},
		{"id":"b","type":"text","width":90,"size":9,"font":"Go","show":"rating > 4","text":"{{title}}"},
		{"id":"g","type":"group","show":"price == nil","layers":[{"id":"c","type":"qr","width":60,"height":60,"show":"rating < 4","text":"{{image_link}}"}]}`
	x := compile(t, engine(), white, layers).Explain(templates.Fields{"title": " Hat ", "price": "$10", "rating": "3.50", "image_link": "nonsense", "colour": "<red>"})
	if x.Err != nil || x.Scene == nil {
		t.Fatalf("scene %v, %v", x.Scene, x.Err)
	}
	var got []string
	for _, e := range x.Evaluations {
		got = append(got, fmt.Sprintf("%s %s %q used %v error %v", e.Layer, e.Source, e.Text, e.Used, e.Err != nil))
	}
	want := []string{
		`a money(sale_price < price ? sale_price : price) "$10.00" used true error false`,
		`b rating > 4 "false" used true error false`,
		`b title "Hat" used false error false`,
		`g price == nil "false" used true error false`,
		`c rating < 4 "true" used false error false`,
		`c image_link "" used false error true`, // it would fail, were it shown
	}
	if !slices.Equal(got, want) {
		t.Errorf("evaluations\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	got = nil
	for _, f := range x.Fields {
		got = append(got, fmt.Sprintf("%s %q %q declared %v read %v wrong %v", f.Name, f.Given, f.Normal, f.Declared, f.Read, f.Wrong != nil))
	}
	want = []string{
		`title " Hat " "Hat" declared true read false wrong false`,
		`price "$10" "10.00 USD" declared true read true wrong false`,
		`rating "3.50" "3.5" declared true read true wrong false`,
		`sale_price "" "" declared true read true wrong false`,
		`image_link "nonsense" "" declared true read false wrong true`,
		`colour "<red>" "" declared false read false wrong false`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("fields\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestExplainTexts(t *testing.T) {
	t.Parallel()
	f := func(layer, title, want string) {
		t.Helper()
		x := compile(t, engine(), white, layer).Explain(templates.Fields{"title": title})
		var got string
		for _, u := range x.Texts {
			got += fmt.Sprintf("%s %q cut %q size %v of %v-%v whole %v wanted %v used %v stand-in %v missing %q", u.Layer, u.Lines, u.Cut, u.Size, u.SmallestSize, u.LargestSize, u.Whole, u.Wanted, u.Families, u.StandIn, string(u.Missing))
		}
		if got != want {
			t.Errorf("%s of %q\n got %s\nwant %s", layer, title, got, want)
		}
	}
	f(textLayer(`"text":"{{title}}"`), "Two words", `t ["Two words"] cut "" size 20 of 20-20 whole true wanted [Go] used [Go] stand-in [] missing ""`)
	f(textLayer(`"text":"{{title}}"`), "One\nTwo", `t ["One" "Two"] cut "" size 20 of 20-20 whole true wanted [Go] used [Go] stand-in [] missing ""`)
	f(textLayer(`"text":"{{title}}","maxLines":1,"overflow":"clip"`), "One\nTwo", `t ["One"] cut "Two" size 20 of 20-20 whole false wanted [Go] used [Go] stand-in [] missing ""`)
	f(textLayer(`"text":"{{title}}","fit":"shrink","size":60,"minSize":8,"maxLines":1`), "Unbreakable", `t ["Unbreakable"] cut "" size 24 of 8-60 whole true wanted [Go] used [Go] stand-in [] missing ""`)
	f(textLayer(`"text":"{{title}}","font":"Nowhere, Go"`), "a\u16a0", `t ["aᚠ"] cut "" size 20 of 20-20 whole true wanted [Nowhere Go] used [Go] stand-in [Go] missing "ᚠ"`)
	f(textLayer(`"spans":[{"text":"a"},{"text":"{{title}}","font":"Go Mono, Go"}]`), "b ", `t ["ab"] cut "" size 20 of 20-20 whole true wanted [Go Go Mono] used [Go] stand-in [] missing ""`)
	// What keeps values apart in a text is not part of it.
	f(textLayer(`"text":"{{title}} + {{title}}"`), "\u05d0", `t ["א + א"] cut "" size 20 of 20-20 whole true wanted [Go] used [Go] stand-in [] missing "א"`)
	// Hidden, but explained all the same.
	f(textLayer(`"text":"{{title}}","overflow":"hide","maxLines":1`), "One\nTwo", `t ["One"] cut "Two" size 20 of 20-20 whole false wanted [Go] used [Go] stand-in [] missing ""`)
	f(textLayer(`"text":"{{title}}","show":"price != nil"`), "a", "")
}

// Raised cents are plain digits to those who read what an expression gives.
func TestExplainRaisedCents(t *testing.T) {
	t.Parallel()
	x := compile(t, engine(), white, textLayer(`"text":"{{money(price, \"superscript\")}}"`)).Explain(templates.Fields{"price": "12.99 USD"})
	if e := x.Evaluations[0]; e.Text != "$1299" || e.Value != "$1299" || x.Texts[0].Text != "$1299" {
		t.Errorf("evaluation %+q, %+q; text %+q", e.Text, e.Value, x.Texts[0].Text)
	}
}

func TestExplainPainted(t *testing.T) {
	t.Parallel()
	f := func(more, want string) {
		t.Helper()
		e := engine()
		design := compile(t, e, white, `{"id":"i","type":"image","width":9,"height":9,"src":"{{image_link}}"`+more+`}`)
		x := design.Explain(templates.Fields{"image_link": missingURL})
		if got := layersOf(x); got != "i:("+missingURL+")" {
			t.Errorf("before it is painted: %s", got)
		}
		painted, err := e.Paint(t.Context(), x.Scene, renderer.Photos{missingURL: {Err: errMissing}})
		var failed *renderer.PhotoError
		switch {
		case errors.As(err, &failed):
			x.Painted(failed)
		case err != nil:
			t.Fatal(err)
		default:
			x.Painted(painted.Missing...)
		}
		l := x.Layers[0]
		if got := layersOf(x); got != want || !errors.Is(l.Err, errMissing) || l.Drawn != (l.Why == "") {
			t.Errorf("%s: %s, %v; want %s", more, got, l.Err, want)
		}
	}
	f("", "i:failed("+missingURL+")")
	f(`,"fallback":"hide"`, "i:photo_failed("+missingURL+")")
	f(`,"fallback":"asset:badge.png"`, "i:(asset:badge.png)!")
}

func TestExplainBoxes(t *testing.T) {
	t.Parallel()
	x := compile(t, engine(), white, `{"id":"g","type":"group","x":10,"y":5,"stack":{"direction":"row","gap":4},"layers":[
		{"id":"a","type":"shape","shape":"rectangle","width":9,"height":9,"fill":"red","show":"price != nil"},
		{"id":"b","type":"shape","shape":"rectangle","width":20,"height":9,"fill":"red"},
		{"id":"c","type":"shape","shape":"rectangle","width":9,"height":9,"fill":"red"}]}`).Explain(nil)
	for _, l := range x.Layers {
		switch l.ID {
		case "a":
			if l.Placed {
				t.Error("what is hidden has a place")
			}
		case "c":
			if !l.Placed || l.X != 34 || l.Y != 5 || l.Width != 9 || l.Height != 9 {
				t.Errorf("c: %+v; want it behind b", l)
			}
		}
	}
}
