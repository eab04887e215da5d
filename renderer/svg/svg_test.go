package svg_test

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/svg"
)

const (
	open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">`
	shut = `</svg>`
)

func parse(t testing.TB, text string) *svg.Document {
	t.Helper()
	d, err := svg.Parse([]byte(text), svg.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestColours reads the pixel in the middle of a square.
func TestColours(t *testing.T) {
	for _, c := range []struct {
		body string
		want color.RGBA
	}{
		{`fill="#f80"`, color.RGBA{255, 136, 0, 255}},
		{`fill="#FF880080"`, color.RGBA{128, 68, 0, 128}},
		{`fill="#f808"`, color.RGBA{136, 73, 0, 136}},
		{`fill="CornflowerBlue"`, color.RGBA{100, 149, 237, 255}},
		{`fill="rebeccapurple"`, color.RGBA{102, 51, 153, 255}},
		{`fill="transparent"`, color.RGBA{}},
		{`fill="rgb(10, 20, 30)"`, color.RGBA{10, 20, 30, 255}},
		{`fill="rgb(100% 50% 0% / 100%)"`, color.RGBA{255, 128, 0, 255}},
		{`fill="rgba(255,0,0,.2)"`, color.RGBA{51, 0, 0, 51}},
		{`fill="hsl(120, 100%, 25%)"`, color.RGBA{0, 128, 0, 255}},
		{`fill="hsla(-120deg 100% 50% / 1)"`, color.RGBA{0, 0, 255, 255}},
		{`fill="currentColor" color="lime"`, color.RGBA{0, 255, 0, 255}},
		{`fill="url(#gone) red"`, color.RGBA{255, 0, 0, 255}},
		{`fill="none"`, color.RGBA{}},
		{`opacity="50%"`, color.RGBA{0, 0, 0, 128}},
		{`fill-opacity=".2" opacity=".5"`, color.RGBA{0, 0, 0, 26}},
		{`style="fill:red;fill:blue"`, color.RGBA{0, 0, 255, 255}},
		{`style="/* fill:lime; */fill:red;/* the brand's */fill:blue"`, color.RGBA{0, 0, 255, 255}},
		{`fill="red" style="fill:blue"`, color.RGBA{0, 0, 255, 255}},
		{`class="a b" fill="red"`, color.RGBA{1, 0, 0, 255}},
		{`class="b" style="fill:blue"`, color.RGBA{0, 0, 255, 255}},
		{`class="c" style="fill:blue"`, color.RGBA{3, 0, 0, 255}},
		{`id="i" class="a b"`, color.RGBA{4, 0, 0, 255}},
	} {
		style := `<style>/* x */ .a.b, .z { fill: #010000 } .b{fill:#020000} .c{fill:#030000 !important} #i {fill:#040000}</style>`
		d := parse(t, open+style+`<rect width="10" height="10" `+c.body+`/>`+shut)
		if got := d.Draw(10, 10).RGBAAt(5, 5); got != c.want {
			t.Errorf("%s: expected %v; found %v", c.body, c.want, got)
		}
	}
}

// TestMiddle reads the pixel in the middle of whole pictures.
func TestMiddle(t *testing.T) {
	red, blue := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}
	const ramp = `<linearGradient id="g"><stop stop-color="lime"/><stop offset="1"/></linearGradient>`
	for _, c := range []struct {
		body string
		want color.RGBA
	}{
		{`<style>rect{fill:red}</style><style media="print">rect{fill:blue}</style><rect width="10" height="10"/>`, red},
		{`<style>rect{fill:red}</style><style media=" Screen ">rect{fill:blue}</style><rect width="10" height="10"/>`, blue},
		{`<path d="M5 5z" stroke="red" stroke-width="4" stroke-linecap="round"/>`, red},
		{`<path d="M5 5z" stroke="red" stroke-width="4"/>`, color.RGBA{}},
		{ramp + `<path d="M0 5H10" stroke="url(#g) red" stroke-width="4"/>`, red},
		{ramp + `<path d="M0 5H10" stroke="url(#g)" stroke-width="4"/>`, color.RGBA{}},
	} {
		if got := parse(t, open+c.body+shut).Draw(10, 10).RGBAAt(5, 5); got != c.want {
			t.Errorf("%s: expected %v; found %v", c.body, c.want, got)
		}
	}
}

func TestSize(t *testing.T) {
	for _, c := range []struct {
		attrs string
		w, h  float64
	}{
		{`width="20" height="30px"`, 20, 30},
		{`width="1in" height="72pt"`, 96, 96},
		{`width="2.54cm" height="25.4mm"`, 96, 96},
		{`width="2em" height="3"`, 32, 3},
		{`viewBox="0 0 30 40"`, 30, 40},
		{`viewBox="0,0,30,40" width="60"`, 60, 80},
		{`viewBox="0 0 30 40" height="20" width="100%"`, 15, 20},
		{`viewBox="0 0 30 40" height="20" width="90"`, 90, 20},
	} {
		d := parse(t, `<svg xmlns="http://www.w3.org/2000/svg" `+c.attrs+`/>`)
		if w, h := d.Size(); w-c.w > 1e-9 || c.w-w > 1e-9 || h-c.h > 1e-9 || c.h-h > 1e-9 {
			t.Errorf("%s: expected %g by %g; found %g by %g", c.attrs, c.w, c.h, w, h)
		}
		if b := d.Draw(7, 5).Rect; b.Dx() != 7 || b.Dy() != 5 {
			t.Errorf("%s: expected a picture of 7 by 5; found %v", c.attrs, b)
		}
	}
	if d := parse(t, open+shut); !d.Draw(0, -1).Rect.Empty() {
		t.Error("expected an empty picture")
	}
}

// TestAspect draws a square into a picture twice as wide.
func TestAspect(t *testing.T) {
	for _, c := range []struct {
		aspect string
		want   string // of the columns 0, 5, 10 and 15 in row 5
	}{
		{"", ".##."}, {"xMinYMin", "##.."}, {"xMaxYMin meet", "..##"}, {"none", "####"}, {"xMidYMid slice", "####"},
	} {
		d := parse(t, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4" preserveAspectRatio="`+c.aspect+`"><rect width="4" height="4"/></svg>`)
		m, got := d.Draw(20, 10), ""
		for x := 1; x < 20; x += 5 {
			got += string(".#"[m.RGBAAt(x, 5).A>>7])
		}
		if got != c.want {
			t.Errorf("%q: expected %s; found %s", c.aspect, c.want, got)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"\n<text>a</text>", "line 2: <text>: expected an element that is supported; found <text>"},
		{`<script>1</script>`, "found <script>"},
		{`<image href="x.png"/>`, "found <image>"},
		{`<foreignObject/>`, "found <foreignObject>"},
		{`<filter/>`, "found <filter>"},
		{`<animate/>`, "found <animate>"},
		{`<p xmlns="http://www.w3.org/1999/xhtml"/>`, "found <p>"},
		{`<g onclick="x()"/>`, "expected no scripts; found onclick"},
		{`<use href="http://x/y#a"/>`, "expected a reference into the document"},
		{`<use xlink:href="other.svg#a"/>`, "expected a reference into the document"},
		{`<use/>`, "expected an href; found none"},
		{`<use href="#a"/>`, `found none with "a"`},
		{`<rect width="1" height="1" fill="url(http://x/#a)"/>`, "fill: expected a reference into the document"},
		{`<rect width="1" height="1" fill="url(#a)"/>`, `found none with "a"`},
		{`<rect width="1" height="1" fill="blurple"/>`, `expected a colour; found "blurple"`},
		{`<rect width="1" height="1" style="filter:blur(2px)"/>`, "filter: expected none"},
		{`<rect width="1" height="1" style="mix-blend-mode:multiply"/>`, "mix-blend-mode: expected normal"},
		{`<rect width="1q"/>`, "width: expected a length"},
		{`<rect width="-1" height="1"/>`, "expected sizes of at least 0"},
		{`<path d="M1 1L"/>`, "<path>: d: parse path: byte 5: expected a number; found the end"},
		{`<g transform="spin(4)"/>`, "transform: expected matrix, translate"},
		{`<polygon points="1 2 3"/>`, "expected points in pairs"},
		{`<style>@import "x";</style>`, "expected rules of simple selectors"},
		{`<style>g rect{}</style>`, "expected a selector"},
		{`<svg viewBox="0 0 0 1"/>`, "expected a viewBox of four numbers"},
		{`<g id="a"><use href="#a"/></g>`, "a chain of at most 16"},
		{`<clipPath id="a"><rect width="1" height="1" clip-path="url(#a)"/></clipPath><g clip-path="url(#a)"><rect width="1" height="1"/></g>`, "a chain of at most 16"},
		{`<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="1" height="1" fill="url(#a)"/>`, "a chain of at most 16"},
		{strings.Repeat("<g>", 64) + strings.Repeat("</g>", 64), "nested at most 64 deep"},
		{strings.Repeat("<g/>", 20000), "at most 20000 elements"},
		{`<g>&x;</g>`, "expected XML"},
		{`<g>`, "expected XML"},
	} {
		_, err := svg.Parse([]byte(open+c.body+shut), svg.Limits{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: expected %q; found %v", c.body, c.want, err)
		}
	}
	for text, want := range map[string]string{
		"":                        "expected an svg element; found none",
		"<html/>":                 "expected <svg>",
		"<svg/>":                  "in the namespace",
		open + `<g/`:              "expected XML",
		open + shut + open + shut: "one root element",
		`<!DOCTYPE svg [<!ENTITY a "b">]>` + open + shut:                   "declarations of entities are not read",
		`<?xml version="1.0" encoding="UTF-16"?>` + open + shut:            "expected XML",
		`<svg xmlns="http://www.w3.org/2000/svg"/>`:                        "expected a width and a height, or a viewBox",
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 -1 4"/>`:     "expected a viewBox",
		`<svg xmlns="http://www.w3.org/2000/svg" width="0" height="4"/>`:   "expected a width above 0",
		`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="1e9"/>`: "expected a height above 0 and at most 1000000; found",
		`<?xml version="1.0" encoding="ISO-8859-1"?>` + open + shut:        "expected a document saved in UTF-8",
	} {
		if _, err := svg.Parse([]byte(text), svg.Limits{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.70s: expected %q; found %v", text, want, err)
		}
	}
}

func TestASCII(t *testing.T) {
	d := parse(t, `<?xml version="1.0" encoding="US-ASCII"?>`+open+`<rect width="10" height="10"/>`+shut)
	if got := d.Draw(10, 10).RGBAAt(5, 5); got.A != 255 {
		t.Errorf("expected a black square; found %v", got)
	}
}

func TestHarmless(t *testing.T) {
	d := parse(t, `<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->`+
		strings.Replace(open, "<svg", `<svg xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"`, 1)+
		`<title>A</title><desc>B</desc><metadata><x:y xmlns:x="z">text</x:y></metadata><sodipodi:namedview pagecolor="#fff"><inkscape:grid/></sodipodi:namedview>
		<g inkscape:label="Layer" data-name="x" aria-hidden="true" font-family="Arial"><rect width="10" height="10"/></g>`+shut)
	if got := d.Draw(4, 4).RGBAAt(1, 1); got.A != 255 {
		t.Errorf("expected the square; found %v", got)
	}
}

// TestBombs builds documents that would take very long to draw.
func TestBombs(t *testing.T) {
	uses := `<rect id="a0" width="1" height="1"/>`
	for i := range 15 {
		uses += fmt.Sprintf(`<g id="a%d">%s</g>`, i+1, strings.Repeat(fmt.Sprintf(`<use href="#a%d"/>`, i), 10))
	}
	zigzag := "M0 0" + strings.Repeat("L9 1L0 2", 7000)
	layers := strings.Repeat(`<g opacity=".5"><rect width="10" height="10"/></g>`, 3000)
	for name, body := range map[string]string{
		"uses":   uses,
		"paths":  `<path id="a" d="` + zigzag + `"/>` + strings.Repeat(`<use href="#a"/>`, 9000),
		"layers": layers,
		"pens":   `<path id="a" stroke="red" stroke-width="10" stroke-linejoin="round" d="` + zigzag + `"/>` + strings.Repeat(`<use href="#a"/>`, 9000),
		"bytes":  strings.Repeat(" ", 1<<20),
	} {
		if _, err := svg.Parse([]byte(open+body+shut), svg.Limits{}); err == nil || !strings.Contains(err.Error(), "at most") {
			t.Errorf("%s: expected a limit; found %v", name, err)
		}
	}
}

func TestCost(t *testing.T) {
	d := parse(t, open+`<g opacity=".5"><rect width="10" height="10"/></g>`+shut)
	small, large := d.Cost(100, 100), d.Cost(1000, 1000)
	if small <= 0 || large < 10*small || d.Cost(0, 5) != 0 {
		t.Errorf("expected the cost to grow with the area; found %d and %d", small, large)
	}
}

func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.svg")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := svg.Parse(data, svg.Limits{Cost: 20_000_000})
		if err != nil {
			return
		}
		m := d.Draw(48, 32)
		for i := 0; i < len(m.Pix); i += 4 {
			if a := m.Pix[i+3]; m.Pix[i] > a || m.Pix[i+1] > a || m.Pix[i+2] > a {
				t.Fatalf("expected premultiplied pixels; found %v", m.Pix[i:i+4])
			}
		}
		if again := d.Draw(48, 32); string(again.Pix) != string(m.Pix) {
			t.Fatal("expected the same picture again")
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	for _, name := range []string{"badge", "linear", "masks", "icon"} {
		data, err := os.ReadFile("testdata/" + name + ".svg")
		if err != nil {
			b.Fatal(err)
		}
		d := parse(b, string(data))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Draw(300, 300)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("testdata/badge.svg")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		parse(b, string(data))
	}
}
