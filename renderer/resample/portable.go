package resample

import "encoding/binary"

// The portable path computes two channels in one 64-bit word, 32 bits apart. Products and sums of such words
// are right modulo 1<<64 even where a channel is negative and borrows from the one above; adding laneBias to each
// before they are taken apart makes all of them positive, so that nothing is borrowed any more.
const (
	laneBias  = 1 << 30
	bothLanes = 1<<32 | 1
)

// lane takes the lower channel out of a word that has laneBias added to each.
func lane(word uint64) int32 { return int32(uint32(word) - laneBias) }

// runPortable makes one row after the other.
func (p *Plan) runPortable(dst, src pixels, s *Scratch, opaque bool) {
	s.sums, s.middle = grown(s.sums, 2*p.wide), grown(s.middle, 2*p.wide)
	for y, rows := range p.rows.spans {
		for i := range s.sums {
			s.sums[i] = bothLanes * (laneBias + firstRound)
		}
		for i, w := range p.rows.weights[rows.at : rows.at+rows.n] {
			addRow(s.sums, src.row(rows.first+i, p.left, p.wide), w)
		}
		for i, sum := range s.sums {
			s.middle[i] = uint64(lane(sum)>>firstShift) + uint64(lane(sum>>32)>>firstShift)<<32
		}
		p.finishRow(dst.row(y, 0, p.geometry.Dst.X), s.middle, opaque)
	}
}

// addRow adds w times a row of pixels to the sums.
func addRow(sums []uint64, row []uint8, w int16) {
	weight := uint64(int64(w))
	for len(sums) >= 2 && len(row) >= 4 {
		px := uint64(binary.LittleEndian.Uint32(row))
		sums[0] += weight * (px&0xff | px&0xff0000<<16)
		sums[1] += weight * (px>>8&0xff | px>>24<<32)
		sums, row = sums[2:], row[4:]
	}
}

// finishRow makes a destination row of the middle.
func (p *Plan) finishRow(dst []uint8, middle []uint64, opaque bool) {
	for x, cols := range p.cols.spans {
		const start = bothLanes * (laneBias + lastRound)
		rb, ga := uint64(start), uint64(start)
		in := middle[2*(cols.first-p.left):][:2*cols.n]
		for _, w := range p.cols.weights[cols.at : cols.at+cols.n] {
			weight := uint64(int64(w))
			rb += weight * in[0]
			ga += weight * in[1]
			in = in[2:]
		}
		alpha := int32(255)
		if !opaque {
			alpha = clamp(lane(ga>>32)>>lastShift, 255)
		}
		out := dst[4*x:][:4]
		out[0] = uint8(clamp(lane(rb)>>lastShift, alpha))
		out[1] = uint8(clamp(lane(ga)>>lastShift, alpha))
		out[2] = uint8(clamp(lane(rb>>32)>>lastShift, alpha))
		out[3] = uint8(alpha)
	}
}

func clamp(v, most int32) int32 { return min(max(v, 0), most) }
