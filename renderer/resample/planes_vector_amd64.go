package resample

import "unsafe"

const (
	bandRows    = 16   // destination rows that are made at once
	columnBytes = 32   // of a plane's column of a band
	columnWords = 16   // the same in 16-bit words
	blockWidth  = 1024 // source columns of a band that are scaled at once
	lineColumns = 64   // finished columns that wait to become rows: 4 KiB

	widened       = 16  // columns that the vector code widens at once
	groupColumns  = 128 // columns of which it makes the middle at once
	lesserColumns = 32  // the same of the rest
)

// planesVector is the plan's weights in the order in which the AVX2 code reads them.
type planesVector struct {
	luma, chroma planeTable
	blocks       []planesBlock
}

// planeTable is the weights of one plane. Each weight fills a word of 32 bits twice.
type planeTable struct {
	rowStarts, colStarts   []int32 // first source row; first byte in a tile of the whole part
	rowWeights, colWeights []int32 // taps for each row, four times fours for each column
	taps, fours            int
}

// planesBlock is a range of destination columns, and the source columns of each plane that they are made of.
type planesBlock struct {
	from, to     int
	luma, chroma stretch
}

// stretch is n columns from first on, counted from the left of a plane's part. A tile of them has room for tile columns.
type stretch struct{ first, n, tile int }

func newPlanesVector(p *PlanesPlan) *planesVector {
	v := &planesVector{luma: newPlaneTable(&p.luma, columnBytes)}
	if p.colour() {
		v.chroma = newPlaneTable(&p.chroma, 2*columnBytes)
	}
	dst := p.geometry.Dst.X
	count := min(dst, (p.luma.part.Dx()+blockWidth-1)/blockWidth)
	for i := range count {
		b := planesBlock{from: dst * i / count, to: dst * (i + 1) / count}
		b.luma = v.luma.stretch(&p.luma, b, columnBytes)
		if p.colour() {
			b.chroma = v.chroma.stretch(&p.chroma, b, 2*columnBytes)
		}
		v.blocks = append(v.blocks, b)
	}
	return v
}

func newPlaneTable(a *planeAxes, column int) planeTable {
	var t planeTable
	t.taps, _ = a.rows.worst()
	t.rowStarts, t.rowWeights = a.rows.uniform(t.taps, t.taps, a.part.Max.Y)
	n, _ := a.cols.worst()
	t.fours = (n + 3) / 4
	t.colStarts, t.colWeights = a.cols.uniform(n, 4*t.fours, a.part.Max.X)
	for i := range t.colStarts {
		t.colStarts[i] = (t.colStarts[i] - int32(a.part.Min.X)) * int32(column)
	}
	return t
}

// uniform gives all destination pixels n source pixels, none of them beyond end, and room weights.
func (a axis) uniform(n, room, end int) (starts, weights []int32) {
	starts, weights = make([]int32, len(a.spans)), make([]int32, room*len(a.spans))
	for i, s := range a.spans {
		start := min(s.first, end-n)
		starts[i] = int32(start)
		for j, w := range a.weights[s.at : s.at+s.n] {
			weights[room*i+s.first-start+j] = int32(w)<<16 | int32(uint16(w))
		}
	}
	return starts, weights
}

// stretch finds the columns that a block is made of.
func (t *planeTable) stretch(a *planeAxes, b planesBlock, column int) stretch {
	first, last := t.colStarts[b.from], t.colStarts[b.from]
	for _, at := range t.colStarts[b.from:b.to] {
		first, last = min(first, at), max(last, at)
	}
	wide := a.part.Dx()
	s := stretch{first: int(first) / column}
	end := int(last)/column + 4*t.fours // beyond the part, weights are zero
	s.n = min(end, wide) - s.first
	s.tile = max(end-s.first, (s.n+7)/8*8) // columns are turned by eights
	return s
}

func (v *planesVector) bytes() int {
	return int(unsafe.Sizeof(*v)) + cap(v.blocks)*int(unsafe.Sizeof(planesBlock{})) + v.luma.bytes() + v.chroma.bytes()
}

func (t *planeTable) bytes() int {
	return 4 * (cap(t.rowStarts) + cap(t.rowWeights) + cap(t.colStarts) + cap(t.colWeights))
}
