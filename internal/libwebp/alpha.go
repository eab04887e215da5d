package libwebp

// premultiply turns straight RGBA into premultiplied RGBA in place, rounding to nearest. The colour of a
// pixel that cannot be seen becomes 0.
func premultiply(pix []byte) {
	for ; len(pix) >= 4; pix = pix[4:] {
		p := (*[4]byte)(pix)
		if a := uint32(p[3]); a != 255 {
			for i, c := range p[:3] {
				p[i] = byte((uint32(c)*a + 127) / 255)
			}
		}
	}
}

// straighten writes premultiplied RGBA from src to dst as straight RGBA, rounding to nearest. What premultiply
// then makes of dst is src again. A colour larger than its alpha, which no premultiplied pixel has, is cut.
func straighten(dst, src []byte) {
	for len(dst) >= 4 && len(src) >= 4 {
		d, s := (*[4]byte)(dst), (*[4]byte)(src)
		switch a := uint32(s[3]); a {
		case 255:
			*d = *s
		case 0:
			*d = [4]byte{}
		default:
			for i, c := range s[:3] {
				d[i] = byte(min((uint32(c)*255+a/2)/a, 255))
			}
			d[3] = s[3]
		}
		dst, src = dst[4:], src[4:]
	}
}

// opaque reports whether every pixel of a row of RGBA is.
func opaque(row []byte) bool {
	for i := 3; i < len(row); i += 4 {
		if row[i] != 255 {
			return false
		}
	}
	return true
}
