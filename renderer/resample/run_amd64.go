package resample

import "encoding/binary"

const groupPixels = 8 // that the vector code reads or writes at once

// runVector makes eight rows after the other, each block of columns in a tile.
func (p *Plan) runVector(dst, src pixels, s *Scratch, opaque bool) {
	v := p.vector
	s.strip = grown(s.strip, tileRows*p.geometry.Dst.X)
	for y := 0; y < p.geometry.Dst.Y; y += tileRows {
		rows := v.rows[y/2 : min(y/2+tileRows/2, len(v.rows))]
		for _, b := range v.blocks {
			// The vertical pass writes whole groups, the horizontal one reads pairs without weight beyond the source.
			s.tile = grown(s.tile, (b.units+groupPixels/2)*unitWords)
			for i, r := range rows {
				v.fill(s.tile[i*unitWords/4:], src, r, p.left+2*b.unit, min(2*b.units, p.wide-2*b.unit), opaque)
			}
			v.finish(s.strip[tileRows*b.from:], s.tile, b, opaque)
		}
		p.write(dst, y, s.strip)
	}
}

// fill makes two rows of a tile from wide source columns, the first of them left.
func (v *vector) fill(tile []int16, src pixels, r rowPair, left, wide int, opaque bool) {
	whole, tail := vertical, verticalTail
	if opaque {
		whole, tail = verticalOpaque, verticalOpaqueTail
	}
	weights, pairs, odd := &v.rowWeights[r.at], r.n/2, r.n%2
	in := src.pix[r.first*src.stride+4*left:]
	groups := wide / groupPixels
	if groups > 0 {
		whole(&tile[0], &in[0], src.stride, groups, weights, pairs, odd, r.ahead)
	}
	if rest := wide % groupPixels; rest > 0 {
		tail(&tile[groups*groupPixels/2*unitWords], &in[4*groups*groupPixels], src.stride,
			&v.mask[groupPixels-rest], weights, pairs, odd, 0)
	}
}

// finish makes a block's columns of the strip.
func (v *vector) finish(strip []uint32, tile []int16, b block, opaque bool) {
	columns := horizontal
	if opaque {
		columns = horizontalOpaque
	}
	columns(&strip[0], &tile[0], &v.starts[b.from], b.unit*unitBytes, &v.colWeights[b.from*v.pairs], v.pairs, b.to-b.from)
}

// write copies the strip to the rows from y on.
func (p *Plan) write(dst pixels, y int, strip []uint32) {
	done := 0
	if y+tileRows <= p.geometry.Dst.Y {
		groups := p.geometry.Dst.X / groupPixels
		if done = groups * groupPixels; groups > 0 {
			untile(&dst.row(y, 0, done)[0], dst.stride, &strip[0], groups)
		}
	}
	order := [tileRows]int{0, 4, 1, 5, 2, 6, 3, 7} // where the rows lie in a column of the strip
	for i := range min(tileRows, p.geometry.Dst.Y-y) {
		row := dst.row(y+i, done, p.geometry.Dst.X-done)
		for x := done; x < p.geometry.Dst.X; x++ {
			binary.LittleEndian.PutUint32(row[4*(x-done):], strip[tileRows*x+order[i]])
		}
	}
}
