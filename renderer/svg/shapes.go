package svg

import (
	"fmt"

	"github.com/adloom/adloom/renderer/path"
)

// outline returns the path of a shape, nil if e is none. Shapes without size are empty paths.
func (e *element) outline(v viewport) (*path.Path, error) {
	switch e.name {
	case "path":
		p, err := path.Parse(e.attr("d"))
		if err != nil {
			return nil, fmt.Errorf("read svg: line %d: <path>: d: %w", e.line, err)
		}
		return p, nil
	case "rect":
		return e.rect(v)
	case "circle", "ellipse":
		return e.ellipse(v)
	case "line":
		n, err := e.lengths(v, "x1", "y1", "x2", "y2")
		if err != nil {
			return nil, err
		}
		p := &path.Path{}
		p.MoveTo(n[0], n[1])
		p.LineTo(n[2], n[3])
		return p, nil
	case "polyline", "polygon":
		return e.poly()
	}
	return nil, nil
}

// lengths reads attributes of which the names tell the axis. One that is missing or auto is 0.
func (e *element) lengths(v viewport, names ...string) ([]float64, error) {
	n := make([]float64, len(names))
	for i, name := range names {
		value := e.attr(name)
		if value == "" || value == "auto" {
			continue
		}
		var err error
		if n[i], err = v.length(value, axisOf(name)); err != nil {
			return nil, fmt.Errorf("read svg: line %d: <%s>: %s: %w", e.line, e.name, name, err)
		}
	}
	return n, nil
}

func axisOf(name string) axis {
	switch name {
	case "x", "x1", "x2", "cx", "fx", "rx", "width":
		return horizontal
	case "y", "y1", "y2", "cy", "fy", "ry", "height":
		return vertical
	}
	return diagonal
}

func (e *element) rect(v viewport) (*path.Path, error) {
	n, err := e.lengths(v, "x", "y", "width", "height", "rx", "ry")
	if err != nil {
		return nil, err
	}
	rx, ry := e.radii(n[4], n[5])
	if min(n[2], n[3], rx, ry) < 0 {
		return nil, e.wrong("sizes of at least 0", "less")
	}
	return path.RoundRectangle(n[0], n[1], n[2], n[3], rx, ry), nil
}

// radii returns rx and ry, where one that is not given is as large as the other.
func (e *element) radii(rx, ry float64) (float64, float64) {
	given := func(name string) bool { v := e.attr(name); return v != "" && v != "auto" }
	if !given("rx") {
		rx = ry
	} else if !given("ry") {
		ry = rx
	}
	return rx, ry
}

func (e *element) ellipse(v viewport) (*path.Path, error) {
	n, err := e.lengths(v, "cx", "cy", "rx", "ry", "r")
	if err != nil {
		return nil, err
	}
	rx, ry := n[4], n[4]
	if e.name == "ellipse" {
		rx, ry = e.radii(n[2], n[3])
	}
	if min(rx, ry) < 0 {
		return nil, e.wrong("radii of at least 0", "less")
	}
	return path.Ellipse(n[0], n[1], rx, ry), nil
}

func (e *element) poly() (*path.Path, error) {
	n, err := numbers(e.attr("points"))
	if err != nil || len(n)%2 != 0 || len(n) > 2*path.MaxSegments {
		return nil, e.wrong(fmt.Sprintf("points in pairs, at most %d", path.MaxSegments), fmt.Sprintf("%q", e.attr("points")))
	}
	p := &path.Path{}
	for i := 0; i < len(n); i += 2 {
		if i == 0 {
			p.MoveTo(n[0], n[1])
		} else {
			p.LineTo(n[i], n[i+1])
		}
	}
	if e.name == "polygon" {
		p.Close()
	}
	return p, nil
}
