package studio

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fogleman/gg"
)

// Path reads an outline in the notation of SVG: M, L, H, V, C, S, Q and Z with absolute coordinates. The notation is
// part of the program, so a mistake in it panics.
func (c *Canvas) Path(d string) Shape {
	p := pathReader{words: strings.Fields(strings.ReplaceAll(d, ",", " "))}
	for len(p.words) > 0 {
		if word := p.words[0]; strings.IndexByte("MLHVCSQZ", word[0]) >= 0 {
			p.kind = word[0]
			if p.words[0] = word[1:]; word[1:] == "" {
				p.words = p.words[1:]
			}
		}
		p.step()
	}
	return Shape{c, p.out}
}

type pathReader struct {
	words        []string
	kind         byte
	out          builder
	here, handle gg.Point // the current point, and the last handle of a curve for S
}

func (p *pathReader) number() float64 {
	if len(p.words) == 0 {
		panic(fmt.Sprintf("path: expected a number after %c, found the end", p.kind))
	}
	v, err := strconv.ParseFloat(p.words[0], 64)
	if err != nil {
		panic(fmt.Sprintf("path: expected a number after %c, found %q", p.kind, p.words[0]))
	}
	p.words = p.words[1:]
	return v
}

func (p *pathReader) point() gg.Point {
	x := p.number()
	return gg.Point{X: x, Y: p.number()}
}

func (p *pathReader) step() {
	switch p.kind {
	case 'M':
		p.here = p.point()
		p.out.move(p.here.X, p.here.Y)
		p.kind = 'L' // more points after a move are lines
	case 'L':
		p.lineTo(p.point())
	case 'H':
		p.lineTo(gg.Point{X: p.number(), Y: p.here.Y})
	case 'V':
		p.lineTo(gg.Point{X: p.here.X, Y: p.number()})
	case 'C':
		p.curveTo(p.point(), p.point(), p.point())
	case 'S':
		mirrored := gg.Point{X: 2*p.here.X - p.handle.X, Y: 2*p.here.Y - p.handle.Y}
		p.curveTo(mirrored, p.point(), p.point())
	case 'Q':
		q, end := p.point(), p.point()
		p.curveTo(p.here.Interpolate(q, 2.0/3), end.Interpolate(q, 2.0/3), end)
	case 'Z':
		p.out.close()
		p.kind = 0
	default:
		panic(fmt.Sprintf("path: expected one of MLHVCSQZ, found %q", p.words[0]))
	}
}

func (p *pathReader) lineTo(to gg.Point) {
	p.out.line(to.X, to.Y)
	p.here, p.handle = to, to
}

func (p *pathReader) curveTo(a, b, to gg.Point) {
	p.out.curve(a.X, a.Y, b.X, b.Y, to.X, to.Y)
	p.here, p.handle = to, b
}
