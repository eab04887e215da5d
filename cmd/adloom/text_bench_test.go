package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// What the texts of the reference ads cost of a render: with new words each time, and
// with words that were drawn before.
func BenchmarkAdTexts(b *testing.B) {
	fonts := typeset.NewFonts(fontFlags{Fonts: []string{"/usr/share/fonts"}}.scan())
	for _, name := range examples.Names() {
		engine := renderer.New(fonts, imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
		texts, empty := onlyTexts(b, engine, name, true), onlyTexts(b, engine, name, false)
		for _, known := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/known=%v", name, known), func(b *testing.B) {
				n := 0
				paint := func(d *renderer.Design) time.Duration {
					fields := d.Template.Samples()
					fields["image_link"] = benchURL
					if !known {
						n++
						fields["title"] = fmt.Sprintf("%s No. %d", fields["title"], n)
						fields["price"] = fmt.Sprintf("%d.%02d EUR", 200+n%700, n%100)
						fields["sale_price"] = fmt.Sprintf("%d.%02d EUR", 100+n%100, n%100)
					}
					start := cpuTime()
					scene, err := d.Resolve(fields)
					if err != nil {
						b.Fatal(err)
					}
					painted, err := engine.Paint(b.Context(), scene, nil)
					if err != nil {
						b.Fatal(err)
					}
					took := cpuTime() - start
					painted.Release()
					return took
				}
				for range 50 {
					paint(texts)
				}
				var with, without time.Duration
				runs := 0
				for b.Loop() {
					with += paint(texts)
					without += paint(empty)
					runs++
				}
				b.ReportMetric(float64((with-without).Microseconds())/float64(runs)/1000, "text-ms/op")
			})
		}
	}
}

// onlyTexts is an ad with nothing but its texts, or without those.
func onlyTexts(b *testing.B, engine *renderer.Engine, name string, keep bool) *renderer.Design {
	b.Helper()
	data, err := fs.ReadFile(examples.Templates(), name+"/template.json")
	if err != nil {
		b.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		b.Fatal(err)
	}
	layers := []any{}
	for _, layer := range doc["layers"].([]any) {
		if keep && layer.(map[string]any)["type"] == "text" {
			layers = append(layers, layer)
		}
	}
	doc["layers"] = layers
	if data, err = json.Marshal(doc); err != nil {
		b.Fatal(err)
	}
	t, err := templates.Decode(data, nil)
	if err != nil {
		b.Fatal(err)
	}
	d, err := engine.Compile(b.Context(), t)
	if err != nil {
		b.Fatal(err)
	}
	return d
}
