package gojpeg

// Quantisation tables of ITU-T T.81, tables K.1 and K.2, in rows, for a quality of 50.
var (
	lumaQuant = [64]uint8{
		16, 11, 10, 16, 24, 40, 51, 61,
		12, 12, 14, 19, 26, 58, 60, 55,
		14, 13, 16, 24, 40, 57, 69, 56,
		14, 17, 22, 29, 51, 87, 80, 62,
		18, 22, 37, 56, 68, 109, 103, 77,
		24, 35, 55, 64, 81, 104, 113, 92,
		49, 64, 78, 87, 103, 121, 120, 101,
		72, 92, 95, 98, 112, 100, 103, 99,
	}
	chromaQuant = [64]uint8{
		17, 18, 24, 47, 99, 99, 99, 99,
		18, 21, 26, 66, 99, 99, 99, 99,
		24, 26, 56, 99, 99, 99, 99, 99,
		47, 66, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99,
	}
)

// scaledQuant gives a table for a quality as libjpeg scales it, in zigzag order.
func scaledQuant(table [64]uint8, quality int) (q [64]uint8) {
	percent := 200 - 2*quality
	if quality < 50 {
		percent = 5000 / quality
	}
	for k, place := range zigzag {
		q[k] = uint8(max(1, min(255, (int(table[place])*percent+50)/100)))
	}
	return q
}

// divisors divide by multiplying, and undo the factor 8 of the DCT.
type divisors struct {
	table      [64]uint8
	reciprocal [64]int64 // of 8 * table, with 32 bits after the point
}

// newDivisors takes a table in zigzag order. Reciprocals are a bit too large, so that halves are rounded away from
// zero; for coefficients below 2^20 that is too little to change anything else.
func newDivisors(table [64]uint8) *divisors {
	d := &divisors{table: table}
	for k, q := range table {
		d.reciprocal[k] = 1<<32/(8*int64(q)) + 1
	}
	return d
}

// divide gives coefficient k, in zigzag order, to the nearest integer.
func (d *divisors) divide(k int, coef int32) int32 {
	return int32((int64(coef)*d.reciprocal[k&63] + 1<<31) >> 32)
}

// apply divides the coefficients of a block in rows, and leaves them in zigzag order. It gives a bit for each that is
// not zero.
func (d *divisors) apply(b *[64]int32) (set uint64) {
	rows := *b
	for k, r := range &d.reciprocal {
		v := (int64(rows[zigzag[k]&63])*r + 1<<31) >> 32
		b[k] = int32(v)
		set = set>>1 | uint64(v|-v)&(1<<63)
	}
	return set
}
