package renderer

import (
	"image"

	"github.com/adloom/adloom/renderer/blend"
	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// masked takes away from a layer what its mask does not cover.
func (p *painter) masked(layer *image.RGBA, base *templates.Base, frame box) error {
	key := figureKey{base.Mask, frame, layer.Rect}
	m, ok := p.engine.masks.Get(key)
	if !ok {
		var err error
		if m, err = p.mask(base.Mask, frame, layer.Rect); err != nil {
			return err
		}
		if base.Mask.Invert {
			for i := range m.Pix {
				m.Pix[i] = 255 - m.Pix[i]
			}
		}
		p.engine.masks.Add(key, m, int64(len(m.Pix))+256)
	}
	blend.MaskIn(layer, m)
	return nil
}

// figureKey names what a mask covers of an area.
type figureKey struct {
	mask  *templates.Mask
	frame box
	area  image.Rectangle
}

func (p *painter) mask(m *templates.Mask, frame box, area image.Rectangle) (*image.Alpha, error) {
	if m.Figure != nil {
		return figurePath(m.Figure, p.paths[m.Figure], frame).Coverage(area, path.NonZero), nil
	}
	target := frame.snapped()
	whole := image.NewAlpha(area)
	asset := p.assets[m.Asset]
	if asset == nil || target.Empty() {
		return whole, nil
	}
	l := &templates.Image{Fit: templates.Fill}
	src, err := asset.sized(l, target.Size())
	if err != nil {
		return nil, err
	}
	img := p.engine.memory.picture(target)
	defer p.engine.memory.back(img)
	if err := p.engine.scale(img, src, box{0, 0, float64(src.full.X), float64(src.full.Y)}); err != nil {
		return nil, err
	}
	cover := mask.OfPicture
	if m.By == templates.MaskLuminance {
		cover = mask.Luminance
	}
	covered := cover(img)
	shared := area.Intersect(target)
	for y := shared.Min.Y; y < shared.Max.Y; y++ {
		copy(whole.Pix[whole.PixOffset(shared.Min.X, y):][:shared.Dx()], covered.Pix[covered.PixOffset(shared.Min.X, y):])
	}
	return whole, nil
}
