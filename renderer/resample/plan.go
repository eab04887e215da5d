package resample

import (
	"fmt"
	"unsafe"
)

// Plan holds the weights of one Geometry. It is immutable and safe for concurrent use.
type Plan struct {
	geometry   Geometry
	cols, rows axis
	left, wide int     // the source columns that are read, from left on
	copies     bool    // no pixel is scaled
	vector     *vector // nil where the processor has no vector path
}

// NewPlan returns the plan for g, or all that is wrong with g. It costs about a third of running the
// plan once, so a plan that may be needed again is worth keeping.
func NewPlan(g Geometry) (*Plan, error) {
	if err := g.Validate(); err != nil {
		return nil, fmt.Errorf("plan scaling: %w", err)
	}
	c := g.crop()
	p := &Plan{geometry: g, cols: newAxis(c.X0, c.X1, g.Dst.X), rows: newAxis(c.Y0, c.Y1, g.Dst.Y)}
	left, right := touched(c.X0, c.X1)
	p.left, p.wide = left, right-left
	p.copies = p.cols.shift() && p.rows.shift()
	if !p.copies && hasVector() {
		p.vector = newVector(p)
	}
	return p, nil
}

// Geometry returns what the plan was made for.
func (p *Plan) Geometry() Geometry { return p.geometry }

// Bytes is the memory that the plan holds, for a cache with a budget.
func (p *Plan) Bytes() int {
	n := int(unsafe.Sizeof(*p)) + p.cols.bytes() + p.rows.bytes()
	if p.vector != nil {
		n += p.vector.bytes()
	}
	return n
}

func (a axis) bytes() int {
	return cap(a.spans)*int(unsafe.Sizeof(span{})) + cap(a.weights)*int(unsafe.Sizeof(int16(0)))
}
