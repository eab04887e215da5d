package svg

import (
	"fmt"
	"strings"

	"github.com/adloom/adloom/renderer/path"
)

// box is a viewBox.
type box struct{ x, y, w, h float64 }

// viewBox reads the viewBox of e and tells whether it has one.
func (e *element) viewBox() (box, bool, error) {
	s := e.attr("viewBox")
	if s == "" {
		return box{}, false, nil
	}
	n, err := numbers(s)
	if err != nil || len(n) != 4 || n[2] <= 0 || n[3] <= 0 {
		return box{}, false, e.wrong("a viewBox of four numbers, the last two above zero", fmt.Sprintf("%q", s))
	}
	return box{n[0], n[1], n[2], n[3]}, true, nil
}

// aspect is a preserveAspectRatio: where the box goes that is smaller or larger than the viewport, as a fraction of
// the room on each axis.
type aspect struct {
	none, slice bool
	x, y        float64
}

func (e *element) aspect() (aspect, error) {
	a := aspect{x: 0.5, y: 0.5}
	fields := strings.Fields(e.attr("preserveAspectRatio"))
	if len(fields) == 0 {
		return a, nil
	}
	wrong := e.wrong("a preserveAspectRatio like xMidYMid meet", fmt.Sprintf("%q", e.attr("preserveAspectRatio")))
	if len(fields) > 2 {
		return a, wrong
	}
	if len(fields) == 2 {
		a.slice = fields[1] == "slice"
		if !a.slice && fields[1] != "meet" {
			return a, wrong
		}
	}
	if fields[0] == "none" {
		a.none = true
		return a, nil
	}
	x, y, ok := strings.Cut(strings.TrimPrefix(fields[0], "x"), "Y")
	places := map[string]float64{"Min": 0, "Mid": 0.5, "Max": 1}
	a.x, a.y = places[x], places[y]
	if _, known := places[x]; !known || !ok {
		return a, wrong
	}
	if _, known := places[y]; !known {
		return a, wrong
	}
	return a, nil
}

// fit returns the matrix that shows b in a viewport of w by h at the origin.
func (a aspect) fit(b box, w, h float64) path.Matrix {
	sx, sy := w/b.w, h/b.h
	if !a.none {
		s := min(sx, sy)
		if a.slice {
			s = max(sx, sy)
		}
		sx, sy = s, s
	}
	x := float64(a.x * (w - float64(b.w*sx)))
	y := float64(a.y * (h - float64(b.h*sy)))
	return path.Matrix{sx, 0, 0, sy, x - float64(b.x*sx), y - float64(b.y*sy)}
}
