package blend

import "image"

// row is the pixels of m from x0 to x1 in row y, all inside its Rect.
func row(m *image.RGBA, y, x0, x1 int) []uint8 {
	at := m.PixOffset(x0, y)
	n := 4 * (x1 - x0)
	return m.Pix[at : at+n : at+n]
}

// coverage is the mask's values from x0 to x1 in row y, all inside its Rect.
func coverage(m *image.Alpha, y, x0, x1 int) []uint8 {
	at := m.PixOffset(x0, y)
	n := x1 - x0
	return m.Pix[at : at+n : at+n]
}
