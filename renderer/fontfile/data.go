package fontfile

import "encoding/binary"

// data is part of a table. What lies beyond its end reads as zero or as nothing, so
// that walking through a broken table comes to an end.
type data []byte

func (d data) u16(at int) int {
	if at < 0 || at+2 > len(d) {
		return 0
	}
	return int(binary.BigEndian.Uint16(d[at:]))
}

func (d data) i16(at int) int { return int(int16(d.u16(at))) }

func (d data) u24(at int) int {
	if at < 0 || at+3 > len(d) {
		return 0
	}
	return int(d[at])<<16 | int(d[at+1])<<8 | int(d[at+2])
}

func (d data) u32(at int) int {
	if at < 0 || at+4 > len(d) {
		return 0
	}
	return int(binary.BigEndian.Uint32(d[at:]))
}

// fixed is a number with 16 bits behind the point.
func (d data) fixed(at int) float64 { return float64(int32(d.u32(at))) / 65536 }

// from is what follows an offset.
func (d data) from(at int) data {
	if at < 0 || at > len(d) {
		return nil
	}
	return d[at:]
}

// slice is n bytes, or nil where there are fewer.
func (d data) slice(at, n int) data {
	if at < 0 || n < 0 || at > len(d) || n > len(d)-at {
		return nil
	}
	return d[at : at+n : at+n]
}
