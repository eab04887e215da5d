package blend

import "encoding/binary"

// The portable path computes two channels in one 64-bit word, 32 bits apart. Every kernel is mix with other factors.

const (
	bothLanes = 1<<32 | 1
	samples   = 0xff * bothLanes
)

// lanes takes channels 0 and 2 out of a pixel.
func lanes(px uint32) uint64 {
	w := uint64(px)
	return (w | w<<16) & samples
}

// divLanes divides each lane by 255, rounds to the nearest, and ends at 255. Lanes may hold up to twice 255·255.
func divLanes(t uint64) uint64 {
	t += 128 * bothLanes
	t = (t + t>>8&(0xffffff*bothLanes)) >> 8 & (0x1ff * bothLanes)
	carry := t & (0x100 * bothLanes)
	return (t | (carry - carry>>8)) & samples
}

// mix is (s·m + d·k)/255 of each channel, rounded to the nearest, at most 255.
func mix(s, m, d, k uint32) uint32 {
	rb := divLanes(lanes(s)*uint64(m) + lanes(d)*uint64(k))
	ga := divLanes(lanes(s>>8)*uint64(m) + lanes(d>>8)*uint64(k))
	w := rb | ga<<8
	return uint32(w | w>>16)
}

// div255 divides by 255 and rounds to the nearest: exact for 0 to 65407.
func div255(x uint32) uint32 {
	x += 128
	return (x + x>>8) >> 8
}

// cover is s over d with coverage m.
func cover(s, d, m uint32) uint32 { return mix(s, m, d, 255-div255(s>>24*m)) }

func overPortable(dst, src []uint8) {
	for len(dst) >= 4 && len(src) >= 4 {
		switch s := binary.LittleEndian.Uint32(src); {
		case s>>24 == 255:
			binary.LittleEndian.PutUint32(dst, s)
		case s != 0:
			binary.LittleEndian.PutUint32(dst, mix(s, 255, binary.LittleEndian.Uint32(dst), 255-s>>24))
		}
		dst, src = dst[4:], src[4:]
	}
}

func overFadedPortable(dst, src []uint8, opacity uint8) {
	for len(dst) >= 4 && len(src) >= 4 {
		if s := binary.LittleEndian.Uint32(src); s != 0 {
			binary.LittleEndian.PutUint32(dst, cover(s, binary.LittleEndian.Uint32(dst), uint32(opacity)))
		}
		dst, src = dst[4:], src[4:]
	}
}

func overMaskedPortable(dst, src, mask []uint8) {
	for len(dst) >= 4 && len(src) >= 4 && len(mask) >= 1 {
		s, m := binary.LittleEndian.Uint32(src), uint32(mask[0])
		switch {
		case m == 255 && s>>24 == 255:
			binary.LittleEndian.PutUint32(dst, s)
		case m != 0 && s != 0:
			binary.LittleEndian.PutUint32(dst, cover(s, binary.LittleEndian.Uint32(dst), m))
		}
		dst, src, mask = dst[4:], src[4:], mask[1:]
	}
}

func tintPortable(dst, mask []uint8, c uint32) {
	for len(dst) >= 4 && len(mask) >= 1 {
		switch m := uint32(mask[0]); {
		case m == 255 && c>>24 == 255:
			binary.LittleEndian.PutUint32(dst, c)
		case m != 0:
			binary.LittleEndian.PutUint32(dst, cover(c, binary.LittleEndian.Uint32(dst), m))
		}
		dst, mask = dst[4:], mask[1:]
	}
}

func flattenPortable(px []uint8, c uint32) {
	for len(px) >= 4 {
		if s := binary.LittleEndian.Uint32(px); s>>24 != 255 {
			binary.LittleEndian.PutUint32(px, mix(s, 255, c, 255-s>>24))
		}
		px = px[4:]
	}
}

func fadePortable(px []uint8, opacity uint8) {
	for len(px) >= 4 {
		binary.LittleEndian.PutUint32(px, mix(binary.LittleEndian.Uint32(px), uint32(opacity), 0, 0))
		px = px[4:]
	}
}

func maskPortable(px, mask []uint8) {
	for len(px) >= 4 && len(mask) >= 1 {
		if m := uint32(mask[0]); m != 255 {
			binary.LittleEndian.PutUint32(px, mix(binary.LittleEndian.Uint32(px), m, 0, 0))
		}
		px, mask = px[4:], mask[1:]
	}
}

// crossfadePortable moves dst towards src, without regard to alpha.
func crossfadePortable(dst, src []uint8, opacity uint8) {
	m := uint32(opacity)
	for len(dst) >= 4 && len(src) >= 4 {
		binary.LittleEndian.PutUint32(dst, mix(binary.LittleEndian.Uint32(src), m, binary.LittleEndian.Uint32(dst), 255-m))
		dst, src = dst[4:], src[4:]
	}
}
