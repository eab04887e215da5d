package path

import (
	"image"
	"math/bits"
)

// Rasterizer measures coverage and keeps its buffers between paths. The zero value is ready; it serves one goroutine
// at a time.
type Rasterizer struct {
	edges   []edge
	first   []int32 // first[y] is where in order the edges start that enter at row y
	order   []int32 // edges by the row that they enter at
	active  []int32 // edges that cross the current row
	cells   []cell  // of the current row, all zero between rows
	touched []uint64
	points  []Point // of one flattened curve
	w, h    float64
}

// cell is the sum over the edges in one pixel.
type cell struct {
	cover int32 // height, in 1/256 pixel
	area  int32 // twice the area to the left of the edges, in 1/65536 pixel
}

// Coverage of a cell, as the sums give it.
const (
	whole      = 2 << 16 // the area of a pixel
	wholeShift = 17
)

// Fill sets every pixel of dst to its coverage by p, as Coverage does.
func (r *Rasterizer) Fill(dst *image.Alpha, p *Path, rule FillRule) {
	area := dst.Rect
	for y := range area.Dy() {
		clear(dst.Pix[y*dst.Stride:][:area.Dx()])
	}
	w, h := min(area.Dx(), MaxSide), min(area.Dy(), MaxSide)
	if w <= 0 || h <= 0 {
		return
	}
	r.w, r.h = float64(w), float64(h)
	r.edges = r.edges[:0]
	if !r.collect(p, Point{float64(area.Min.X), float64(area.Min.Y)}) || len(r.edges) == 0 {
		return
	}
	r.sort(h)
	r.cells = grown(r.cells, w+1)
	r.touched = grown(r.touched, w/64+1)
	r.active = r.active[:0]
	for y := range h {
		r.active = append(r.active, r.order[r.first[y]:r.first[y+1]]...)
		if len(r.active) == 0 {
			continue
		}
		keep := r.active[:0]
		for _, i := range r.active {
			if r.step(&r.edges[i]) {
				keep = append(keep, i)
			}
		}
		r.active = keep
		r.sweep(dst.Pix[y*dst.Stride:][:w:w], rule)
	}
}

// grown returns n zeros in the room of s if it has it. What s held must have been zero.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// sort orders the edges by the row that they enter at, h rows in all, by counting.
func (r *Rasterizer) sort(h int) {
	r.first = grown(r.first, h+2)
	clear(r.first)
	for i := range r.edges {
		r.first[r.edges[i].y>>8+2]++
	}
	for y := 2; y < len(r.first); y++ {
		r.first[y] += r.first[y-1]
	}
	r.order = grown(r.order, len(r.edges))
	for i := range r.edges {
		at := &r.first[r.edges[i].y>>8+1]
		r.order[*at] = int32(i)
		*at++
	}
}

// sweep turns the cells of a row into coverage and clears them.
func (r *Rasterizer) sweep(row []uint8, rule FillRule) {
	x, cover := 0, 0
	for i, word := range r.touched {
		if word == 0 {
			continue
		}
		r.touched[i] = 0
		for ; word != 0; word &= word - 1 {
			c := i<<6 + bits.TrailingZeros64(word)
			if c > x && cover != 0 {
				fill(row[x:c], rule.level(cover<<9))
			}
			sum := r.cells[c]
			r.cells[c] = cell{}
			if c == len(row) {
				return
			}
			cover += int(sum.cover)
			row[c] = rule.level(cover<<9 - int(sum.area))
			x = c + 1
		}
	}
	if cover != 0 {
		fill(row[x:], rule.level(cover<<9))
	}
}

// level folds a signed area to coverage.
func (f FillRule) level(area int) uint8 {
	if area < 0 {
		area = -area
	}
	if f == EvenOdd {
		if area &= 2*whole - 1; area > whole {
			area = 2*whole - area
		}
	}
	area = min(area, whole)
	return uint8((area*255 + whole/2) >> wholeShift)
}

// fill sets all of s to v.
func fill(s []uint8, v uint8) {
	if len(s) < 32 {
		for i := range s {
			s[i] = v
		}
		return
	}
	for i := range s[:16] {
		s[i] = v
	}
	for n := 16; n < len(s); n *= 2 {
		copy(s[n:], s[:n])
	}
}
