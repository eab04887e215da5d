package renderer_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

// What a long text costs depends on what is seen of it.
func BenchmarkLongText(b *testing.B) {
	for name, text := range map[string]string{
		"words":    strings.Repeat("weekender ", templates.MaxFieldLength/10),
		"one word": strings.Repeat("x", templates.MaxFieldLength),
	} {
		b.Run(name, func(b *testing.B) {
			e := engine()
			design := compile(b, e, white, `{"id":"t","type":"text","width":140,"height":100,"text":"{{title}}","font":"Go","size":20,"minSize":8,"fit":"shrink"}`)
			scene, err := design.Resolve(templates.Fields{"title": text})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := e.Paint(b.Context(), scene, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
