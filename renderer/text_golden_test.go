package renderer_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/adloom/adloom/internal/golden"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// textLayer is a text in the family Go, 20 pixels large, in a box of 140 by 100, but for
// the keys that are given.
func textLayer(more string) string {
	keys := map[string]any{"id": "t", "type": "text", "font": "Go", "color": "#1d1b19", "x": 10, "y": 10, "width": 140, "height": 100, "size": 20}
	if err := json.Unmarshal([]byte("{"+more+"}"), &keys); err != nil {
		panic(err) // the test is wrong
	}
	layer, err := json.Marshal(keys)
	if err != nil {
		panic(err)
	}
	return string(layer)
}

const pangram = `"text":"The quick brown fox jumps over the lazy dog"`

func TestGoldenTextFit(t *testing.T) {
	t.Parallel()
	f := func(name, more string) {
		t.Helper()
		draw(t, "text/"+name, `"background":"#f4f1ea"`, textLayer(more))
	}
	f("fit-none", pangram+`,"fit":"none"`)
	f("fit-none-clip", pangram+`,"fit":"none","overflow":"clip"`)
	f("fit-none-lines", `"text":"First line\nThe second line is long\nThird","fit":"none"`)
	f("fit-none-center-clip", pangram+`,"fit":"none","overflow":"clip","align":"center"`)
	f("fit-none-hide", pangram+`,"fit":"none","overflow":"hide"`)
	f("fit-wrap-hide", pangram+`,"height":50,"overflow":"hide"`)
	f("fit-wrap-hide-nothing-cut", pangram+`,"overflow":"hide"`)
	f("fit-shrink", pangram+`,"fit":"shrink","size":40,"minSize":8`)
	f("fit-shrink-keeps-what-fits", `"text":"Fits","fit":"shrink","size":40,"minSize":8`)
	f("fit-shrink-wrap-lines", pangram+`,"fit":"shrink-wrap","size":40,"minSize":12,"height":60`)
	f("fit-shrink-wrap-size", pangram+`,"fit":"shrink-wrap","prefer":"size","size":40,"minSize":12,"height":60`)
	f("fit-shrink-wrap-one-line", `"text":"Merino shirt","fit":"shrink-wrap","size":40,"minSize":12`)
	f("fit-shrink-ellipsis", pangram+`,"fit":"shrink","size":40,"minSize":24`)
	f("fit-shrink-clip", pangram+`,"fit":"shrink","size":40,"minSize":24,"overflow":"clip"`)
	f("fit-shrink-spans", `"spans":[{"text":"Quick "},{"text":"brown","size":60},{"text":" foxes jump over dogs"}],"fit":"shrink","size":40,"minSize":6`)
	f("clip-tall-line", `"text":"Tall","size":60,"height":40,"overflow":"clip"`)
	f("balance", `"text":"The best shoe for us","balance":true,"align":"center"`)
	f("balance-without", `"text":"The best shoe for us","align":"center"`)
}

func TestGoldenTextAlign(t *testing.T) {
	t.Parallel()
	f := func(name, more string) {
		t.Helper()
		draw(t, "text/"+name, `"background":"#f4f1ea"`, textLayer(more))
	}
	const two = `"text":"The quick fox jumps over a dog.\nShort 42!"`
	for _, align := range []string{"start", "end", "justify"} {
		f("align-"+align, two+`,"align":"`+align+`"`)
		f("align-"+align+"-rtl", two+`,"align":"`+align+`","direction":"rtl"`)
	}
	f("align-left-rtl", two+`,"align":"left","direction":"rtl"`)
	f("align-center-rtl", two+`,"align":"center","direction":"rtl"`)
	f("ellipsis-rtl", pangram+`,"direction":"rtl","maxLines":2`)
	f("middle-lines", pangram+`,"valign":"middle","size":16`)
	f("bottom-lines", pangram+`,"valign":"bottom","size":16`)
	f("letter-spacing-narrow", `"text":"Narrow letters","letterSpacing":-1`)
	f("letter-spacing-center", `"text":"AIR","letterSpacing":16,"align":"center"`)
	f("soft-hyphens", `"spans":[{"text":"Donau\u00addampf\u00ad","size":24},{"text":"schiff\u00adfahrts\u00adgesell\u00adschaft","size":14,"color":"#c1272d"}]`)
}

func TestGoldenTextLook(t *testing.T) {
	t.Parallel()
	f := func(name, more string) {
		t.Helper()
		draw(t, "text/"+name, `"background":"#f4f1ea"`, textLayer(more))
	}
	const gradient = `{"type":"linear","angle":90,"stops":[[0,"#c1272d"],[1,"#1d4ed8"]]}`
	f("underline", `"text":"Jumpy gypsy","underline":true,"size":24`)
	f("underline-lines", pangram+`,"underline":true`)
	f("underline-and-strike", `"text":"Both","underline":true,"strike":true,"size":40`)
	f("underline-a-span", `"spans":[{"text":"Only "},{"text":"happy","underline":true,"color":"#c1272d"},{"text":" words "},{"text":"gone","strike":true}],"size":24`)
	f("underline-all-spans", `"underline":true,"size":24,"spans":[{"text":"A "},{"text":"large","size":40},{"text":" word"}]`)
	f("underline-superscript", `"underline":true,"size":40,"spans":[{"text":"19"},{"text":"99","baseline":"super"}]`)
	f("strike-superscript", `"strike":true,"size":40,"spans":[{"text":"19"},{"text":"99","baseline":"super"}]`)
	f("stroke", `"text":"Stroke","size":40,"color":"#ffffff","stroke":"#c1272d","strokeWidth":6`)
	f("stroke-translucent", `"text":"Stroke","size":40,"color":"#ffffff80","stroke":"#c1272d80","strokeWidth":6`)
	f("stroke-next-letters", `"text":"AVATAR","size":36,"color":"#ffd166","stroke":"#1d1b19","strokeWidth":10`)
	f("stroke-a-span", `"size":30,"spans":[{"text":"No "},{"text":"yes","stroke":"#1d4ed8","strokeWidth":5,"color":"#fff"},{"text":" no"}]`)
	f("stroke-made-bold", `"text":"Bold","weight":900,"size":40,"color":"#ffffff","stroke":"#c1272d","strokeWidth":4`)
	f("gradient", `"text":"Gradient","weight":700,"size":32,"color":`+gradient)
	f("gradient-strike", `"text":"$129.00","strike":true,"size":32,"color":`+gradient)
	f("gradient-a-span", `"size":30,"spans":[{"text":"A "},{"text":"rainbow","color":`+gradient+`},{"text":" of it"}]`)
	f("translucent-overlap", `"text":"AVAVA","letterSpacing":-8,"size":40,"color":"#1d4ed880"`)
	f("case-upper", `"text":"straße {{lower('ÀÉ')}}","case":"upper"`)
	f("case-lower", `"text":"LOWER Case ÀÉ","case":"lower"`)
	f("case-title", `"text":"{{title}}","case":"title"`)
	f("case-of-spans", `"case":"upper","spans":[{"text":"upper "},{"text":"As It Is ","case":"none"},{"text":"upper"}]`)
	f("features-off", `"text":"AVATAR To","features":["kern=0"],"size":30`)
}

func TestGoldenTextSpans(t *testing.T) {
	t.Parallel()
	f := func(name, more string) {
		t.Helper()
		draw(t, "text/"+name, `"background":"#f4f1ea"`, textLayer(more))
	}
	f("spans-sizes", `"spans":[{"text":"small "},{"text":"LARGE","size":36},{"text":" small again, on three lines"}]`)
	f("spans-smaller-only", `"size":40,"spans":[{"text":"small","size":14},{"text":"\nlines","size":14}]`)
	f("spans-weights", `"spans":[{"text":"Regular "},{"text":"medium ","weight":500},{"text":"bold ","weight":700},{"text":"italic ","italic":true},{"text":"both","italic":true,"weight":700}]`)
	f("spans-colors", `"spans":[{"text":"red","color":"red"},{"text":"green","color":"green"},{"text":"blue","color":"blue"},{"text":"half","color":"#0008"}]`)
	f("spans-inherit", `"italic":true,"underline":true,"spans":[{"text":"as around "},{"text":"not so","italic":false,"underline":false}]`)
	f("span-alone", `"spans":[{"text":"Alone","size":48,"weight":700,"color":"#c1272d"}]`)
	f("span-alone-wrapped", `"spans":[{"text":"Alone on many lines of which some do not fit","size":30}]`)
	f("span-break", `"spans":[{"text":"wo"},{"text":"rd","color":"#c1272d"},{"text":"s kee"},{"text":"p to","color":"#1d4ed8"},{"text":"gether"}]`)
	f("spans-ellipsis", `"maxLines":1,"spans":[{"text":"Bold ","weight":700,"color":"#c1272d"},{"text":"and then a long one"}]`)
	f("spans-fields", `"spans":[{"text":"{{money(price)}}{{sale_price}}"},{"text":"{{title}}","weight":700}]`)
	f("baseline-super", `"size":40,"spans":[{"text":"H"},{"text":"TM9","baseline":"super"},{"text":"H"}]`)
	f("baseline-sub", `"size":40,"spans":[{"text":"H"},{"text":"2","baseline":"sub"},{"text":"O"}]`)
	f("baseline-sub-of-a-large-span", `"size":10,"spans":[{"text":"H","size":40},{"text":"2","baseline":"sub","size":40},{"text":"O","size":40}]`)
	f("baseline-pixels", `"size":24,"spans":[{"text":"up","baseline":10},{"text":"mid"},{"text":"down","baseline":-10}]`)
	f("baseline-super-lines", `"size":20,"spans":[{"text":"One"},{"text":"1","baseline":"super"},{"text":" line and two"},{"text":"2","baseline":"super"},{"text":" and three lines"},{"text":"3","baseline":"sub"}]`)
}

func TestGoldenTextMoney(t *testing.T) {
	t.Parallel()
	engine := renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
	f := func(name, more string) {
		t.Helper()
		scene := resolve(t, engine, `"background":"#f4f1ea"`, textLayer(more), templates.Fields{"title": "Shoe", "price": "19.99 USD", "sale_price": "7.50 USD"})
		result, err := engine.Paint(t.Context(), scene, nil)
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "text/"+name, result.Image)
	}
	f("money-superscript", `"text":"{{money(price, \"superscript\")}}","size":48`)
	f("money-superscript-strike", `"text":"{{money(price, \"superscript\")}}","size":48,"strike":true`)
	f("money-superscript-underline", `"text":"{{money(price, \"superscript\")}}","size":48,"underline":true`)
	f("money-superscript-twice", `"text":"{{money(sale_price, \"superscript\")}} not {{money(price, \"superscript\")}}","size":28`)
	f("money-superscript-in-spans", `"size":24,"spans":[{"text":"now "},{"text":"{{money(price, \"superscript\")}}","size":56,"weight":700,"color":"#c1272d"}]`)
	f("money-superscript-in-super", `"size":56,"spans":[{"text":"H"},{"text":"{{money(price, \"superscript\")}}","baseline":"super"}]`)
	f("money-superscript-center", `"text":"{{money(price, \"superscript\")}}","size":48,"align":"center","valign":"middle"`)
}

func TestGoldenTextBackground(t *testing.T) {
	t.Parallel()
	f := func(name, more string) {
		t.Helper()
		draw(t, "text/"+name, `"background":"#f4f1ea"`, textLayer(more))
	}
	const lines = `"text":"Short\nA longer line\nMid one"`
	f("background", lines+`,"background":{"color":"#ffd166"}`)
	f("background-per-line", lines+`,"background":{"color":"#ffd166","per":"line"}`)
	f("background-padding", lines+`,"background":{"color":"#ffd166","padding":8}`)
	f("background-padding-two", lines+`,"background":{"color":"#ffd166","padding":[2,14]}`)
	f("background-padding-four", lines+`,"background":{"color":"#ffd166","padding":[0,4,8,16]}`)
	f("background-padding-per-line", lines+`,"lineHeight":1.6,"background":{"color":"#ffd166","padding":[0,6],"per":"line","radius":4}`)
	f("background-pill", `"text":"SALE","background":{"color":"#c1272d","padding":[4,14],"radius":999},"color":"#fff"`)
	f("background-pill-centre", `"text":"SALE","align":"center","valign":"middle","background":{"color":"#c1272d","padding":[4,14],"radius":999},"color":"#fff"`)
	f("background-bottom-right", `"text":"SALE","align":"right","valign":"bottom","background":{"color":"#c1272d","padding":[4,14],"radius":6},"color":"#fff"`)
	f("background-translucent-per-line", lines+`,"background":{"color":"#1d4ed880","padding":6,"per":"line"},"color":"#fff"`)
	f("background-gradient", lines+`,"background":{"color":{"type":"linear","angle":90,"stops":[[0,"#ffd166"],[1,"#2f6f4f"]]},"padding":6,"radius":10}`)
	f("background-wraps-within", pangram+`,"size":16,"background":{"color":"#ffd166","padding":12}`)
	f("background-clip", pangram+`,"fit":"none","overflow":"clip","background":{"color":"#ffd166","padding":6}`)
	f("background-rotation", `"text":"SALE","align":"center","valign":"middle","rotation":-20,"size":32,"background":{"color":"#c1272d","padding":[4,14],"radius":999},"color":"#fff"`)
	f("background-hugs", `"text":"Hugs","width":0,"height":0,"background":{"color":"#c1272d","padding":10},"color":"#fff"`)
	f("background-hugs-turned", `"x":40,"y":40,"text":"Hugs","width":0,"height":0,"rotation":90,"background":{"color":"#c1272d","padding":[4,20]},"color":"#fff"`)
	f("background-justify", pangram+`,"align":"justify","background":{"color":"#ffd166","per":"line"}`)
	f("background-shrink", pangram+`,"fit":"shrink","size":60,"minSize":6,"background":{"color":"#ffd166","padding":10}`)
	f("background-opacity", `"text":"Faint","opacity":0.4,"size":40,"background":{"color":"#c1272d","padding":6},"color":"#fff"`)
	f("background-shadow", `"text":"Up","size":30,"background":{"color":"#fff","padding":[4,14],"radius":99},"shadow":{"y":4,"blur":8,"color":"#000a"}`)
	f("background-outline", `"text":"Up","size":30,"background":{"color":"#fff","padding":[4,14],"radius":99},"outline":{"width":3,"color":"#c1272d"}`)
}

func TestGoldenTextSize(t *testing.T) {
	t.Parallel()
	f := func(name, layers string) {
		t.Helper()
		draw(t, "text/"+name, `"background":"#f4f1ea"`, layers)
	}
	group := func(stack, layers string) string {
		return `{"id":"g","type":"group","x":10,"y":10,"width":140,"height":100,"stack":` + stack + `,"layers":[` + layers + `]}`
	}
	text := func(id, more string) string {
		return textLayer(`"id":"` + id + `","x":0,"y":0,"size":16,"width":0,"height":0,` + more)
	}
	const square = `{"id":"s","type":"shape","shape":"rectangle","width":16,"height":16,"fill":"#2f6f4f"}`
	pill := `"background":{"color":"#ffd166","padding":[2,8],"radius":99}`
	f("hug-row", group(`{"direction":"row","gap":6,"align":"center"}`, text("a", `"text":"Hugs"`)+","+square+","+textLayer(`"id":"b","width":0,"height":0,"size":24,"text":"too"`)))
	f("hug-row-pills", group(`{"direction":"row","gap":6}`, text("a", `"text":"New",`+pill)+","+text("b", `"text":"Sale",`+pill)+","+square))
	f("hug-column", group(`{"direction":"column","gap":4}`, text("a", `"width":100,"text":"Two lines of text"`)+","+square+","+text("b", `"text":"hugs",`+pill)))
	f("hug-column-end", group(`{"direction":"column","gap":4,"align":"end","justify":"end"}`, text("a", `"text":"Right"`)+","+text("b", `"text":"below",`+pill)))
	f("hug-wraps-at-the-parent", `{"id":"t","type":"text","font":"Go","size":20,"x":60,"y":10,`+pangram+`}`)
	f("hug-group-width", `{"id":"g","type":"group","x":10,"y":10,"width":80,"height":100,"layers":[`+text("a", pangram)+`]}`)
	f("stack-hidden-overflow", group(`{"direction":"column","gap":4}`, text("a", `"width":60,"height":20,"overflow":"hide","text":"Too long to be shown"`)+","+square+","+text("b", `"text":"below"`)))
	f("stack-empty-text", group(`{"direction":"column","gap":4}`, text("a", `"text":"{{sale_price}}"`)+","+square))
	f("text-in-a-faint-group", `{"id":"g","type":"group","opacity":0.5,"layers":[`+textLayer(`"text":"Group","size":40,"stroke":"#c1272d","strokeWidth":8,"color":"#fff"`)+`]}`)
	f("text-blend", `{"id":"p","type":"image","x":20,"y":10,"width":120,"height":100,"src":"{{image_link}}"},`+textLayer(`"text":"MULTIPLY","weight":700,"size":26,"blend":"multiply","color":"#ffd166"`))
	f("text-mask", textLayer(pangram+`,"weight":700,"mask":{"shape":"ellipse"}`))
	f("text-outline-spans", textLayer(`"outline":{"width":3,"color":"#1d4ed8"},"spans":[{"text":"Big","size":50,"color":"#fff"},{"text":" small","color":"#ffd166"}]`))
	f("text-rotation-hug", `{"id":"t","type":"text","font":"Go","size":24,"x":40,"y":40,"rotation":-90,"text":"Turned"}`)
}

// regular is a family that has one weight and no slant.
func regular(t *testing.T) typeset.FontFile {
	t.Helper()
	face := fontfile.Face{Family: "Regular", Names: []string{"Regular"}, Weight: [2]float64{400, 400}}
	return typeset.FontFile{Face: face, Load: func() ([]byte, error) { return goregular.TTF, nil }}
}

func TestGoldenTextFonts(t *testing.T) {
	t.Parallel()
	f := func(name, layer string, files ...typeset.FontFile) {
		t.Helper()
		doc := `{"schema":1,"name":"n","width":160,"height":120,"background":"#f4f1ea","layers":[` + layer + `]}`
		tmpl, err := templates.Decode([]byte(doc), map[string][]byte{"mono.ttf": gomono.TTF})
		if err != nil {
			t.Fatal(err)
		}
		engine := renderer.New(typeset.NewFonts(files), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
		design, err := engine.Compile(t.Context(), tmpl)
		if err != nil {
			t.Fatal(err)
		}
		scene, err := design.Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		result, err := engine.Paint(t.Context(), scene, nil)
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "text/"+name, result.Image)
	}
	one := func(more string) string { return strings.Replace(textLayer(more), `"Go"`, `"Regular"`, 1) }
	f("made-bold", one(`"text":"Made bold","weight":700`), regular(t))
	f("made-slanted", one(`"text":"Made slanted","italic":true`), regular(t))
	f("made-bold-and-slanted", one(`"text":"Made both","weight":700,"italic":true`), regular(t))
	f("made-bold-stroke", one(`"text":"Bold","weight":700,"size":48,"color":"#fff","stroke":"#c1272d","strokeWidth":4`), regular(t))
	f("font-asset", strings.Replace(textLayer(`"text":"Monospaced 1il"`), `"Go"`, `"Go Mono"`, 1))
	f("font-second-in-list", strings.Replace(textLayer(`"text":"Stands in"`), `"Go"`, `"Nowhere, Go"`, 1))
	f("missing-box", textLayer(`"text":"A \u16a0 rune"`))
	f("missing-hide", textLayer(`"text":"A \u16a0 rune","missing":"hide"`))
	f("missing-hide-font", strings.Replace(textLayer(`"text":"Stands in","missing":"hide"`), `"Go"`, `"Nowhere, Go"`, 1))
}

// Pictures with fonts that a machine may have, in the versions that they were made of.
func TestGoldenTextSystemFonts(t *testing.T) {
	t.Parallel()
	var files []typeset.FontFile
	for path, sum := range map[string]string{
		"opentype/inter/Inter-Regular.otf":         "a7e791e8f5a0fb02b65663f7fca73e1d1ca9543f772ad480cbd76f4e3fe3f8cc",
		"truetype/noto/NotoSansArabic-Regular.ttf": "504d7407d86875acf7d04dfaa0fd7524d0b8797723bc4aa18022f29db25b0b6e",
		"truetype/noto/NotoSansHebrew-Regular.ttf": "436900d5ad77d33e4234247f3076eaecd25b92b9bea0519514f684140e3566a7",
	} {
		data, err := os.ReadFile("/usr/share/fonts/" + path)
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(data)) != sum {
			t.Skipf("%s is not here in this version (%v)", path, err)
		}
		faces, err := fontfile.Describe(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, typeset.FontFile{Face: faces[0], Load: func() ([]byte, error) { return data, nil }})
	}
	engine := renderer.New(typeset.NewFonts(files), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
	f := func(name, more string) {
		t.Helper()
		scene := resolve(t, engine, `"background":"#f4f1ea"`, textLayer(`"font":"Inter",`+more), templates.Fields{"title": "x"})
		result, err := engine.Paint(t.Context(), scene, nil)
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "text/"+name, result.Image)
	}
	f("inter-numbers", `"text":"1011.10\n8088.80"`)
	f("inter-numbers-tabular", `"text":"1011.10\n8088.80","features":["tnum"]`)
	f("inter-zero", `"text":"100","size":48,"features":["zero"]`)
	f("inter-calt-off", `"text":"3x4 -> (A)","features":["calt=0"]`)
	f("inter-feature-of-a-span", `"size":40,"spans":[{"text":"10"},{"text":"10","features":["zero"],"color":"#c1272d"}]`)
	f("inter-fraction", `"text":"1/2 kg","size":36,"features":["frac"]`)
	const arabic = `"text":"قميص من الكتان بسعر 19.99 دولار فقط"`
	f("arabic-start", arabic)
	f("arabic-end", arabic+`,"align":"end"`)
	f("arabic-center", arabic+`,"align":"center"`)
	f("arabic-justify", arabic+`,"align":"justify"`)
	f("arabic-ellipsis", arabic+`,"maxLines":1`)
	f("arabic-letter-spacing", `"text":"كتان ABC","letterSpacing":6`)
	f("arabic-spans", `"spans":[{"text":"بسعر "},{"text":"19.99","size":32,"color":"#c1272d"},{"text":" فقط","underline":true}]`)
	f("arabic-background", arabic+`,"background":{"color":"#ffd166","padding":4,"per":"line"}`)
	f("arabic-in-ltr", `"text":"Now كتان 19 OFF","direction":"ltr"`)
	f("hebrew-with-latin", `"text":"חולצת Merino ב-99 ₪"`)
	f("hebrew-with-latin-ltr", `"text":"חולצת Merino ב-99 ₪","direction":"ltr"`)
	f("hebrew-hugs", `"width":0,"height":0,"text":"שלום","background":{"color":"#ffd166","padding":[4,10],"radius":99}`)
}
