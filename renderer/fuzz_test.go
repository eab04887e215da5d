package renderer_test

import (
	"testing"

	"github.com/adloom/adloom/templates"
)

// No text crashes the layout, whatever its code points.
func FuzzText(f *testing.F) {
	for _, s := range []string{"Trail shoe", "مرحبا 123", "👨‍👩‍👧‍👦🇫🇮", "e\u0301\u0301\u0301", "\u202e\u2066x", "ไทยไม่มีช่องว่าง", "\u00ad\u200b\u200d", "\U000e0041", "ﷺ﷽"} {
		f.Add(s)
	}
	e := engine()
	const layer = `{"id":"t","type":"text","width":140,"height":100,"text":"{{title}}","font":"Go","size":30,"minSize":6,"fit":"shrink","maxLines":4,"strike":true,"letterSpacing":1}`
	design := compile(f, e, white, layer)
	f.Fuzz(func(t *testing.T, s string) {
		scene, err := design.Resolve(templates.Fields{"title": s})
		if err != nil {
			return // empty, too long or no UTF-8
		}
		if _, err := e.Paint(t.Context(), scene, nil); err != nil {
			t.Fatal(err)
		}
	})
}
