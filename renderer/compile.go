package renderer

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"maps"
	"slices"

	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// Design is a template ready to draw on this node. It is immutable and safe for
// concurrent use.
type Design struct {
	Template *templates.Template
	// Substitutes names the font families that this node lacks and what stands
	// in for them, in order of their layers.
	Substitutes []Substitute

	// Texts says how the texts came out that are the same for every product.
	Texts []TextOutcome

	engine   *Engine
	fonts    fonts
	fontless map[*templates.Text]bool // texts that are hidden where their font is not to be had
	assets   map[string]*Asset
	paths    map[*templates.Figure]*path.Path // of the figures that have path data
	base     *image.RGBA                      // the background with the lowest layers; nil: there are none
	flat     int                              // so many layers are part of base
	rows     []color.RGBA                     // of the background, if each of its rows has one colour
	stills   map[*templates.Base]*still

	roomless map[*templates.Base]bool // what could be a still, or a part of one, but found no room
}

// Substitute is a font family that stands in for a missing one; without one the layer
// is hidden.
type Substitute struct{ Layer, Wanted, Used string }

func (s Substitute) String() string {
	if s.Used == "" {
		return fmt.Sprintf("layer %s: font %s is not on this machine; the layer is hidden", s.Layer, s.Wanted)
	}
	return fmt.Sprintf("layer %s: font %s is not on this machine; %s stands in", s.Layer, s.Wanted, s.Used)
}

// maxPixels bounds what the assets of one template, decoded and painted, keep in
// memory: four bytes a pixel.
const maxPixels = 2 * templates.MaxSide * templates.MaxSide

// Compile decodes a template's assets, finds its fonts, refuses what would cost too
// much, and paints what is the same for every product. Its error is
// templates.Mistakes, or ctx's.
func (e *Engine) Compile(ctx context.Context, t *templates.Template) (*Design, error) {
	d := &Design{Template: t, engine: e, assets: map[string]*Asset{}, fontless: map[*templates.Text]bool{}, paths: map[*templates.Figure]*path.Path{}, stills: map[*templates.Base]*still{}, roomless: map[*templates.Base]bool{}}
	var mistakes templates.Mistakes
	var err error
	if d.fonts, err = e.fontsOf(ctx, t, &mistakes); err != nil {
		return nil, err
	}
	pixels := int64(0)
	for _, name := range slices.Sorted(maps.Keys(t.Assets)) {
		if isFont(t.Assets[name]) {
			continue
		}
		asset, err := e.asset(name, t.Assets[name])
		if err != nil {
			mistakes = append(mistakes, templates.Mistake{Path: "asset:" + name, Expected: "a JPEG, PNG, GIF, WebP or SVG image or a TrueType, OpenType, WOFF or WOFF2 font", Found: err.Error()})
			continue
		}
		if pixels += asset.pixels(); pixels > maxPixels {
			mistakes = append(mistakes, templates.Mistake{Path: "asset:" + name, Expected: fmt.Sprintf("at most %d pixels in all assets together", maxPixels), Found: fmt.Sprint(pixels)})
			break
		}
		d.assets[name] = asset
	}
	d.check(t.Layers, "layers", &mistakes)
	if len(mistakes) == 0 {
		mistakes = append(mistakes, d.afford()...)
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	if err := d.freeze(ctx, 4*(maxPixels-pixels)); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, templates.Mistakes{{Path: "layers", Expected: "layers that can be drawn", Found: err.Error()}}
	}
	if mistakes := d.afford(); len(mistakes) > 0 {
		return nil, mistakes
	}
	return d, nil
}

func (d *Design) canvas() image.Rectangle {
	return image.Rect(0, 0, d.Template.Width, d.Template.Height)
}

// Bytes is the memory that the design's pictures and fonts take, for a cache with a
// budget. It does not change.
func (d *Design) Bytes() int64 {
	bytes := d.fonts.bytes
	for _, file := range d.Template.Assets {
		bytes += int64(len(file))
	}
	for _, a := range d.assets {
		bytes += 4 * a.pixels()
	}
	for _, s := range d.stills {
		bytes += int64(len(s.img.Pix))
	}
	if d.base != nil {
		bytes += int64(len(d.base.Pix))
	}
	return bytes
}

// check finds the fonts and reads the paths of the layers.
func (d *Design) check(layers []templates.Layer, at string, mistakes *templates.Mistakes) {
	for i, layer := range layers {
		at := fmt.Sprintf("%s[%d]", at, i)
		switch l := layer.(type) {
		case *templates.Group:
			d.check(l.Layers, at+".layers", mistakes)
		case *templates.Text:
			d.checkFonts(l, at, mistakes)
		case *templates.Shape:
			d.checkPath(&l.Figure, at, mistakes)
		}
		if m := layer.Common().Mask; m != nil && m.Figure != nil {
			d.checkPath(m.Figure, at+".mask", mistakes)
		}
	}
}

func (d *Design) checkPath(f *templates.Figure, at string, mistakes *templates.Mistakes) {
	if f.Kind != templates.PathShape {
		return
	}
	parsed, err := path.Parse(f.Path)
	if err != nil {
		*mistakes = append(*mistakes, templates.Mistake{Path: at + ".path", Expected: "SVG path data", Found: err.Error()})
	}
	d.paths[f] = parsed
}
