package bidi_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/bidi"
)

const title = "SHOES FOR RUN nike air-max 2 (42.5) NOW ONLY ₪ 299.90 [SALE]"

// TestAllocations is not parallel: others would be counted.
func TestAllocations(t *testing.T) {
	var p bidi.Paragraph
	var line []bidi.Level
	var runs []bidi.Run
	text := hebrew.text(title + "<RLI>a <FSI>B<PDI> c<PDI> <RLO>d")
	order := func() {
		p.Resolve(text, bidi.Auto)
		line = p.Line(0, len(text), line)
		runs = bidi.Runs(line, 0, runs)
	}
	if n := testing.AllocsPerRun(100, order); n != 0 {
		t.Errorf("expected no allocations once warm; found %v", n)
	}
}

func BenchmarkTitle(b *testing.B) {
	benchmark(b, hebrew.text(title))
}

// BenchmarkHostile looks for a text whose time grows faster than its length. Each is of 16 Ki runes.
func BenchmarkHostile(b *testing.B) {
	for _, c := range []struct{ name, first, unit, last string }{
		{"isolates", "", "<FSI>", ""},
		{"isolates closed", "", "<FSI>", "<PDI>"},
		{"isolates with text", "", "<RLI>a", "<PDI>"},
		{"embeddings", "", "<RLE>a", "<PDF>"},
		{"open brackets", "", "A(", ""},
		{"brackets", "", "A(", ")"},
		{"wrong brackets", strings.Repeat("[", 63), ")", ""},
		{"short brackets", "", "(a[A])", ""},
		{"numbers", "", "A1$", ""},
		{"levels", "", strings.Repeat("<LRI>a<RLI>A", 62) + strings.Repeat("<PDI>.", 124), ""},
		{"deep runs", "a" + strings.Repeat("<RLE>", 63), "A1", ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			n := 16384 / len(hebrew.text(c.unit+c.last))
			benchmark(b, hebrew.text(c.first+strings.Repeat(c.unit, n)+strings.Repeat(c.last, n)))
		})
	}
}

func benchmark(b *testing.B, text []rune) {
	var p bidi.Paragraph
	var line []bidi.Level
	var runs []bidi.Run
	b.ReportAllocs()
	for b.Loop() {
		p.Resolve(text, bidi.Auto)
		line = p.Line(0, len(text), line)
		runs = bidi.Runs(line, 0, runs)
	}
}

func BenchmarkSimple(b *testing.B) {
	text := []rune("Nike Air Max 2, men's running shoes – now only € 299.90 each")
	for b.Loop() {
		if !bidi.Simple(text) {
			b.Fatal("expected it to be simple")
		}
	}
}
