package typeset

import (
	"fmt"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"

	"github.com/adloom/adloom/renderer/fontfile"
)

// variant is a font as a text wants it: a variable one set to a weight, another
// emboldened or slanted where it has no such style.
type variant struct {
	source        *source
	weight        float64 // 0 of a font that does not vary
	italic        bool    // of a font that varies
	bold, slanted bool    // made so
}

// face is a variant that can be drawn. Others know it by its address.
type face struct {
	variant

	once  sync.Once
	tuned *font.Font // its own, for the shaper tells fonts apart by their address
}

// What browsers do where a family has no bold or no italic: outlines are made
// thicker from 600 on, and slanted by 14 degrees (CSS Fonts 4, section 2.4).
const (
	boldFrom = 600
	slope    = 0.25
)

// variantOf tells apart only what looks different: of the thousand weights that texts
// may want, a font that does not vary has two.
func variantOf(s *source, weight float64, italic bool) variant {
	v := variant{
		source:  s,
		bold:    weight >= boldFrom && s.Weight[1] < boldFrom && !s.Color,
		slanted: italic && !s.Italic && !s.CanSlant() && !s.Color,
	}
	if len(s.Axes) > 0 {
		v.weight, v.italic = min(max(weight, s.Weight[0]), s.Weight[1]), italic
	}
	return v
}

// instance makes the face for one goroutine.
func (f *face) instance() (instance *font.Face, m fontfile.Metrics, err error) {
	parsed, err := f.source.parse()
	if err != nil {
		return nil, fontfile.Metrics{}, err
	}
	f.once.Do(func() {
		own := *parsed.Font
		f.tuned = &own
	})
	defer func() {
		if p := recover(); p != nil { // a broken variable font
			err = fmt.Errorf("set font %s to weight %v: %v", f.source.Family, f.weight, p)
		}
	}()
	instance = font.NewFace(f.tuned)
	if len(f.source.Axes) > 0 {
		instance.SetVariations(f.source.Variations(fontfile.Style{Weight: f.weight, Italic: f.italic}))
	}
	return instance, parsed.Metrics(instance), nil
}

// emboldening is by how much, in ems, made bold thickens an outline: a 24th below
// 9 pixels, a 32nd above 36.
func emboldening(size float64) float64 {
	const small, large = 9.0, 36.0
	share := max(0, min(1, (size-small)/(large-small)))
	return 1.0/24 + float64(share*(1.0/32-1.0/24))
}

// metrics of a face at a size, in pixels.
type metrics struct{ ascent, descent float64 }

// extents are the ascent and descent of a face at a size, in whole pixels. As in
// Chromium, a descent that is rounded down takes a pixel from the ascent.
func extents(m fontfile.Metrics, size float64) metrics {
	e := metrics{math.Round(m.Ascent * size), math.Round(m.Descent * size)}
	if e.descent < m.Descent*size && e.ascent >= 1 {
		e.ascent, e.descent = e.ascent-1, e.descent+1
	}
	return e
}
