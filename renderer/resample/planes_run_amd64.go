package resample

// runVector makes one band after the other. The last one ends with the picture, and where that is high enough it makes
// rows again that the band before has made.
func (p *PlanesPlan) runVector(dst pixels, src Planes, s *planesScratch) {
	high := p.geometry.Dst.Y
	s.out = grown(s.out, lineColumns*4*bandRows)
	for y := 0; y < high; y += bandRows {
		top := max(0, min(y, high-bandRows))
		for i := range p.vector.blocks {
			b := &p.vector.blocks[i]
			s.luma = grown(s.luma, b.luma.tile*columnWords)
			p.tile(s.luma, 1, src.Y, src.YStride, 0, b.luma, top, s)
			if p.colour() {
				s.both = grown(s.both, 2*b.chroma.tile*columnWords)
				p.tile(s.both, 2, src.Cb, src.CStride, 1, b.chroma, top, s)
				p.tile(s.both[columnWords:], 2, src.Cr, src.CStride, 2, b.chroma, top, s)
			}
			p.finish(dst, b, top, s)
		}
	}
}

// tile makes the middle of plane i in the rows from top on, its columns components apart.
func (p *PlanesPlan) tile(tile []int16, components int, plane []byte, stride, i int, b stretch, top int, s *planesScratch) {
	a, t := p.axes(i), &p.vector.luma
	if i > 0 {
		t = &p.vector.chroma
	}
	rows := min(bandRows, p.geometry.Dst.Y)
	first, last := t.rowStarts[top], t.rowStarts[top]
	for _, at := range t.rowStarts[top : top+rows] {
		first, last = min(first, at), max(last, at)
	}
	pitch := (b.n + lesserColumns - 1) / lesserColumns * lesserColumns
	high := int(last-first) + t.taps
	s.words = grown(s.words, high*pitch)
	s.rows = grown(s.rows, bandRows*pitch)
	ahead := (int(t.rowStarts[min(top+bandRows, p.geometry.Dst.Y-1)]) - int(first)) * stride
	widenRows(s.words, pitch, plane[int(first)*stride+a.part.Min.X+b.first:], stride, ahead, high, b.n)
	planeRows(&s.rows[0], 2*pitch, &s.words[0], &t.rowStarts[top], int(first), &t.rowWeights[top*t.taps], t.taps, rows,
		pitch/groupColumns, pitch%groupColumns/lesserColumns)
	turn(&tile[0], components*columnBytes, &s.rows[0], 2*pitch, (b.n+7)/8)
}

// widenRows turns n columns of rows samples each into words; the pitch is in words.
func widenRows(words []int16, pitch int, src []byte, stride, ahead, rows, n int) {
	if n < widened {
		for y := range rows {
			for x, v := range src[y*stride:][:n] {
				words[y*pitch+x] = (int16(v) - middleGrey) << 8
			}
		}
		return
	}
	widen(&words[0], 2*pitch, &src[0], stride, ahead, rows, n/widened)
	if n%widened > 0 { // the last columns once more with some before them
		widen(&words[n-widened], 2*pitch, &src[n-widened], stride, ahead, rows, 1)
	}
}

// finish makes a block's destination columns, some of them at a time.
func (p *PlanesPlan) finish(dst pixels, b *planesBlock, top int, s *planesScratch) {
	rows := min(bandRows, p.geometry.Dst.Y)
	for x := b.from; x < b.to; x += lineColumns {
		n := min(lineColumns, b.to-x)
		p.columns(s, b, x, n)
		if rows < bandRows || n < groupPixels {
			writeColumns(dst, x, top, s.out, n, rows)
			continue
		}
		untile16(&dst.row(top, x, n)[0], dst.stride, &s.out[0], n/groupPixels)
		if n%groupPixels > 0 { // the last columns once more with some before them
			done := n - groupPixels
			untile16(&dst.row(top, x+done, groupPixels)[0], dst.stride, &s.out[4*bandRows*done], 1)
		}
	}
}

// writeColumns writes what is too narrow or too low for untile16.
func writeColumns(dst pixels, x, y int, columns []byte, n, rows int) {
	for i := range rows {
		row := dst.row(y+i, x, n)
		for j := range n {
			copy(row[4*j:4*j+4], columns[4*(bandRows*j+bandOrder[i]):])
		}
	}
}

// bandOrder says where the rows lie in a finished column.
var bandOrder = [bandRows]int{0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15}

// columns makes n destination columns from x on.
func (p *PlanesPlan) columns(s *planesScratch, b *planesBlock, x, n int) {
	l, c := &p.vector.luma, &p.vector.chroma
	// Starts count from the left of the part, tiles from that of the block: only the difference is ever read.
	if !p.colour() {
		columns := planesGray
		if l.fours == 1 {
			columns = planesGrayFew
		}
		columns(&s.out[0], n, &s.luma[0], b.luma.first*columnBytes, &l.colStarts[x], &l.colWeights[4*l.fours*x], l.fours)
		return
	}
	columns := planesColour
	if l.fours == 1 && c.fours == 1 {
		columns = planesColourFew
	}
	columns(&s.out[0], n, &s.luma[0], b.luma.first*columnBytes, &l.colStarts[x], &l.colWeights[4*l.fours*x], l.fours,
		&s.both[0], b.chroma.first*2*columnBytes, &c.colStarts[x], &c.colWeights[4*c.fours*x], c.fours)
}
