package mask

import "encoding/binary"

// A word holds two lanes of 32 bits, so that one multiplication serves two pixels. Weights are positive and sum up to
// no more than a lane holds, so no lane ever carries into its neighbour.

// octet is eight lanes in the order in which masks of a word of eight bytes leave them: 0 and 4, 1 and 5, 2 and 6, 3
// and 7.
type octet [4]uint64

const (
	lowBytes = 0x000000ff_000000ff // the lowest byte of both lanes

	fineOne   = 1 << 24 // the sum of weights for bytes, whose sums have 24 fractional bits
	coarseOne = 1 << 16 // of weights for values of 8 fractional bits: the sums have 24 too
	half      = 1 << 23 // what rounds such a sum in one lane
	halves    = half<<32 | half
)

// gather sets acc to the sum of n bytes of each row times its weight. It may change what lies behind rows and
// weights.
func gather(acc []octet, rows [][]byte, weights []uint64, n int) {
	clear(acc)
	for len(rows)%4 != 0 {
		rows, weights = append(rows, rows[0]), append(weights, 0)
	}
	for i := 0; i < len(rows); i += 4 {
		r, w := rows[i:i+4], (*[4]uint64)(weights[i:])
		addRows(acc[:n/8], r[0], r[1], r[2], r[3], w)
		if n%8 != 0 {
			for k := range r {
				var last [8]byte
				copy(last[:], r[k][n/8*8:n])
				addRows(acc[n/8:n/8+1], last[:], last[:], last[:], last[:], &[4]uint64{w[k]})
			}
		}
	}
}

func addRows(acc []octet, a, b, c, d []byte, w *[4]uint64) {
	wa, wb, wc, wd := w[0], w[1], w[2], w[3]
	for i := range acc {
		va := binary.LittleEndian.Uint64(a[8*i:])
		vb := binary.LittleEndian.Uint64(b[8*i:])
		vc := binary.LittleEndian.Uint64(c[8*i:])
		vd := binary.LittleEndian.Uint64(d[8*i:])
		o := &acc[i]
		o[0] += va&lowBytes*wa + vb&lowBytes*wb + vc&lowBytes*wc + vd&lowBytes*wd
		o[1] += va>>8&lowBytes*wa + vb>>8&lowBytes*wb + vc>>8&lowBytes*wc + vd>>8&lowBytes*wd
		o[2] += va>>16&lowBytes*wa + vb>>16&lowBytes*wb + vc>>16&lowBytes*wc + vd>>16&lowBytes*wd
		o[3] += va>>24&lowBytes*wa + vb>>24&lowBytes*wb + vc>>24&lowBytes*wc + vd>>24&lowBytes*wd
	}
}

// settle rounds sums of 24 fractional bits to lanes of 8, in plain order. lanes has room for whole octets.
func settle(lanes []uint32, acc []octet) {
	for i := range acc {
		o := &acc[i]
		l := (*[8]uint32)(lanes[8*i:])
		for k, v := range o {
			v += 0x8000_0000_8000
			l[k], l[k+4] = uint32(v)>>16, uint32(v>>48)
		}
	}
}

// fold is the reverse of settle without its shift. lanes has room for whole octets.
func fold(out []octet, lanes []uint32) {
	for i := range out {
		l := (*[8]uint32)(lanes[8*i:])
		out[i] = octet{
			uint64(l[4])<<32 | uint64(l[0]),
			uint64(l[5])<<32 | uint64(l[1]),
			uint64(l[6])<<32 | uint64(l[2]),
			uint64(l[7])<<32 | uint64(l[3]),
		}
	}
}

// pair makes words of lanes first, first+1 and so on.
func pair(words []uint64, lanes []uint32, first int) {
	lanes = lanes[first : first+2*len(words)]
	for i := range words {
		l := (*[2]uint32)(lanes[2*i:])
		words[i] = uint64(l[1])<<32 | uint64(l[0])
	}
}

// accumulate adds two rows times their common weight.
func accumulate(acc, a, b []uint64, w uint64) {
	a, b = a[:len(acc)], b[:len(acc)]
	for i := range acc {
		acc[i] += (a[i] + b[i]) * w
	}
}

// accumulateTwo adds two rows times their common weight, and two others.
func accumulateTwo(acc, a, b, c, d []uint64, w, v uint64) {
	a, b, c, d = a[:len(acc)], b[:len(acc)], c[:len(acc)], d[:len(acc)]
	for i := range acc {
		acc[i] += (a[i]+b[i])*w + (c[i]+d[i])*v
	}
}

// convolve sets acc to a symmetric filter's rounded sum. at gives the row at an offset from the filter's middle.
func convolve(acc []uint64, weights []uint64, at func(offset int) []uint64) {
	middle := at(0)[:len(acc)]
	for i := range acc {
		acc[i] = middle[i]*weights[0] + halves
	}
	n := 1
	for ; n+1 < len(weights); n += 2 {
		accumulateTwo(acc, at(-n), at(n), at(-n-1), at(n+1), weights[n], weights[n+1])
	}
	if n < len(weights) {
		accumulate(acc, at(-n), at(n), weights[n])
	}
}

// blend writes n bytes: the rounded sum of four rows of lanes of 8 fractional bits times their weights.
func blend(dst []byte, a, b, c, d []octet, w *[4]uint64) {
	wa, wb, wc, wd := w[0], w[1], w[2], w[3]
	n := len(dst) / 8
	rest := dst[8*n:]
	for i := range n {
		binary.LittleEndian.PutUint64(dst[8*i:], blendOctet(&a[i], &b[i], &c[i], &d[i], wa, wb, wc, wd))
	}
	if len(rest) > 0 {
		var last [8]byte
		binary.LittleEndian.PutUint64(last[:], blendOctet(&a[n], &b[n], &c[n], &d[n], wa, wb, wc, wd))
		copy(rest, last[:])
	}
}

func blendOctet(a, b, c, d *octet, wa, wb, wc, wd uint64) uint64 {
	return (a[0]*wa+b[0]*wb+c[0]*wc+d[0]*wd+halves)>>24&lowBytes |
		(a[1]*wa+b[1]*wb+c[1]*wc+d[1]*wd+halves)>>16&(lowBytes<<8) |
		(a[2]*wa+b[2]*wb+c[2]*wc+d[2]*wd+halves)>>8&(lowBytes<<16) |
		(a[3]*wa+b[3]*wb+c[3]*wc+d[3]*wd+halves)&(lowBytes<<24)
}

// pack writes the highest bytes of lanes in plain order.
func pack(dst []byte, words []uint64) {
	n := len(dst) / 2
	for i, v := range words[:n] {
		binary.LittleEndian.PutUint16(dst[2*i:], uint16(v>>24&0xff|v>>48&0xff00))
	}
	if len(dst)%2 != 0 {
		dst[2*n] = byte(words[n] >> 24)
	}
}
