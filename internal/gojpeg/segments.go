package gojpeg

import "bytes"

// readQuant reads quantisation tables (T.81, B.2.4.1).
func (t *tables) readQuant(p []byte) error {
	for len(p) > 0 {
		precision, id := p[0]>>4, p[0]&15
		size := 64 << precision
		if precision > 1 || id > 3 || len(p) < 1+size {
			return corrupt("DQT: expected table 0-3 of 64 numbers; found %02X and %d bytes", p[0], len(p)-1)
		}
		q := new([64]int32)
		for i := range q {
			if precision == 0 {
				q[i] = int32(p[1+i])
			} else {
				q[i] = int32(p[1+2*i])<<8 | int32(p[2+2*i])
			}
			if q[i] == 0 {
				return corrupt("DQT: expected divisors above 0; found 0")
			}
		}
		t.quant[id] = q
		p = p[1+size:]
	}
	return nil
}

// readHuffman reads Huffman tables (T.81, B.2.4.2).
func (t *tables) readHuffman(p []byte) error {
	for len(p) > 0 {
		if len(p) < 17 || p[0]&^0x13 != 0 {
			return corrupt("DHT: expected table 0-3 of class 0 or 1; found %02X and %d bytes", p[0], len(p)-1)
		}
		class, id := p[0]>>4, p[0]&15
		h, n, err := newHuffman([16]byte(p[1:17]), p[17:], class == 0)
		if err != nil {
			return err
		}
		if class == 0 {
			t.dc[id] = h
		} else {
			t.ac[id] = h
		}
		p = p[17+n:]
	}
	return nil
}

// readRestart reads the restart interval (T.81, B.2.4.4).
func (t *tables) readRestart(p []byte) error {
	if len(p) != 2 {
		return corrupt("DRI: expected 2 bytes; found %d", len(p))
	}
	t.restart = int(p[0])<<8 | int(p[1])
	return nil
}

func (t *tables) readJFIF(p []byte) {
	t.jfif = t.jfif || bytes.HasPrefix(p, []byte("JFIF\x00"))
}

// readAdobe reads the colour transform (T.872, 6.5.3): 0 is none, which with three components is RGB.
func (t *tables) readAdobe(p []byte) {
	if len(p) >= 12 && bytes.HasPrefix(p, []byte("Adobe")) {
		t.adobe, t.adobeRGB = true, p[11] == 0
	}
}
