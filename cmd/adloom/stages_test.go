package main

import (
	"image"
	"image/color"
	"strconv"
	"testing"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/resample"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// benchEngine is the engine of this machine, with or without kept photos.
func benchEngine(warm bool) *renderer.Engine {
	budgets := renderer.DefaultBudgets()
	if !warm {
		budgets.Photos = 0
	}
	return engineFlags{Codecs: "native"}.engine(imageinfo.DefaultLimits(), budgets)
}

func benchAd(tb testing.TB, engine *renderer.Engine, name string, product int) *bench {
	tb.Helper()
	picture := demoshop.Products()[product].Picture
	data, err := demoshop.Photo(picture)
	if err != nil {
		tb.Fatal(err)
	}
	b, err := newBench(tb.Context(), engine, name, benchPhoto{picture, data})
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// BenchmarkRender is the whole way from an encoded photo to an encoded picture.
func BenchmarkRender(b *testing.B) {
	for _, warm := range []bool{false, true} {
		for _, name := range examples.Names() {
			b.Run(name+"/warm="+strconv.FormatBool(warm), func(b *testing.B) {
				ad := benchAd(b, benchEngine(warm), name, 0)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := ad.render(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkStage measures the steps of a render by themselves.
func BenchmarkStage(b *testing.B) {
	engine := benchEngine(false)
	ad := benchAd(b, engine, "link", 0)
	stage := func(name string, bytes int, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(bytes))
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	codecs := machineCodecs()
	if codecs.JPEG != nil {
		memory := make([]byte, 64<<20)
		stage("decode", len(ad.photo.data), func() error {
			_, err := codecs.JPEG.Decode(ad.photo.data, 560, 560, func(n int) []byte { return memory[:n] })
			return err
		})
	}
	src, dst := image.NewRGBA(image.Rect(0, 0, 1200, 1200)), image.NewRGBA(image.Rect(0, 0, 560, 560))
	plan, err := resample.NewPlan(resample.Geometry{Src: src.Rect.Size(), Dst: dst.Rect.Size()})
	if err != nil {
		b.Fatal(err)
	}
	scratch := &resample.Scratch{}
	stage("resample", len(dst.Pix), func() error { return plan.RunOpaque(dst, src, scratch) })
	stage("flatten", 0, func() error {
		_, err := engine.Compile(b.Context(), ad.design.Template)
		return err
	})
	setter := typeset.New(typeset.NewFonts(nil), 16<<20)
	style := typeset.Style{Font: typeset.Font{Families: "Go", Weight: 700}, Size: 52, MinSize: 28, LineHeight: 1.2, Width: 520, Height: 220, MaxLines: 3, Ellipsis: true}
	canvas, n := image.NewRGBA(image.Rect(0, 0, 1200, 628)), 0
	stage("text", 0, func() error {
		n++ // new words each time
		layout, err := setter.Layout("Hand-woven linen shirt "+strconv.Itoa(n)+" with mother-of-pearl buttons", style)
		if err == nil {
			setter.Draw(canvas, layout, typeset.Ink{X: 640, Top: 70, Width: 520, Dress: typeset.Dress{Color: color.NRGBA{29, 27, 25, 255}}})
		}
		return err
	})
	scrim := image.NewRGBA(image.Rect(0, 0, 1080, 500))
	for i := range scrim.Pix {
		scrim.Pix[i] = uint8(i / 4320 / 2)
	}
	below := image.NewRGBA(scrim.Rect)
	stage("blend", len(scrim.Pix), func() error {
		blend.Over(below, scrim)
		return nil
	})
	scene, err := ad.design.Resolve(ad.fields)
	if err != nil {
		b.Fatal(err)
	}
	painted, err := engine.Paint(b.Context(), scene, ad.photos)
	if err != nil {
		b.Fatal(err)
	}
	stage("encode", len(painted.Image.Pix), func() error {
		_, err := engine.Encode(b.Context(), painted, templates.JPEG, scene.Template.Output)
		return err
	})
}
