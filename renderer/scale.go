package renderer

import (
	"fmt"
	"image"

	"github.com/adloom/adloom/renderer/resample"
)

// scale draws the part of a picture that lies in from, in pixels of its full size,
// onto all of dst.
func (e *Engine) scale(dst *image.RGBA, src raster, from box) error {
	// The codec may have shrunk the picture.
	stored := src.stored()
	x := float64(stored.X) / float64(src.full.X)
	y := float64(stored.Y) / float64(src.full.Y)
	geometry := resample.Geometry{Src: stored, Dst: dst.Rect.Size(), Crop: resample.Rect{
		X0: max(0, from.x*x), X1: min(float64(stored.X), (from.x+from.w)*x),
		Y0: max(0, from.y*y), Y1: min(float64(stored.Y), (from.y+from.h)*y),
	}}
	scratch, ok := e.scratches.Get().(*resample.Scratch)
	if !ok {
		scratch = &resample.Scratch{}
	}
	defer e.scratches.Put(scratch)
	run := e.scalePixels
	if src.planes != nil {
		run = e.scalePlanes
	}
	if err := run(dst, src, geometry, scratch); err != nil {
		return fmt.Errorf("scale picture of %dx%d: %w", stored.X, stored.Y, err)
	}
	return nil
}

func (e *Engine) scalePixels(dst *image.RGBA, src raster, g resample.Geometry, scratch *resample.Scratch) error {
	plan, ok := e.plans.Get(g)
	if !ok {
		var err error
		if plan, err = resample.NewPlan(g); err != nil {
			return err
		}
		e.plans.Add(g, plan, int64(plan.Bytes()))
	}
	if src.opaque {
		return plan.RunOpaque(dst, src.pix, scratch)
	}
	return plan.Run(dst, src.pix, scratch)
}

type planesKey struct {
	geometry resample.Geometry
	share    image.Point
}

// scalePlanes makes RGBA at the final size, in sRGB.
func (e *Engine) scalePlanes(dst *image.RGBA, src raster, g resample.Geometry, scratch *resample.Scratch) error {
	key := planesKey{g, src.planes.Share}
	plan, ok := e.planePlans.Get(key)
	if !ok {
		var err error
		if plan, err = resample.NewPlanesPlan(g, key.share); err != nil {
			return err
		}
		e.planePlans.Add(key, plan, int64(plan.Bytes()))
	}
	if err := plan.Run(dst, src.planes.Samples, scratch); err != nil {
		return err
	}
	if src.planes.profile != nil {
		for y := range dst.Rect.Dy() {
			_ = src.planes.profile.RGB(dst.Pix[y*dst.Stride:][:4*dst.Rect.Dx()]) // the space was looked at
		}
	}
	return nil
}
