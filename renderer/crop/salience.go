package crop

import "slices"

// Weights of what draws the eye.
const (
	ofDistance   = 4 // from the colours of the rim
	ofEdges      = 3
	ofSaturation = 1
	unseen       = 96 // what is weaker counts nothing: noise, and light that falls off
)

// salience tells for each cell how much it draws the eye.
func (m *small) salience() []int {
	rim := m.rim()
	s := make([]int, len(m.pix))
	for y := range m.h {
		for x := range m.w {
			px := m.at(x, y)
			right, below := m.at(min(x+1, m.w-1), y), m.at(x, min(y+1, m.h-1))
			far := distance(px, rim[0])
			for _, colour := range rim[1:] {
				far = min(far, distance(px, colour))
			}
			saturation := int(max(px[0], px[1], px[2])) - int(min(px[0], px[1], px[2]))
			v := ofDistance*far + ofEdges*(distance(px, right)+distance(px, below)) + ofSaturation*min(saturation, far)
			s[y*m.w+x] = max(v-unseen, 0)
		}
	}
	return s
}

// rim returns the median colours of the picture's four sides. A background of several colours, as sky and floor, is
// known by them.
func (m *small) rim() (sides [4][3]uint8) {
	var column []uint8
	for side := range sides {
		n := m.w
		if side >= 2 {
			n = m.h
		}
		for c := range 3 {
			column = column[:0]
			for i := range n {
				px := [4]int{i, (m.h-1)*m.w + i, i * m.w, i*m.w + m.w - 1}[side]
				column = append(column, m.pix[px][c])
			}
			slices.Sort(column)
			sides[side][c] = column[n/2]
		}
	}
	return sides
}

// distance is the most by which two colours differ in a channel.
func distance(a, b [3]uint8) int {
	most := 0
	for c := range a {
		most = max(most, int(a[c])-int(b[c]), int(b[c])-int(a[c]))
	}
	return most
}
