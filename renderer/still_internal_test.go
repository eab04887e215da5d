package renderer

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// A picture looks the same whether its layers were painted in advance or not.
func TestStillsChangeNothing(t *testing.T) {
	t.Parallel()
	const (
		photo  = `{"id":"p","type":"image","src":"{{image_link}}","width":100,"height":100}`
		words  = `{"id":"w","type":"text","width":90,"size":9,"font":"Go","text":"{{title}}"}`
		hidden = `{"id":"h","type":"shape","show":"flag != nil","shape":"rectangle","width":80,"height":80,"fill":"blue"}`
	)
	var asset bytes.Buffer
	if err := png.Encode(&asset, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	e := New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), Codecs{}, DefaultBudgets())
	for name, layers := range map[string]string{
		"empty group":          `{"id":"g","type":"group","layers":[]},{"id":"s","type":"shape","show":"flag == nil","shape":"ellipse","width":50,"height":50,"fill":"red"}`,
		"stack that moves up":  photo + `,{"id":"g","type":"group","stack":{},"layers":[` + hidden + `,{"id":"b","type":"shape","shape":"rectangle","width":40,"height":40,"fill":"red"}]}`,
		"turned group":         `{"id":"g","type":"group","width":100,"height":50,"rotation":90,"layers":[` + words + `,{"id":"b","type":"shape","shape":"rectangle","x":80,"y":-80,"width":40,"height":100,"fill":"red"}]}`,
		"group's shadow":       `{"id":"g","type":"group","shadow":{"x":50,"color":"#000"},"layers":[` + words + `,{"id":"b","type":"shape","shape":"rectangle","x":-30,"y":30,"width":40,"height":40,"fill":"red"}]}`,
		"blend inside a group": photo + `,{"id":"g","type":"group","layers":[{"id":"s","type":"shape","shape":"rectangle","width":50,"height":50,"fill":"red","blend":"multiply"}]}`,
		"narrow photo":         `{"id":"n","type":"image","width":0.3,"height":50,"src":"asset:a.png","shadow":{"blur":3}},` + words,
		"negative spacing":     `{"id":"t","type":"text","x":50,"width":50,"size":20,"font":"Go","letterSpacing":-40,"text":"abcdefg","shadow":{"blur":2}},` + words,
		"line out of its box":  `{"id":"t","type":"text","show":"flag == nil","width":50,"height":20,"size":20,"lineHeight":5,"font":"Go","text":"abc","strike":true}`,
		"pill":                 `{"id":"t","type":"text","show":"flag == nil","x":50,"width":0,"size":20,"font":"Go","text":"abc","background":{"color":"#f008","padding":[9,30],"radius":99},"shadow":{"blur":3}},` + words,
		"pill in a stack":      photo + `,{"id":"g","type":"group","stack":{"direction":"row"},"layers":[` + hidden + `,{"id":"t","type":"text","size":20,"font":"Go","text":"abc","background":{"color":"red","padding":7}}]}`,
		"stroke out of a box":  `{"id":"t","type":"text","show":"flag == nil","x":40,"y":40,"width":20,"height":10,"size":10,"font":"Go","text":"abc","stroke":"red","strokeWidth":60},` + words,
		"large raised span":    `{"id":"t","type":"text","show":"flag == nil","x":40,"y":60,"width":20,"height":10,"size":5,"lineHeight":4,"valign":"bottom","font":"Go","spans":[{"text":"a"},{"text":"b","size":30,"baseline":20},{"text":"c","baseline":-40}]},` + words,
		"star's faint edge":    `{"id":"r","type":"rating","show":"flag == nil","x":57.51,"width":70.68,"height":69,"max":11,"value":"99"}`,
		"all at once":          photo + `,{"id":"o","type":"image","x":70,"y":60,"width":50,"height":50,"src":"asset:a.png","radius":9,"rotation":20,"opacity":0.7,"outline":{"width":3}},` + words,
	} {
		doc := `{"schema":1,"name":"n","width":100,"height":100,"background":"#cde","fields":[{"name":"title","type":"text"},{"name":"flag","type":"number"},{"name":"image_link","type":"image"}],"layers":[` + layers + `]}`
		tmpl, err := templates.Decode([]byte(doc), map[string][]byte{"a.png": asset.Bytes()})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d, err := e.Compile(t.Context(), tmpl)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		live := *d
		live.stills, live.base, live.flat = nil, nil, 0
		got, want := paintOf(t, e, d), paintOf(t, e, &live)
		for i, v := range got.Pix {
			if d := int(v) - int(want.Pix[i]); d < -2 || d > 2 {
				t.Errorf("%s: at %d,%d %v; without stills %v", name, i/4%100, i/400, got.RGBAAt(i/4%100, i/400), want.RGBAAt(i/4%100, i/400))
				break
			}
		}
	}
}

// A still that found no room is painted for each picture, and each picture pays for it.
func TestStillsWithoutRoomCostEachPicture(t *testing.T) {
	t.Parallel()
	e := New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), Codecs{}, DefaultBudgets())
	tmpl, err := templates.Decode([]byte(`{"schema":1,"name":"n","width":100,"height":100,"fields":[{"name":"flag","type":"number"}],"layers":[
		{"id":"g","type":"group","show":"flag == nil","layers":[{"id":"s","type":"shape","shape":"star","width":90,"height":90,"fill":{"type":"conic","stops":[[0,"red"],[1,"blue"]]}}]}]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.Compile(t.Context(), tmpl)
	if err != nil {
		t.Fatal(err)
	}
	cost := func() float64 {
		sum := 0.0
		d.costs(tmpl.Layers, "", 0, 0, d.canvas(), func(_ string, still bool, cost float64) {
			if !still {
				sum += cost
			}
		})
		return sum
	}
	kept := cost()
	clear(d.stills)
	if err := d.freeze(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	star := d.cost(tmpl.Layers[0].(*templates.Group).Layers[0], box{0, 0, 90, 90}, d.canvas())
	if got := cost(); len(d.stills) > 0 || kept >= star || got < star {
		t.Errorf("a picture costs %.0f without room, %.0f with it; the star costs %.0f", got, kept, star)
	}
}

func paintOf(t *testing.T, e *Engine, d *Design) *image.RGBA {
	t.Helper()
	const url = "https://shop.test/p.png"
	photo := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for i := range 64 * 64 {
		photo.SetRGBA(i%64, i/64, color.RGBA{uint8(4 * (i % 64)), uint8(4 * (i / 64)), 128, 255})
	}
	var data bytes.Buffer
	if err := png.Encode(&data, photo); err != nil {
		t.Fatal(err)
	}
	scene, err := d.Resolve(templates.Fields{"title": "Shoe", "image_link": url})
	if err != nil {
		t.Fatal(err)
	}
	painted, err := e.Paint(t.Context(), scene, Photos{url: {Data: data.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	return painted.Image
}

// What lies outside of the canvas is part of the layer all the same.
func TestShadowsIgnoreTheCanvas(t *testing.T) {
	t.Parallel()
	e := New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), Codecs{}, DefaultBudgets())
	tmpl, err := templates.Decode([]byte(`{"schema":1,"name":"n","width":100,"height":100,"layers":[
		{"id":"s","type":"shape","shape":"rectangle","fill":"red","x":-50,"width":100,"y":10,"height":80,"shadow":{"inset":true,"spread":8,"color":"#000"}}]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.Compile(t.Context(), tmpl)
	if err != nil {
		t.Fatal(err)
	}
	img := paintOf(t, e, d)
	if c := img.RGBAAt(2, 50); c != (color.RGBA{255, 0, 0, 255}) {
		t.Errorf("at the canvas edge %v; want red, for the shape's edge is outside", c)
	}
	if c := img.RGBAAt(45, 50); c.R > 10 {
		t.Errorf("inside of the shape's edge %v; want its shadow", c)
	}
}
