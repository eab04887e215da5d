package renderer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/adloom/adloom/templates"
)

// Design is a template ready to draw on this node. It is immutable and safe for
// concurrent use.
type Design struct {
	Template *templates.Template
	// Substitutes names the font families that this node lacks and what stands
	// in for them, in order of their layers.
	Substitutes []Substitute

	engine *Engine
	assets map[string]*Asset
	ready  map[*templates.Image]*ready // of the layers that show the same asset always
}

// Asset is a decoded image of a template.
type Asset struct {
	Name   string
	raster raster
}

// Substitute is a font family that stands in for a missing one.
type Substitute struct{ Layer, Wanted, Used string }

// maxAssetPixels bounds what the decoded assets of one template keep in memory:
// four bytes a pixel.
const maxAssetPixels = 2 * templates.MaxSide * templates.MaxSide

// Compile decodes a template's assets and finds its fonts. Its error is
// templates.Mistakes.
func (e *Engine) Compile(t *templates.Template) (*Design, error) {
	d := &Design{Template: t, engine: e, assets: map[string]*Asset{}, ready: map[*templates.Image]*ready{}}
	var mistakes templates.Mistakes
	pixels := int64(0)
	for _, name := range slices.Sorted(maps.Keys(t.Assets)) {
		img, err := e.decode(t.Assets[name], everything)
		if err != nil {
			mistakes = append(mistakes, templates.Mistake{Path: "asset:" + name, Expected: "a JPEG, PNG, GIF or WebP image", Found: err.Error()})
			continue
		}
		if pixels += int64(img.full.X) * int64(img.full.Y); pixels > maxAssetPixels {
			mistakes = append(mistakes, templates.Mistake{Path: "asset:" + name, Expected: fmt.Sprintf("at most %d pixels in all assets together", maxAssetPixels), Found: fmt.Sprint(pixels)})
			break
		}
		d.assets[name] = &Asset{name, img}
	}
	d.findFonts(t.Layers, "layers", &mistakes)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	d.prepare(t.Layers, maxAssetPixels-pixels)
	return d, nil
}

// Bytes is the memory that the design's pictures take, for a cache with a budget.
func (d *Design) Bytes() int64 {
	bytes := int64(0)
	for _, a := range d.assets {
		bytes += int64(len(a.raster.pix.Pix))
	}
	for _, r := range d.ready {
		if r != nil {
			bytes += int64(len(r.img.Pix))
		}
	}
	return bytes
}

// prepare fits the assets into their boxes, as far as the memory for it goes.
func (d *Design) prepare(layers []templates.Layer, room int64) int64 {
	for _, layer := range layers {
		switch l := layer.(type) {
		case *templates.Group:
			room = d.prepare(l.Layers, room)
		case *templates.Image:
			src, static := l.Src.Static()
			asset, needs := d.assets[strings.TrimPrefix(src, "asset:")], int64(l.Width*l.Height)
			if static && asset != nil && needs <= room {
				room -= needs
				if ready, err := d.engine.prepare(l, asset.raster); err == nil {
					d.ready[l] = ready // else painting tells why not
				}
			}
		}
	}
	return room
}

func (d *Design) findFonts(layers []templates.Layer, path string, mistakes *templates.Mistakes) {
	for i, layer := range layers {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch l := layer.(type) {
		case *templates.Group:
			d.findFonts(l.Layers, at+".layers", mistakes)
		case *templates.Text:
			face, err := d.engine.fonts.match(l.Fonts, l.Weight, l.Italic)
			if err != nil {
				*mistakes = append(*mistakes, templates.Mistake{Path: at + ".font", Expected: "a font family of this node (" + strings.Join(d.engine.fonts.Families(), ", ") + ")", Found: err.Error()})
				continue
			}
			if !sameFamily(face.Family, l.Fonts[0]) {
				d.Substitutes = append(d.Substitutes, Substitute{l.ID, l.Fonts[0], face.Family})
			}
		}
	}
}
