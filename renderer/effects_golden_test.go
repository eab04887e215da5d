package renderer_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/adloom/adloom/templates"
)

// One case for each effect.
func TestGoldenEffects(t *testing.T) {
	t.Parallel()
	f := func(name, layers string) {
		t.Helper()
		draw(t, name, `"background":"#f4f1ea"`, layers)
	}
	photo := func(more string) string {
		return `{"id":"p","type":"image","x":20,"y":10,"width":120,"height":100,"src":"{{image_link}}"` + more + `}`
	}
	disc := func(more string) string {
		return `{"id":"d","type":"shape","shape":"ellipse","x":50,"y":20,"width":80,"height":80,"fill":{"type":"linear","angle":90,"stops":[[0,"#ffd166"],[1,"#1d4ed8"]]}` + more + `}`
	}
	for _, mode := range []templates.BlendMode{
		templates.Normal, templates.Multiply, templates.Screen, templates.Overlay, templates.Darken, templates.Lighten,
		templates.ColorDodge, templates.ColorBurn, templates.HardLight, templates.SoftLight, templates.Difference,
		templates.Exclusion, templates.Hue, templates.Saturation, templates.Color, templates.Luminosity,
	} {
		f("blend/"+string(mode), photo("")+","+disc(`,"blend":"`+string(mode)+`"`))
	}
	f("blend/faded", photo("")+","+disc(`,"blend":"multiply","opacity":0.5`))
	f("blend/photo", disc("")+","+photo(`,"blend":"screen","radius":20`))

	f("shadow/photo", photo(`,"radius":12,"shadow":{"y":6,"blur":12,"color":"#00000080"}`))
	f("shadow/spread", disc(`,"shadow":{"spread":6,"color":"#c1272d"}`))
	f("shadow/inset", photo(`,"radius":12,"shadow":{"x":4,"y":4,"blur":10,"inset":true,"color":"#000000a0"}`))
	f("shadow/two", disc(`,"shadow":[{"x":-8,"color":"#1d4ed8"},{"x":8,"color":"#c1272d"}]`))
	f("shadow/text", `{"id":"t","type":"text","x":10,"y":30,"width":140,"font":"Go","weight":700,"size":40,"text":"Shadow","color":"#ffffff","shadow":{"y":3,"blur":6,"color":"#000000c0"}}`)
	f("shadow/turned", `{"id":"r","type":"shape","shape":"rectangle","x":40,"y":40,"width":80,"height":40,"fill":"#ffd166","rotation":30,"shadow":{"x":10,"blur":4}}`)
	f("shadow/badge", `{"id":"a","type":"image","x":30,"y":10,"width":100,"height":100,"src":"asset:badge.png","shadow":{"y":8,"blur":8}}`)

	f("outline/text", `{"id":"t","type":"text","x":10,"y":30,"width":140,"font":"Go","weight":700,"size":40,"text":"{{title}}","maxLines":1,"overflow":"clip","color":"#ffffff","outline":{"width":3,"color":"#1d1b19"}}`)
	f("outline/cutout", `{"id":"p","type":"image","x":20,"y":10,"width":120,"height":100,"src":"`+studioURL+`","fit":"contain","cutout":true,"outline":{"width":4,"color":"#c1272d"},"shadow":{"y":4,"blur":6}}`)

	f("mask/ellipse", photo(`,"mask":{"shape":"ellipse"}`))
	f("mask/star", photo(`,"mask":{"shape":"star"}`))
	f("mask/star-inverted", photo(`,"mask":{"shape":"star","invert":true}`))
	f("mask/asset", photo(`,"mask":{"asset":"badge.png"}`))
	f("mask/asset-luminance", photo(`,"mask":{"asset":"badge.png","by":"luminance"}`))
	f("mask/group", `{"id":"g","type":"group","mask":{"shape":"path","path":"M0 0H160L0 120Z"},"layers":[`+photo("")+`]}`)

	f("image/radius-per-corner", photo(`,"radius":[0,50,10,30]`))
	f("image/grayscale", photo(`,"adjust":{"grayscale":100}`))
	f("image/tint", photo(`,"adjust":{"tint":"#1d4ed8","tintAmount":80}`))
	f("image/saturated", photo(`,"adjust":{"saturation":80}`))
	f("image/sharpen", photo(`,"adjust":{"sharpen":3}`))
	studio := func(more string) string {
		return `{"id":"b","type":"shape","shape":"rectangle","width":160,"height":120,"fill":"#102a43"},
			{"id":"p","type":"image","x":20,"y":10,"width":120,"height":100,"src":"` + studioURL + `"` + more + `}`
	}
	f("image/trim", studio(`,"fit":"contain","trim":true`))
	f("image/cutout", studio(`,"fit":"contain","cutout":true`))
	f("image/trim-and-cutout", studio(`,"fit":"contain","trim":true,"cutout":true`))
	f("image/smart", `{"id":"p","type":"image","x":60,"y":0,"width":40,"height":120,"src":"`+studioURL+`","fit":"smart"}`)
	f("image/svg", `{"id":"a","type":"image","x":20,"y":10,"width":120,"height":100,"src":"asset:leaf.svg","fit":"contain"}`)

	f("shape/star", `{"id":"s","type":"shape","shape":"star","x":30,"y":10,"width":100,"height":100,"fill":"#ffd166","stroke":"#1d1b19","strokeWidth":4,"strokeJoin":"miter"}`)
	f("shape/burst", `{"id":"s","type":"shape","shape":"burst","x":30,"y":10,"width":100,"height":100,"fill":"#c1272d","roundness":0.6,"tips":16}`)
	f("shape/path", `{"id":"s","type":"shape","shape":"path","x":30,"y":10,"width":100,"height":100,"path":"M12 21C5 15 2 12 2 8a5 5 0 0 1 10-1 5 5 0 0 1 10 1c0 4-3 7-10 13z","viewBox":[0,0,24,24],"fill":"#c1272d"}`)
	f("shape/radius-per-corner", `{"id":"s","type":"shape","shape":"rectangle","x":30,"y":20,"width":100,"height":80,"radius":[0,40,10,20],"fill":"#2f6f4f","stroke":"#ffd166","strokeWidth":6,"strokeAlign":"inside"}`)
	f("shape/stroke-outside-dashed", `{"id":"s","type":"shape","shape":"rectangle","x":30,"y":20,"width":100,"height":80,"radius":20,"fill":"#f3d9b1","stroke":"#c1272d","strokeWidth":4,"strokeAlign":"outside","dash":[12,6]}`)
	f("shape/conic", `{"id":"s","type":"shape","shape":"ellipse","x":30,"y":10,"width":100,"height":100,"fill":{"type":"conic","angle":45,"stops":[[0,"red"],[0.33,"yellow"],[0.66,"blue"],[1,"red"]]}}`)

	f("qr/link", `{"id":"q","type":"qr","x":30,"y":10,"width":100,"height":100,"text":"https://shop.test/p/1"}`)
	f("qr/coloured", `{"id":"q","type":"qr","x":30,"y":10,"width":100,"height":100,"text":"{{title}}","level":"H","margin":1,"color":"#102a43","background":"#ffd166"}`)
	f("rating/part", `{"id":"r","type":"rating","x":10,"y":45,"width":140,"height":30,"value":"3.6","gap":4}`)
	f("rating/narrow", `{"id":"r","type":"rating","x":10,"y":45,"width":60,"height":30,"value":"5","max":3,"color":"#c1272d","emptyColor":"transparent"}`)

	chips := `{"id":"a","type":"shape","shape":"rectangle","width":30,"height":20,"fill":"red"},{"id":"b","type":"shape","shape":"rectangle","show":"title == \"\"","width":30,"height":20,"fill":"green"},
		{"id":"c","type":"text","width":40,"size":14,"font":"Go","text":"{{title}}","overflow":"clip","maxLines":2},{"id":"d","type":"shape","shape":"ellipse","width":20,"height":30,"fill":"blue"}`
	stack := func(more string) string {
		return `{"id":"g","type":"group","x":10,"y":10,"width":140,"height":100,"stack":{` + more + `},"layers":[` + chips + `]}`
	}
	f("stack/column", stack(`"gap":4`))
	f("stack/row-centre", stack(`"direction":"row","gap":6,"align":"center"`))
	f("stack/row-between", stack(`"direction":"row","align":"end","justify":"between"`))
	f("stack/column-end", stack(`"align":"center","justify":"end","gap":2`))
}

// leaf is a drawing: it is as sharp at any size.
const leaf = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><defs><linearGradient id="g" x2="0" y2="1">
	<stop stop-color="#9be15d"/><stop offset="1" stop-color="#00a651"/></linearGradient></defs>
	<path d="M4 20C4 9 11 4 21 3c1 10-3 17-12 17-2 0-3-.5-4-1z" fill="url(#g)"/><path d="M3 22C7 14 12 10 17 8" fill="none" stroke="#064" stroke-width="1.2" stroke-linecap="round"/></svg>`

// studioPhoto is a cup on white at the right of the picture, with a white label and
// a soft shadow on the ground.
func studioPhoto(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 360, 240))
	for y := range 240 {
		for x := range 360 {
			fx, fy := float64(x), float64(y)
			level := 255.0
			if d := math.Hypot((fx-245)/75, (fy-205)/12); d < 1 {
				level = 255 - 60*(1-d)
			}
			c := color.RGBA{uint8(level), uint8(level), uint8(level), 255}
			cup := fx > 190 && fx < 300 && fy > 50 && fy < 205
			handle := math.Hypot(fx-305, fy-120)
			switch {
			case fx > 215 && fx < 270 && fy > 100 && fy < 150:
				c = color.RGBA{255, 255, 255, 255}
			case cup, handle < 40 && handle > 26:
				c = color.RGBA{uint8(60 + (fx-190)/2), 110, 160, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return encodeJPEG(t, img)
}
