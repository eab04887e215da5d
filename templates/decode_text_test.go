package templates_test

import (
	"errors"
	"image/color"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

// words is a document with one text of some more keys.
func words(more string) string { return minimal(`{"id":"a","type":"text",` + more + `}`) }

func decodedText(t *testing.T, more string) *templates.Text {
	t.Helper()
	tmpl, err := templates.Decode([]byte(words(more)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl.Layers[0].(*templates.Text)
}

func TestTextDefaults(t *testing.T) {
	t.Parallel()
	got := decodedText(t, `"x":4,"size":9,"text":"x"`)
	want := &templates.Text{
		Look:     templates.Look{Fonts: []string{"Inter"}, Weight: 400, Size: 9, Color: templates.Paint{Kind: templates.Solid, Color: color.NRGBA{A: 255}}},
		MaxWidth: 6, MinSize: 9, Fit: templates.FitWrap, Prefer: templates.PreferLines, WordBreak: templates.WordBreakNormal, LineHeight: 1.2, Overflow: templates.Ellipsis,
		Align: templates.AlignStart, VAlign: templates.AlignTop, Direction: templates.DirectionAuto, Missing: templates.MissingFallback, Language: "en",
	}
	want.Base, want.Spans = got.Base, got.Spans
	if !reflect.DeepEqual(got, want) {
		t.Errorf("decoded %+v; want %+v", got, want)
	}
	if len(got.Spans) != 1 || !reflect.DeepEqual(got.Spans[0].Look, want.Look) || got.Spans[0].Baseline != templates.BaselineNormal {
		t.Errorf("spans %+v; want one that looks as the text does", got.Spans)
	}
	if got := decodedText(t, `"size":40,"text":"x"`).MinSize; got != 12 {
		t.Errorf("smallest size %v; want 12", got)
	}
}

// What a span does not say is as the text says it.
func TestSpansInherit(t *testing.T) {
	t.Parallel()
	l := decodedText(t, `"size":20,"font":"Go, Inter","weight":700,"italic":true,"underline":true,"strike":true,"color":"red","stroke":"#fff","strokeWidth":2,"features":["tnum"],
		"spans":[{"text":"as around"},
			{"text":"all its own","size":40,"font":"Mono","weight":350,"italic":false,"underline":false,"strike":false,"color":"blue","stroke":"#000","strokeWidth":0,"features":["liga=0"],"baseline":-3.5},
			{"text":"up","baseline":"super"},{"text":"down","baseline":"sub"}]`)
	if len(l.Spans) != 4 {
		t.Fatalf("%d spans; want 4", len(l.Spans))
	}
	for _, i := range []int{0, 2, 3} {
		if !reflect.DeepEqual(l.Spans[i].Look, l.Look) {
			t.Errorf("span %d looks like %+v; want %+v", i, l.Spans[i].Look, l.Look)
		}
	}
	s := l.Spans[1]
	want := templates.Look{
		Fonts: []string{"Mono"}, Weight: 350, Size: 40, Features: []string{"tnum", "liga=0"},
		Color: templates.Paint{Kind: templates.Solid, Color: color.NRGBA{B: 255, A: 255}}, Stroke: color.NRGBA{A: 255},
	}
	if !reflect.DeepEqual(s.Look, want) || s.Baseline != templates.BaselineShifted || s.Rise != -3.5 {
		t.Errorf("span %+v; want the look %+v, 3.5 pixels down", s, want)
	}
	if l.Spans[2].Baseline != templates.BaselineSuper || l.Spans[3].Baseline != templates.BaselineSub {
		t.Errorf("baselines %q and %q; want super and sub", l.Spans[2].Baseline, l.Spans[3].Baseline)
	}
	if !slices.Equal(l.Features, []string{"tnum"}) {
		t.Errorf("features of the text are %v; want its own", l.Features)
	}
}

func TestTextCase(t *testing.T) {
	t.Parallel()
	f := func(more string, want ...string) {
		t.Helper()
		for i, s := range decodedText(t, `"size":20,`+more).Spans {
			if got, static := s.Text.Static(); got != want[i] || !static {
				t.Errorf("%s: span %d says %q; want %q", more, i, got, want[i])
			}
		}
	}
	f(`"text":"Straße"`, "Straße")
	f(`"text":"Straße","case":"none"`, "Straße")
	f(`"text":"Straße","case":"upper"`, "STRASSE")
	f(`"text":"ÉTÉ ΟΔΟΣ","case":"lower"`, "été οδος")
	f(`"text":"trail shoe","case":"title"`, "Trail Shoe")
	f(`"case":"upper","spans":[{"text":"a"},{"text":"b","case":"none"},{"text":"C","case":"lower"}]`, "A", "b", "c")
}

func TestBackgroundPadding(t *testing.T) {
	t.Parallel()
	f := func(padding string, want [4]float64) {
		t.Helper()
		l := decodedText(t, `"size":20,"text":"x","background":{"color":"red"`+padding+`}`)
		if l.Backdrop.Padding != want {
			t.Errorf("padding %s is %v; want %v", padding, l.Backdrop.Padding, want)
		}
	}
	f(``, [4]float64{})
	f(`,"padding":3.5`, [4]float64{3.5, 3.5, 3.5, 3.5})
	f(`,"padding":[2,8]`, [4]float64{2, 8, 2, 8})
	f(`,"padding":[1,2,3,4]`, [4]float64{1, 2, 3, 4})
}

// How wide a text without a width may become.
func TestMaxWidth(t *testing.T) {
	t.Parallel()
	f := func(layer string, want float64) {
		t.Helper()
		tmpl, err := templates.Decode([]byte(minimal(layer)), nil)
		if err != nil {
			t.Fatal(err)
		}
		l := tmpl.Layers[0]
		if g, ok := l.(*templates.Group); ok {
			l = g.Layers[0]
		}
		if got := l.(*templates.Text).MaxWidth; got != want {
			t.Errorf("%s: at most %v wide; want %v", layer, got, want)
		}
	}
	const text = `{"id":"a","type":"text","size":9,"text":"x"`
	f(text+`}`, 10)
	f(text+`,"x":4}`, 6)
	f(text+`,"x":-4}`, 14)
	f(text+`,"x":50}`, 10) // out of sight in any case
	f(`{"id":"g","type":"group","width":300,"layers":[`+text+`,"x":4}]}`, 296)
	f(`{"id":"g","type":"group","width":300,"stack":{},"layers":[`+text+`,"x":4}]}`, 300)
}

func TestTextMistakes(t *testing.T) {
	t.Parallel()
	f := func(more string, want ...string) {
		t.Helper()
		_, err := templates.Decode([]byte(words(more)), nil)
		var mistakes templates.Mistakes
		if !errors.As(err, &mistakes) || len(mistakes) != len(want) {
			t.Errorf("%s: %v; want %d mistakes", more, err, len(want))
			return
		}
		for i, w := range want {
			if got := mistakes[i].String(); !strings.Contains(got, w) {
				t.Errorf("%s: mistake %q; want %q in it", more, got, w)
			}
		}
	}
	f(`"size":9`, `layers[0].text: expected a text such as "{{title}}"; found nothing`)
	f(`"text":"x"`, "layers[0].size: expected a number from 1 to 1000; found nothing")
	f(`"text":"x","minSize":8`, "layers[0].size: expected a number from 1 to 1000; found nothing")
	f(`"text":"x","size":1001,"minSize":8`, "layers[0].size: expected a number from 1 to 1000; found 1001")
	text := func(key string) string { return `"size":20,"text":"x",` + key }
	f(text(`"minSize":20.5`), "layers[0].minSize: expected at most size (20); found 20.5")
	f(text(`"minSize":0`), "layers[0].minSize: expected a number from 1 to 1000; found 0")
	f(text(`"fit":"shrinkwrap"`), `layers[0].fit: expected one of none, wrap, shrink, shrink-wrap; found "shrinkwrap"`)
	f(text(`"prefer":"width"`), `layers[0].prefer: expected one of lines, size; found "width"`)
	f(text(`"overflow":"fade"`), `layers[0].overflow: expected one of ellipsis, clip, hide; found "fade"`)
	f(text(`"align":"middle"`), `layers[0].align: expected one of start, end, left, center, right, justify; found "middle"`)
	f(text(`"valign":"center"`), `layers[0].valign: expected one of top, middle, bottom; found "center"`)
	f(text(`"direction":"right"`), `layers[0].direction: expected one of auto, ltr, rtl; found "right"`)
	f(text(`"missing":"box"`), `layers[0].missing: expected one of fallback, fail, hide; found "box"`)
	f(text(`"case":"caps"`), `layers[0].case: expected one of none, upper, lower, title; found "caps"`)
	f(text(`"lineHeight":0.4,"letterSpacing":101`), "layers[0].lineHeight: expected a number from 0.5 to 5; found 0.4", "layers[0].letterSpacing: expected a number from -100 to 100; found 101")
	f(text(`"maxLines":101,"balance":1`), "layers[0].maxLines: expected a whole number from 0 to 100; found 101", "layers[0].balance: expected true or false; found 1")
	f(text(`"weight":0`), "layers[0].weight: expected a whole number from 1 to 1000; found 0")
	f(text(`"weight":"bold"`), `layers[0].weight: expected a whole number from 1 to 1000; found "bold"`)
	f(text(`"italic":"yes","underline":0,"strike":null`), `layers[0].italic: expected true or false; found "yes"`, "layers[0].underline: expected true or false; found 0", "layers[0].strike: expected true or false; found null")
	f(text(`"font":" , "`), `layers[0].font: expected font families such as "Inter, Go"; found " , "`)
	f(text(`"font":5`), "layers[0].font: expected a text; found 5")
	f(text(`"color":"reddish"`), "layers[0].color: expected a colour")
	f(text(`"stroke":{"type":"linear"},"strokeWidth":201`), "layers[0].stroke: expected a colour", "layers[0].strokeWidth: expected a number from 0 to 200; found 201")
	f(text(`"features":["tnum","tabular","liga=x",5]`), `layers[0].features[1]: expected an OpenType feature by its tag, such as "tnum", "smcp", "liga=0" or "salt=2"; found "tabular"`,
		`layers[0].features[2]: expected an OpenType feature`, `layers[0].features[3]: expected an OpenType feature by its tag, such as "tnum", "smcp", "liga=0" or "salt=2"; found 5`)
	f(text(`"features":"tnum"`), `layers[0].features: expected a list; found "tnum"`)
	f(text(`"features":[`+strings.Repeat(`"tnum",`, 20)+`"tnum"]`), "layers[0].features: expected at most 20; found 21")
	f(text(`"shadowy":1`), `layers[0].shadowy: expected one of the keys align, background, balance,`)
	f(text(`"baseline":"super"`), "layers[0].baseline: expected one of the keys") // only spans have one

	f(text(`"background":"red"`), `layers[0].background: expected an object; found "red"`)
	f(text(`"background":{}`), "layers[0].background.color: expected a colour")
	f(text(`"background":{"color":"red","padding":-1,"radius":-1,"per":"word","x":1}`), "layers[0].background.radius: expected a number from 0 to", "layers[0].background.padding: expected a number from 0 to 1000",
		`layers[0].background.per: expected one of text, line; found "word"`, `layers[0].background.x: expected one of the keys color, padding, per, radius; found the unknown key "x"`)
	f(text(`"background":{"color":"red","padding":[1,2,3]}`), "layers[0].background.padding: expected a number from 0 to 1000, two of them [top and bottom, left and right], or four clockwise from the top; found a list of 3")
	f(text(`"background":{"color":"red","padding":[1,1001]}`), "layers[0].background.padding[1]: expected a number from 0 to 1000; found 1001")

	f(text(`"spans":[{"text":"y"}]`), "layers[0].spans: expected text or spans, not both; found a list of 1")
	spans := func(list string) string { return `"size":20,"spans":` + list }
	f(spans(`[]`), "layers[0].spans: expected at least one span; found a list of 0")
	f(spans(`"x"`), `layers[0].spans: expected a list; found "x"`)
	f(spans(`["x"]`), `layers[0].spans[0]: expected an object; found "x"`)
	f(spans(`[{}]`), `layers[0].spans[0].text: expected a text such as "{{title}}"; found nothing`)
	f(spans(`[{"text":"x"},{"text":"{{titel}}","size":0,"maxLines":2}]`), "layers[0].spans[1].size: expected a number from 1 to 1000; found 0",
		`layers[0].spans[1].text: expected an expression over the declared fields; found "titel"`, `layers[0].spans[1].maxLines: expected one of the keys baseline, case, color,`)
	f(spans(`[{"text":"x","baseline":"top"}]`), `layers[0].spans[0].baseline: expected super, sub, or pixels above the baseline from -1000 to 1000; found "top"`)
	f(spans(`[{"text":"x","baseline":1001}]`), "layers[0].spans[0].baseline: expected super, sub, or pixels above the baseline from -1000 to 1000; found 1001")
	f(spans(`[`+strings.Repeat(`{"text":"x"},`, 20)+`{"text":"x"}]`), "layers[0].spans: expected at most 20; found 21")
}
