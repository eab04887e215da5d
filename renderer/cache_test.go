package renderer_test

import (
	"bytes"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// What is kept from an earlier render, and whether there is room to keep anything,
// changes no byte.
func TestCachesChangeNothing(t *testing.T) {
	t.Parallel()
	photos := renderer.Photos{photoURL: {Data: testPhoto(t)}, studioURL: {Data: studioPhoto(t)}}
	product := templates.Fields{"title": "Trail shoe", "image_link": photoURL}
	small, large := renderer.Budgets{}, renderer.DefaultBudgets()
	for name, layers := range map[string]string{
		"photo":              `{"id":"p","type":"image","width":160,"height":120,"src":"{{image_link}}"}`,
		"round photo":        `{"id":"p","type":"image","x":11,"y":7,"width":120,"height":99,"src":"{{image_link}}","radius":[0,31,7,60]}`,
		"photo over others":  `{"id":"s","type":"shape","shape":"star","width":160,"height":120,"fill":"#ff000080"},{"id":"p","type":"image","x":11,"y":7,"width":120,"height":99,"src":"{{image_link}}","radius":20,"opacity":0.6}`,
		"dressed photo":      `{"id":"p","type":"image","x":11,"y":7,"width":120,"height":99,"src":"{{image_link}}","radius":20,"shadow":[{"y":4,"blur":9},{"inset":true,"blur":5}],"outline":{"width":3}}`,
		"contained, changed": `{"id":"p","type":"image","x":11,"y":7,"width":120,"height":99,"src":"{{image_link}}","fit":"contain","radius":20,"adjust":{"blur":2,"saturation":30}}`,
		"cut out":            `{"id":"p","type":"image","x":11,"y":7,"width":120,"height":99,"src":"` + studioURL + `","fit":"contain","trim":true,"cutout":true,"blend":"multiply","shadow":{"y":3,"blur":4}}`,
		"masked, turned":     `{"id":"p","type":"image","x":11,"y":7,"width":120,"height":99,"src":"{{image_link}}","mask":{"shape":"star"},"rotation":12}`,
		"stack of stills":    `{"id":"g","type":"group","width":160,"height":111,"stack":{"align":"center","justify":"center","gap":3.3},"layers":[{"id":"a","type":"image","width":31,"height":30,"src":"asset:badge.png"},{"id":"b","type":"text","width":90,"size":13,"font":"Go","text":"{{title}}"},{"id":"c","type":"text","width":90,"size":13,"font":"Go","text":"still"}]}`,
		"drawing":            `{"id":"d","type":"image","width":70,"height":70,"show":"title != \"\"","src":"asset:leaf.svg","opacity":0.7},{"id":"q","type":"qr","x":90,"width":70,"height":70,"text":"{{title}}"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []byte
			for _, budgets := range []renderer.Budgets{small, large} {
				e := renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, budgets)
				scene := resolve(t, e, white, layers, product)
				for i := range 4 { // the second one is kept, the third one comes from memory
					painted, err := e.Paint(t.Context(), scene, photos)
					if err != nil {
						t.Fatal(err)
					}
					if want == nil {
						want = bytes.Clone(painted.Image.Pix)
					}
					if !bytes.Equal(painted.Image.Pix, want) {
						t.Errorf("render %d with budgets %+v differs", i, budgets)
					}
					painted.Release()
				}
				kept := e.Cached()
				if kept.Photos > budgets.Photos || kept.Text > budgets.Text || kept.Masks > budgets.Masks || kept.Idle > budgets.Idle {
					t.Errorf("kept %+v; the budgets are %+v", kept, budgets)
				}
			}
		})
	}
}
