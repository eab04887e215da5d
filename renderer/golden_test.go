package renderer_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/adloom/adloom/internal/golden"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// Every case shows one behaviour, on a canvas of 160x120. The fonts are the
// built-in ones, so that the pictures are the same on every machine.
func TestGolden(t *testing.T) {
	t.Parallel()
	f := func(name, layers string) {
		t.Helper()
		draw(t, name, `"background":"#f4f1ea"`, layers)
	}
	background := func(name, background string) {
		t.Helper()
		draw(t, name, `"background":`+background, "")
	}
	background("background/solid", `"#2f6f4f"`)
	background("background/transparent", `"transparent"`)
	background("background/linear-180", `{"type":"linear","angle":180,"stops":[[0,"#102a43"],[1,"#ffd166"]]}`)
	background("background/linear-45", `{"type":"linear","angle":45,"stops":[[0,"red"],[0.5,"white"],[1,"blue"]]}`)
	background("background/linear-hard-stops", `{"type":"linear","angle":90,"stops":[[0,"red"],[0.5,"red"],[0.5,"blue"],[1,"blue"]]}`)
	background("background/linear-alpha", `{"type":"linear","angle":90,"stops":[[0,"#ff0000"],[1,"#0000ff00"]]}`)
	background("background/radial", `{"type":"radial","stops":[[0,"#fff"],[1,"#c1272d"]]}`)
	background("background/radial-off-centre", `{"type":"radial","center":[0.25,0.25],"radius":0.5,"stops":[[0,"#fff"],[1,"#c1272d"]]}`)

	photo := func(more string) string {
		return `{"id":"p","type":"image","x":20,"y":10,"width":120,"height":100,"src":"{{image_link}}"` + more + `}`
	}
	f("image/cover", photo(`,"fit":"cover"`))
	f("image/contain", photo(`,"fit":"contain"`))
	f("image/fill", photo(`,"fit":"fill"`))
	f("image/none", photo(`,"fit":"none"`))
	f("image/cover-focus-left", photo(`,"fit":"cover","focus":[0,0.5]`))
	f("image/contain-focus-top", photo(`,"fit":"contain","focus":[0.5,0]`))
	f("image/radius", photo(`,"radius":24`))
	f("image/radius-larger-than-half", photo(`,"radius":500`))
	f("image/brightness", photo(`,"adjust":{"brightness":40}`))
	f("image/contrast", photo(`,"adjust":{"contrast":-60}`))
	f("image/grey", photo(`,"adjust":{"saturation":-100}`))
	f("image/blur", photo(`,"adjust":{"blur":6},"radius":12`))
	f("image/opacity", photo(`,"opacity":0.4`))
	f("image/rotation", photo(`,"rotation":30,"radius":10`))
	f("image/partly-outside", `{"id":"p","type":"image","x":-60,"y":60,"width":120,"height":100,"src":"{{image_link}}"}`)
	f("image/asset-with-alpha", `{"id":"a","type":"image","x":20,"y":10,"width":120,"height":100,"src":"asset:badge.png","fit":"contain"}`)
	f("image/fallback-hide", `{"id":"p","type":"image","width":160,"height":120,"src":"https://shop.test/missing.jpg","fallback":"hide"}`)
	f("image/fallback-asset", `{"id":"p","type":"image","width":160,"height":120,"src":"https://shop.test/missing.jpg","fallback":"asset:badge.png","fit":"contain"}`)

	text := func(more string) string {
		if !strings.Contains(more, `"size"`) {
			more += `,"size":20`
		}
		return `{"id":"t","type":"text","x":10,"y":10,"width":140,"height":100,"font":"Go","color":"#1d1b19"` + more + `}`
	}
	f("text/wrap", text(`,"text":"{{title}}"`))
	f("text/center", text(`,"text":"{{title}}","align":"center"`))
	f("text/right", text(`,"text":"{{title}}","align":"right"`))
	f("text/middle", text(`,"text":"Middle","valign":"middle"`))
	f("text/bottom", text(`,"text":"Bottom","valign":"bottom"`))
	f("text/line-break-in-text", text(`,"text":"one\ntwo\n\nfour"`))
	f("text/max-lines-ellipsis", text(`,"text":"{{title}}","maxLines":2`))
	f("text/ellipsis-before-a-paragraph", text(`,"text":"Hello\nWorld","maxLines":1`))
	f("text/max-lines-clip", text(`,"text":"{{title}}","maxLines":2,"overflow":"clip"`))
	f("text/height-ellipsis", `{"id":"t","type":"text","x":10,"y":10,"width":140,"height":50,"font":"Go","size":20,"text":"{{title}}"}`)
	f("text/ellipsis-in-a-long-word", text(`,"text":"Donaudampfschifffahrtsgesellschaft","maxLines":1`))
	f("text/long-word-broken", text(`,"text":"Donaudampfschifffahrtsgesellschaft"`))
	f("text/shrink", text(`,"text":"{{title}} for long and wet descents in the north","fit":"shrink","size":40,"minSize":8`))
	f("text/shrink-to-the-smallest", text(`,"text":"{{title}} for long and wet descents in the north","fit":"shrink","size":40,"minSize":20`))
	f("text/shrink-one-word", text(`,"text":"Unbreakable","fit":"shrink","size":60,"minSize":8,"maxLines":1`))
	f("text/strike", text(`,"text":"$129.00","strike":true,"size":32`))
	f("text/bold-italic", text(`,"text":"Bold italic","weight":700,"italic":true`))
	f("text/letter-spacing", text(`,"text":"WIDE","letterSpacing":8`))
	f("text/line-height", text(`,"text":"{{title}}","lineHeight":1.8,"maxLines":3`))
	f("text/rotation", text(`,"text":"Rotated","rotation":-20,"size":32,"valign":"middle"`))
	f("text/opacity", text(`,"text":"Faint","opacity":0.3,"size":40`))
	f("text/accents-and-signs", text(`,"text":"Éçåñ €9 £5 ÅÄÖ ß – “q”"`))
	f("text/no-height", `{"id":"t","type":"text","x":10,"y":10,"width":140,"font":"Go","size":16,"text":"{{title}} {{title}}"}`)

	shape := func(more string) string {
		return `{"id":"s","type":"shape","x":30,"y":20,"width":100,"height":80,` + more + `}`
	}
	f("shape/rectangle", shape(`"shape":"rectangle","fill":"#c1272d"`))
	f("shape/rectangle-radius", shape(`"shape":"rectangle","radius":20,"fill":"#c1272d"`))
	f("shape/rectangle-subpixel", `{"id":"s","type":"shape","x":30.5,"y":20.25,"width":99.5,"height":80,"shape":"rectangle","fill":"#000"}`)
	f("shape/ellipse", shape(`"shape":"ellipse","fill":"#2f6f4f"`))
	f("shape/ellipse-stroke", shape(`"shape":"ellipse","stroke":"#2f6f4f","strokeWidth":6`))
	f("shape/polygon", shape(`"shape":"polygon","points":[[50,0],[100,80],[0,80]],"fill":"#ffd166","stroke":"#000","strokeWidth":2`))
	f("shape/line", shape(`"shape":"line","points":[[0,0],[100,80]],"stroke":"#102a43","strokeWidth":5`))
	f("shape/gradient-fill", shape(`"shape":"ellipse","fill":{"type":"linear","angle":90,"stops":[[0,"#fff"],[1,"#000"]]}`))
	f("shape/half-transparent", shape(`"shape":"rectangle","fill":"#0000ff80","stroke":"#ff000080","strokeWidth":10`))
	f("shape/turned-into-view", `{"id":"s","type":"shape","shape":"rectangle","width":640,"height":60,"fill":"#c1272d","rotation":180}`)
	f("shape/line-rotation", shape(`"shape":"line","points":[[0,40],[100,40]],"stroke":"#102a43","strokeWidth":5,"rotation":90`))
	f("shape/rotation", shape(`"shape":"rectangle","fill":"#c1272d","rotation":45`))

	two := `"layers":[{"id":"a","type":"shape","shape":"ellipse","x":0,"y":0,"width":60,"height":60,"fill":"red"},
		{"id":"b","type":"shape","shape":"ellipse","x":30,"y":20,"width":60,"height":60,"fill":"blue"}]`
	f("group/place", `{"id":"g","type":"group","x":40,"y":30,`+two+`}`)
	f("group/opacity-as-one", `{"id":"g","type":"group","x":40,"y":30,"opacity":0.5,`+two+`}`)
	f("group/clip", `{"id":"g","type":"group","x":40,"y":30,"width":60,"height":50,"clip":true,`+two+`}`)
	f("group/rotation", `{"id":"g","type":"group","x":40,"y":30,"width":90,"height":80,"rotation":90,`+two+`}`)
	f("group/turned-into-view", `{"id":"g","type":"group","x":0,"y":0,"width":400,"height":400,"rotation":180,"layers":[
		{"id":"a","type":"shape","shape":"rectangle","x":250,"y":290,"width":150,"height":110,"fill":"red"}]}`)
	f("group/nested", `{"id":"o","type":"group","x":30,"y":20,"opacity":0.7,"layers":[{"id":"g","type":"group","x":10,"y":10,`+two+`}]}`)
}

// draw renders layers over the test photo and compares with the golden picture.
func draw(t *testing.T, name, head, layers string) {
	t.Helper()
	got := paint(t, head, layers, renderer.Photos{photoURL: {Data: testPhoto(t)}, studioURL: {Data: studioPhoto(t)}, missingURL: {Err: errMissing}})
	golden.Compare(t, name, got.Image)
}

func TestOrientations(t *testing.T) {
	upright := decodePhoto(t, testPhoto(t))
	turned := map[int]image.Image{1: upright, 2: imaging.FlipH(upright), 3: imaging.Rotate180(upright), 4: imaging.FlipV(upright),
		5: imaging.Transpose(upright), 6: imaging.Rotate90(upright), 7: imaging.Transverse(upright), 8: imaging.Rotate270(upright)}
	layer := `{"id":"p","type":"image","x":20,"y":10,"width":120,"height":100,"src":"{{image_link}}","fit":"contain"}`
	for orientation := 1; orientation <= 8; orientation++ {
		// A camera held like this stores the picture turned the other way round.
		data := withOrientation(encodeJPEG(t, turned[orientation]), orientation)
		got := paint(t, `"background":"#f4f1ea"`, layer, renderer.Photos{photoURL: {Data: data}})
		golden.Tolerance{Channel: 12, Share: 0.01}.Compare(t, "image/contain", got.Image)
	}
}

// withOrientation puts an Exif segment behind the start of a JPEG.
func withOrientation(jpeg []byte, orientation int) []byte {
	exif := []byte{0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, 0, 0, 0, 0}
	return append(append(bytes.Clone(jpeg[:2]), exif...), jpeg[2:]...)
}

const (
	photoURL   = "https://shop.test/photo.jpg"
	studioURL  = "https://shop.test/studio.jpg"
	missingURL = "https://shop.test/missing.jpg"
)

func paint(t *testing.T, head, layers string, photos renderer.Photos) *renderer.Result {
	t.Helper()
	engine := renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
	scene := resolve(t, engine, head, layers, templates.Fields{"title": "Trail shoe made for wet rock", "image_link": photoURL})
	result, err := engine.Paint(t.Context(), scene, photos)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func resolve(t *testing.T, engine *renderer.Engine, head, layers string, product templates.Fields) *renderer.Scene {
	t.Helper()
	scene, err := compile(t, engine, head, layers).Resolve(product)
	if err != nil {
		t.Fatal(err)
	}
	return scene
}

func compile(t testing.TB, engine *renderer.Engine, head, layers string) *renderer.Design {
	t.Helper()
	doc := `{"schema":1,"name":"case","width":160,"height":120,` + head + `,"fields":[{"name":"title","type":"text","required":true},
		{"name":"price","type":"money"},{"name":"rating","type":"number"},{"name":"sale_price","type":"money"},{"name":"image_link","type":"image"}],"layers":[` + layers + `]}`
	tmpl, err := templates.Decode([]byte(doc), map[string][]byte{"badge.png": badge(t), "leaf.svg": []byte(leaf)})
	if err != nil {
		t.Fatal(err)
	}
	design, err := engine.Compile(t.Context(), tmpl)
	if err != nil {
		t.Fatal(err)
	}
	return design
}

// testPhoto is 320x200 with four colours in its quarters and a white dot in the
// upper left one, so that every turn and crop shows.
func testPhoto(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	quarters := [2][2]color.RGBA{{{200, 60, 50, 255}, {60, 140, 80, 255}}, {{50, 80, 180, 255}, {230, 190, 60, 255}}}
	for y := range 200 {
		for x := range 320 {
			c := quarters[y/100][x/160]
			if dx, dy := x-60, y-50; dx*dx+dy*dy < 30*30 {
				c = color.RGBA{255, 255, 255, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return encodeJPEG(t, img)
}

func encodeJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func decodePhoto(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// badge is a disc with a soft edge on nothing.
func badge(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 100, 100))
	for y := range 100 {
		for x := range 100 {
			if d := (x-50)*(x-50) + (y-50)*(y-50); d < 2500 {
				img.SetNRGBA(x, y, color.NRGBA{193, 39, 45, uint8(min(255, (2500-d)/4))})
			}
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
