package renderer

import (
	"fmt"
	"image"

	"github.com/adloom/adloom/renderer/resample"
)

// keptPlans is how many geometries the engine remembers the weights of: those of
// the layers that are drawn most, for photos of the sizes that shops have most.
const keptPlans = 256

// scale draws the part of a picture that lies in from, in pixels of its full size,
// onto all of dst.
func (e *Engine) scale(dst *image.RGBA, src raster, from box) error {
	// The codec may have shrunk the picture.
	stored := src.pix.Rect.Size()
	x := float64(stored.X) / float64(src.full.X)
	y := float64(stored.Y) / float64(src.full.Y)
	plan, err := e.plan(resample.Geometry{Src: stored, Dst: dst.Rect.Size(), Crop: resample.Rect{
		X0: max(0, from.x*x), X1: min(float64(stored.X), (from.x+from.w)*x),
		Y0: max(0, from.y*y), Y1: min(float64(stored.Y), (from.y+from.h)*y),
	}})
	if err != nil {
		return err
	}
	scratch, ok := e.scratches.Get().(*resample.Scratch)
	if !ok {
		scratch = &resample.Scratch{}
	}
	defer e.scratches.Put(scratch)
	run := plan.Run
	if src.opaque {
		run = plan.RunOpaque
	}
	if err := run(dst, src.pix, scratch); err != nil {
		return fmt.Errorf("scale picture: %w", err)
	}
	return nil
}

func (e *Engine) plan(g resample.Geometry) (*resample.Plan, error) {
	if plan, ok := e.plans.Get(g); ok {
		return plan, nil
	}
	plan, err := resample.NewPlan(g)
	if err != nil {
		return nil, fmt.Errorf("scale picture of %dx%d: %w", g.Src.X, g.Src.Y, err)
	}
	e.plans.Add(g, plan)
	return plan, nil
}
