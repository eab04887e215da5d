//go:build !race

// What is set and drawn in one goroutine has no races, and takes ten times as long with their
// detector: make test runs these tests without it.

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/bojanz/currency"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/linebreak"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

// refusedRows are products that no ad can be made of, by the field that says so.
var refusedRows = map[string]string{
	"i18n-067": "title", // it has none, and the ads require one
	"i18n-069": "price", // bitcoins are no currency of ISO 4217
}

// wording is a product in the words of its shop.
type wording struct {
	ID, Lang, Dir, Title, Description string
	Amount                            string `json:"price_value"`
	Currency                          string
}

// The reference ads show the products of all languages whole: no character is without
// a font, no ink leaves its box, and where a title is cut it ends in an ellipsis.
func TestEveryLanguage(t *testing.T) {
	t.Parallel()
	w := newLanguages(t)
	for _, name := range examples.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, row := range w.rows {
				w.check(t, name, row)
			}
		})
	}
}

// Characters that a language lends to its neighbours come from a font of its own, also
// beside letters of another.
func TestBorrowedCharacters(t *testing.T) {
	t.Parallel()
	setter := typeset.New(languageFonts(t), 1<<20)
	f := func(lang, text string, families ...string) {
		t.Helper()
		l, err := setter.Layout(text, typeset.Style{Font: typeset.Font{Families: "Inter", Weight: 700}, Language: lang, Size: 40, LineHeight: 1.2, Width: 900})
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Missing) > 0 || !slices.Equal(l.Families, families) {
			t.Errorf("%q: expected all of it from %v; found it from %v, but for %q", text, families, l.Families, l.Missing)
		}
	}
	f("ja", "￥2,980", "Noto Sans CJK JP", "Inter")
	f("ja", "（Ｌサイズ）", "Noto Sans CJK JP")
	f("zh-Hant", "USB，８ｃｍ", "Inter", "Noto Sans CJK TC")
	f("en", "12 ㎡", "Inter", "Noto Sans CJK JP")
	f("ar", "USB-C، مقاومة", "Inter", "Noto Sans Arabic")
	f("en", "iPhone ٧", "Inter", "Noto Sans Arabic")
	f("en", "٢٤٩", "Noto Sans Arabic")
	f("hi", "Pro Max। नया", "Inter", "Noto Sans Devanagari")
	f("ccp", "𑄌𑄋𑄴𑄟𑄳𑄦", "Noto Sans Chakma")
}

// languageFonts are those of this machine, if it has fonts of all languages.
func languageFonts(t *testing.T) *typeset.Fonts {
	t.Helper()
	fonts := typeset.NewFonts(fontFlags{Fonts: []string{"/usr/share/fonts"}}.scan())
	for _, family := range []string{"Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Mongolian", "Noto Sans CJK JP", "Noto Color Emoji"} {
		if _, _, err := fonts.Find([]string{family}); err != nil {
			t.Skipf("%s is not installed", family)
		}
	}
	return fonts
}

// languages are what the test of all languages needs.
type languages struct {
	rows   []wording
	engine *renderer.Engine
	setter *typeset.Setter // with the engine's fonts, to ask where lines are
	photos renderer.Photos
}

func newLanguages(t *testing.T) *languages {
	t.Helper()
	file, err := os.Open(shared(t, "text", "products_i18n.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := &languages{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var row wording
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		w.rows = append(w.rows, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	fonts := languageFonts(t)
	w.setter = typeset.New(fonts, renderer.DefaultBudgets().Text)
	w.engine = renderer.New(fonts, imageinfo.DefaultLimits(), machineCodecs(), renderer.DefaultBudgets())
	data, err := demoshop.Photo(demoshop.Products()[0].Picture)
	if err != nil {
		t.Fatal(err)
	}
	info, err := imageinfo.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	w.photos = renderer.Photos{benchURL: {Data: data, Info: info}}
	return w
}

// fields are those of a row, with a price and a fifth off it.
func (row wording) fields(t *testing.T) templates.Fields {
	t.Helper()
	f := templates.Fields{"title": row.Title, "price": row.Amount + " " + row.Currency, "image_link": benchURL}
	if amount, err := currency.NewAmount(row.Amount, row.Currency); err == nil {
		if amount, err = amount.Mul("0.8"); err != nil {
			t.Fatal(err)
		}
		f["sale_price"] = amount.Round().Number() + " " + row.Currency
	}
	return f
}

// check draws a row's ad, and each of its texts alone.
func (w *languages) check(t *testing.T, name string, row wording) {
	t.Helper()
	fields := row.fields(t)
	ad := w.compile(t, name, row.Lang, "")
	scene, err := ad.Resolve(fields)
	if field, refused := refusedRows[row.ID]; refused {
		var wrong *templates.FieldError
		if !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: expected an error of the field %s; found %v", row.ID, field, err)
		}
		if row.Title == "" {
			return
		}
		fields["price"], fields["sale_price"] = "10.00 USD", "8.00 USD"
		scene, err = ad.Resolve(fields)
	}
	if err != nil {
		t.Errorf("%s: %v", row.ID, err)
		return
	}
	painted, err := w.engine.Paint(t.Context(), scene, w.photos)
	if err != nil {
		t.Errorf("%s: %v", row.ID, err)
		return
	}
	painted.Release()
	for _, set := range slices.Concat(ad.Texts, painted.Texts) {
		if len(set.Missing) > 0 {
			t.Errorf("%s, layer %s: expected fonts with all characters; found none with %q", row.ID, set.Layer, set.Missing)
		}
		w.checkText(t, name, set.Layer, row, fields)
	}
	fields["title"] = row.Title + strings.Repeat(" "+row.Title+" "+row.Description, 4)
	w.checkText(t, name, "title", row, fields)
}

// margin is the space around a text that is drawn alone.
const margin = 64

// compile makes an ad ready in a language, or one of its texts alone on a canvas that
// can be seen through.
func (w *languages) compile(t *testing.T, name, lang, text string) *renderer.Design {
	t.Helper()
	folder, err := fs.Sub(examples.Templates(), name)
	if err != nil {
		t.Fatal(err)
	}
	data, assets, err := store.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	doc["locale"] = lang
	if text != "" {
		layers := slices.DeleteFunc(doc["layers"].([]any), func(l any) bool { return l.(map[string]any)["id"] != text })
		layer := layers[0].(map[string]any)
		layer["x"], layer["y"] = margin, margin
		doc["layers"], doc["background"] = layers, "#00000000"
		doc["width"], doc["height"] = layer["width"].(float64)+2*margin, layer["height"].(float64)+2*margin
	}
	if data, err = json.Marshal(doc); err != nil {
		t.Fatal(err)
	}
	ad, err := templates.Decode(data, assets)
	if err != nil {
		t.Fatalf("%s in %s: %v", name, lang, err)
	}
	design, err := w.engine.Compile(t.Context(), ad)
	if err != nil {
		t.Fatalf("%s in %s: %v", name, lang, err)
	}
	return design
}

// checkText draws one text of an ad alone, without a background.
func (w *languages) checkText(t *testing.T, name, layer string, row wording, fields templates.Fields) {
	t.Helper()
	design := w.compile(t, name, row.Lang, layer)
	scene, err := design.Resolve(fields)
	if err != nil {
		t.Errorf("%s, layer %s: %v", row.ID, layer, err)
		return
	}
	painted, err := w.engine.Paint(t.Context(), scene, nil)
	if err != nil {
		t.Errorf("%s, layer %s: %v", row.ID, layer, err)
		return
	}
	defer painted.Release()
	text, words := design.Template.Layers[0].(*templates.Text), scene.Nodes[0].(*renderer.Words).Words[0]
	style := styleOfText(text)
	layout, err := w.setter.Layout(words, style)
	if err != nil {
		t.Fatal(err)
	}
	if set := slices.Concat(design.Texts, painted.Texts)[0]; layout.Size != set.Size || layout.Whole != set.Whole || !slices.Equal(layout.Families, set.Families) {
		t.Fatalf("%s, layer %s: the test sets %q otherwise than the engine", row.ID, layer, words)
	}
	ink := inkOf(painted.Image)
	if x := int(text.X); ink.Min.X < x-1 || ink.Max.X > x+int(text.Width)+1 {
		t.Errorf("%s, layer %s: expected ink from %d to %d; found it from %d to %d", row.ID, layer, x, x+int(text.Width), ink.Min.X, ink.Max.X)
	}
	top, bottom := w.reach(t, layout, style, text.Y)
	if ink.Min.Y < top || ink.Max.Y > bottom {
		t.Errorf("%s, layer %s: expected ink from %d down to %d, as its fonts say; found it from %d to %d (%v)", row.ID, layer, top, bottom, ink.Min.Y, ink.Max.Y, layout.Families)
	}
	if layer == "title" {
		if layout.Backward != (row.Dir == "rtl") {
			t.Errorf("%s: expected a title from %s; found Backward %v", row.ID, row.Dir, layout.Backward)
		}
		w.checkCut(t, row, layout, style, words)
	}
}

// styleOfText is how the reference ads set a text: shrunk into its box.
func styleOfText(l *templates.Text) typeset.Style {
	return typeset.Style{
		Font: typeset.Font{Families: strings.Join(l.Fonts, ","), Weight: l.Weight}, Language: l.Language, Size: l.Size, MinSize: l.MinSize,
		LineHeight: l.LineHeight, Width: l.Width, Height: l.Height, MaxLines: l.MaxLines, Ellipsis: l.Overflow == templates.Ellipsis,
		Direction: typeset.FirstLetter,
	}
}

// inkOf is the smallest rectangle around all that can be seen of a picture.
func inkOf(m *image.RGBA) image.Rectangle {
	var ink image.Rectangle
	empty := make([]byte, 4*m.Rect.Dx())
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		row := m.Pix[(y-m.Rect.Min.Y)*m.Stride:][:len(empty)]
		if bytes.Equal(row, empty) {
			continue
		}
		left := (len(row) - len(bytes.TrimLeft(row, "\x00"))) / 4
		right := (len(bytes.TrimRight(row, "\x00")) + 3) / 4
		ink = ink.Union(image.Rect(left, y, right, y+1))
	}
	return ink
}

// reach is how far up and down the ink of a layout may lie: over the baseline of the
// first line as high as the highest of its fonts says that its letters are, under
// that of the last one as low as the lowest says, and 2 pixels for rounding.
func (w *languages) reach(t *testing.T, l *typeset.Layout, style typeset.Style, y float64) (top, bottom int) {
	t.Helper()
	own := w.metrics(t, style, style.Families)
	ascent, descent := own[0], own[1]
	for _, family := range l.Families {
		m := w.metrics(t, style, family)
		ascent, descent = max(ascent, m[0]), max(descent, m[1])
	}
	lines := l.Boxes(typeset.Ink{Top: y, Width: style.Width})
	first, last := lines[0], lines[len(lines)-1]
	baseline := func(b typeset.Box) float64 { return b.Y + (b.Height+(own[0]-own[1])*l.Size)/2 }
	return int(math.Floor(baseline(first)-ascent*l.Size)) - 2, int(math.Ceil(baseline(last)+descent*l.Size)) + 2
}

// metrics are the ascent and the descent of a family, in ems.
func (w *languages) metrics(t *testing.T, style typeset.Style, family string) [2]float64 {
	t.Helper()
	font := style.Font
	font.Families = family
	m, err := w.setter.Metrics(font)
	if err != nil {
		t.Fatal(err)
	}
	return [2]float64{m.Ascent, m.Descent}
}

// checkCut expects that a title is whole, or that its last line is as wide as some of
// its user-perceived characters and an ellipsis.
func (w *languages) checkCut(t *testing.T, row wording, l *typeset.Layout, style typeset.Style, words string) {
	t.Helper()
	text := typeset.Runes(words)
	last := l.Lines[len(l.Lines)-1]
	if l.Whole {
		var shown []rune
		for _, line := range l.Lines {
			shown = append(shown, text[line.Start:line.End]...)
		}
		if got, want := withoutSpace(shown), withoutSpace(text); got != want {
			t.Errorf("%s: expected all of %q; found %q", row.ID, want, got)
		}
		return
	}
	style.Size, style.MinSize, style.Fit, style.Width, style.Height, style.Ellipsis = l.Size, l.Size, typeset.SingleRow, 1e5, 0, false
	style.Direction = typeset.LeftToRight
	if l.Backward {
		style.Direction = typeset.RightToLeft
	}
	width := func(words string) float64 {
		l, err := w.setter.Layout(words, style)
		if err != nil {
			t.Fatal(err)
		}
		return l.Width
	}
	ellipsis := width("…")
	nearest := math.Inf(1)
	for _, end := range linebreak.Graphemes(text, nil) {
		if end <= last.Start || end > last.Start+200 {
			continue
		}
		for _, joiner := range []string{"", "\u200d"} { // what is cut within a word keeps the shape that it has there
			nearest = min(nearest, math.Abs(width(string(text[last.Start:end])+joiner)+ellipsis-last.Width))
		}
	}
	if nearest > 0.01 {
		t.Errorf("%s: expected a last line that ends behind a whole character and in an ellipsis; found one %v pixels off (%v wide)", row.ID, nearest, last.Width)
	}
}

func withoutSpace(text []rune) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' {
			return -1
		}
		return r
	}, string(text))
}
