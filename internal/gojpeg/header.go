package gojpeg

// bytes adds b to the file as it is, between entropy-coded data.
func (w *bitWriter) bytes(b ...byte) {
	w.pos += copy(w.buf[w.pos:], b)
}

// segment adds a marker segment.
func (w *bitWriter) segment(marker byte, content []byte) {
	n := len(content) + 2
	w.bytes(0xFF, marker, byte(n>>8), byte(n))
	w.bytes(content...)
}

// header writes everything before the scan's data.
func (e *encoder) header(quality int) {
	w := &e.w
	w.bytes(0xFF, markerSOI)
	w.segment(markerAPP0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))
	for i, c := range e.comps[:2] {
		w.segment(markerDQT, append([]byte{byte(i)}, c.quant.table[:]...))
	}
	w.segment(markerSOF0, []byte{
		8, byte(e.height >> 8), byte(e.height), byte(e.width >> 8), byte(e.width), 3,
		1, byte(e.h<<4 | e.v), 0, 2, 0x11, 1, 3, 0x11, 1,
	})
	for i, spec := range []huffmanSpec{lumaDC, lumaAC, chromaDC, chromaAC} {
		id := byte(i&1<<4 | i>>1)
		w.segment(markerDHT, append(append([]byte{id}, spec.counts[:]...), spec.values...))
	}
	w.segment(markerSOS, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0})
}
