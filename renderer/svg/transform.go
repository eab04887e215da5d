package svg

import (
	"fmt"
	"strings"

	"github.com/adloom/adloom/renderer/path"
)

// parseTransform reads the functions of a transform attribute (SVG 1.1, section 7.6).
func parseTransform(s string) (path.Matrix, error) {
	m := path.Identity()
	for rest := strings.TrimLeft(s, " \t\r\n,"); rest != ""; {
		name, after, opened := strings.Cut(rest, "(")
		arguments, next, closed := strings.Cut(after, ")")
		n, err := numbers(arguments)
		if !opened || !closed || err != nil {
			return m, fmt.Errorf("expected a transform like rotate(45); found %.40q", rest)
		}
		f, ok := transformFunction(strings.TrimSpace(name), n)
		if !ok {
			return m, fmt.Errorf("expected matrix, translate, scale, rotate, skewX or skewY with its numbers; found %.40q", rest)
		}
		m = m.Mul(f)
		rest = strings.TrimLeft(next, " \t\r\n,")
	}
	return m, nil
}

func transformFunction(name string, n []float64) (path.Matrix, bool) {
	switch {
	case name == "matrix" && len(n) == 6:
		return path.Matrix(n), true
	case name == "translate" && len(n) == 1:
		return path.Translate(n[0], 0), true
	case name == "translate" && len(n) == 2:
		return path.Translate(n[0], n[1]), true
	case name == "scale" && len(n) == 1:
		return path.Scale(n[0], n[0]), true
	case name == "scale" && len(n) == 2:
		return path.Scale(n[0], n[1]), true
	case name == "rotate" && len(n) == 1:
		return path.Rotate(n[0]), true
	case name == "rotate" && len(n) == 3:
		return path.Translate(n[1], n[2]).Mul(path.Rotate(n[0])).Mul(path.Translate(-n[1], -n[2])), true
	case name == "skewX" && len(n) == 1:
		return path.Skew(n[0], 0), true
	case name == "skewY" && len(n) == 1:
		return path.Skew(0, n[0]), true
	}
	return path.Matrix{}, false
}
