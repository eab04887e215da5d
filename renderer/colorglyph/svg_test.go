package colorglyph_test

import (
	"bytes"
	"compress/gzip"
	"image"
	"image/color"
	"strings"
	"testing"
)

// svgTable is a table SVG with a document of the glyphs from drawn on.
func svgTable(document string) table {
	return table{"SVG ", pack(uint16(0), uint32(10), uint32(0),
		uint16(1), uint16(drawn), uint16(count-1), uint32(14), uint32(len(document)), []byte(document))}
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSVG(t *testing.T) {
	t.Parallel()
	// f draws a document and looks at the middle of the em and at its upper right.
	f := func(document string, middle, upperRight color.RGBA) {
		t.Helper()
		for _, text := range []string{document, packed(t, document)} {
			img, ok := draw(t, face(t, svgTable(text)))
			if !ok {
				t.Errorf("%.80s: not drawn", document)
				return
			}
			wantColour(t, img, 50, 50, middle)
			wantColour(t, img, 90, 90, upperRight)
		}
	}
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`
	f(open+`><rect id="glyph4" y="-100" width="60" height="100" fill="red"/><rect id="glyph5" y="-100" width="100" height="100"/></svg>`, asRed, none)
	f(open+` id="glyph4"><rect y="-100" width="60" height="100" fill="red"/></svg>`, asRed, none)
	f(open+` fill="lime"><g fill="red"><g id="glyph4"><path d="M0-100h60v100h-60z"/></g><path id="glyph5" d="M0 0h9v9z"/></g></svg>`, asRed, none)
	f(open+` viewBox="0 0 10 10"><rect id="glyph4" y="-10" width="6" height="10" fill="red"/></svg>`, asRed, none)
	f(open+`><defs><path id="p" d="M0-100h60v100h-60z"/></defs><use id="glyph4" xlink:href="#p" fill="red"/></svg>`, asRed, none)
	f(open+`><linearGradient id="a" xlink:href="#b"/><linearGradient id="b"><stop stop-color="red"/></linearGradient>`+
		`<path id="glyph4" d="M0-100h60v100h-60z" fill="url(#a)"/></svg>`, asRed, none)
	f(open+`><style>.k{fill:red}</style><path id="glyph4" class="k" d="M0-100h60v100h-60z"/></svg>`, asRed, none)
	f(open+`><path id="glyph4" d="M0-100h60v100h-60z" fill="currentColor"/></svg>`, asText, none)
	f(open+`><path id="glyph4" d="M0-100h60v100h-60z" fill="var(--color1, var(--x, #f00))"/></svg>`, asRed, none)
	f(open+`><path id="glyph4" d="M0-100h60v100h-60z" style="fill:var(--color9)"/></svg>`, asText, none)
	f(open+`><g id="glyph4"/></svg>`, none, none)
}

func TestSVGPalette(t *testing.T) {
	t.Parallel()
	document := `<svg xmlns="http://www.w3.org/2000/svg"><path id="glyph5" d="M-20-40h60v100h-60z" fill="var(--color2, red)"/></svg>`
	f := face(t, cpal(), colr1([][]byte{inGlyph(all, solid(red))}, nil, nil), svgTable(document))
	img, ok := drawGlyph(t, f, drawn+1)
	if !ok || !image.Rect(-20, -40, 40, 60).In(img.Rect) {
		t.Fatalf("drawn: %t, at %v; want it around -20, -40 to 40, 60", ok, img.Rect)
	}
	wantColour(t, img, 0, 0, asBlue)
	wantColour(t, img, 0, -50, asBlue)
}

func TestSVGRefused(t *testing.T) {
	t.Parallel()
	f := func(document string) {
		t.Helper()
		if _, ok := draw(t, face(t, svgTable(document))); ok {
			t.Errorf("%.80s: drawn", document)
		}
	}
	const open = `<svg xmlns="http://www.w3.org/2000/svg">`
	f("")
	f("no XML")
	f("<html/>")
	f(open + `<path id="glyph5" d="M0-100h60v100h-60z"/></svg>`)
	f(open + `<text id="glyph4">a</text></svg>`)
	f(open + `<use id="glyph4" href="#glyph4"/></svg>`)
	f(open + strings.Repeat("<g>", 1000) + `<path id="glyph4" d="M0-100h60v100h-60z"/>` + strings.Repeat("</g>", 1000) + `</svg>`)
	f(open + `<path id="glyph4" fill="` + strings.Repeat("var(", 100_000) + `" d="M0-100h60v100h-60z"/></svg>`)
	f(packed(t, open+strings.Repeat(" ", 8<<20)+`<path id="glyph4" d="M0-100h60v100h-60z"/></svg>`))
	f("\x1f\x8bnot packed")
}
