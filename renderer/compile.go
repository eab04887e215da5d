package renderer

import (
	"fmt"
	"image"
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
}

// Asset is a decoded image of a template.
type Asset struct {
	Name  string
	Image *image.NRGBA
}

// Substitute is a font family that stands in for a missing one.
type Substitute struct{ Layer, Wanted, Used string }

// maxAssetPixels bounds what the decoded assets of one template keep in memory:
// four bytes a pixel.
const maxAssetPixels = 2 * templates.MaxSide * templates.MaxSide

// Compile decodes a template's assets and finds its fonts. Its error is
// templates.Mistakes.
func (e *Engine) Compile(t *templates.Template) (*Design, error) {
	d := &Design{Template: t, engine: e, assets: map[string]*Asset{}}
	var mistakes templates.Mistakes
	pixels := int64(0)
	for _, name := range slices.Sorted(maps.Keys(t.Assets)) {
		img, err := e.decode(t.Assets[name])
		if err != nil {
			mistakes = append(mistakes, templates.Mistake{Path: "asset:" + name, Expected: "a JPEG, PNG, GIF or WebP image", Found: err.Error()})
			continue
		}
		if pixels += int64(img.Rect.Dx()) * int64(img.Rect.Dy()); pixels > maxAssetPixels {
			mistakes = append(mistakes, templates.Mistake{Path: "asset:" + name, Expected: fmt.Sprintf("at most %d pixels in all assets together", maxAssetPixels), Found: fmt.Sprint(pixels)})
			break
		}
		d.assets[name] = &Asset{name, img}
	}
	d.findFonts(t.Layers, "layers", &mistakes)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return d, nil
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
