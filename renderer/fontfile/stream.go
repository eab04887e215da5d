package fontfile

import "errors"

var errShort = errors.New("it ends too early")

// stream is read from its front. Behind its end it gives zeros and remembers that it
// was too short.
type stream struct {
	rest  data
	short bool
}

func (s *stream) take(n int) data {
	if n < 0 || n > len(s.rest) {
		s.short, s.rest = true, nil
		return nil
	}
	b := s.rest[:n:n]
	s.rest = s.rest[n:]
	return b
}

func (s *stream) u8() int {
	if b := s.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (s *stream) u16() int { return s.take(2).u16(0) }
func (s *stream) u32() int { return s.take(4).u32(0) }

// base128 is the UIntBase128 of WOFF2, section 4.1: seven bits in each byte, the high
// bit set on all but the last.
func (s *stream) base128() int {
	v := 0
	for i := range 5 {
		b := s.u8()
		if i == 0 && b == 0x80 || v > 1<<25-1 {
			s.short = true
			return 0
		}
		v = v<<7 | b&0x7f
		if b&0x80 == 0 {
			return v
		}
	}
	s.short = true
	return 0
}

// short255 is the 255UInt16 of WOFF2, section 4.1.
func (s *stream) short255() int {
	switch b := s.u8(); b {
	case 253:
		return s.u16()
	case 254:
		return s.u8() + 2*253
	case 255:
		return s.u8() + 253
	default:
		return b
	}
}
