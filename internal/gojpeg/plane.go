package gojpeg

// plane holds the samples of a component, as a ring of the rows of two rows of MCUs: chroma filters look at the row
// above and at the one below.
type plane struct {
	width, height    int // of the picture
	stride           int
	band             int // rows that come at once
	rows             []byte
	expandX, expandY int // pixels that a sample stands for
	filter           filter
}

// filter is a way to give each pixel a sample.
type filter int

const (
	copySamples filter = iota
	repeatSamples
	triangleX
	triangleY
	triangleXY
)

// chooseFilter takes the ones that libjpeg takes.
func (p *plane) chooseFilter(scale int) {
	smooth, wide := scale > 1, p.width > 2
	switch {
	case p.expandX == 1 && p.expandY == 1:
		p.filter = copySamples
	case smooth && wide && p.expandX == 2 && p.expandY == 1:
		p.filter = triangleX
	case smooth && p.expandX == 1 && p.expandY == 2:
		p.filter = triangleY
	case smooth && wide && p.expandX == 2 && p.expandY == 2:
		p.filter = triangleXY
	default:
		p.filter = repeatSamples
	}
}

// context reports whether a row of pixels may need the row of samples below its own.
func (p *plane) context() bool { return p.filter == triangleY || p.filter == triangleXY }

func (p *plane) row(y int) []byte {
	return p.rows[y%(2*p.band)*p.stride:][:p.width]
}

// pixels gives row y of the picture, in buf if need be; it may be longer than the picture is wide.
func (p *plane) pixels(buf []byte, y int) []byte {
	near := p.row(y / p.expandY)
	if p.filter == copySamples {
		return near
	}
	buf = buf[:p.width*p.expandX]
	switch p.filter {
	case triangleX:
		expandX(buf, near)
	case triangleY:
		expandY(buf, near, p.neighbour(y), 1+y&1)
	case triangleXY:
		expandXY(buf, near, p.neighbour(y))
	default:
		repeat(buf, near, p.expandX)
	}
	return buf
}

// neighbour is the row of samples next to row y of the picture, on the other side than its own.
func (p *plane) neighbour(y int) []byte {
	return p.row(min(max(0, y/2-1+y&1*2), p.height-1))
}
