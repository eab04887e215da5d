package icc

import "math"

// Press is the transform for CMYK without a profile, or with one that cannot be read: web offset with usual inks on
// coated paper, white as paper and black as all inks together. It comes within some ten levels of the profiles for
// such presses; taking ink for the complement of light is off by several times that. Like any transform it is
// worth keeping.
func Press() *Transform {
	const points = 9
	solids, white := overprints(), whiteD50()
	darkest := solids[len(solids)-1]
	l := &lut{points: []int{points, points, points, points}}
	for range l.points {
		l.input = append(l.input, identity)
	}
	l.node = func(i int) vector {
		var dots [maxChannels]float64
		for c := maxChannels - 1; c >= 0; c-- {
			dots[c] = gain(float64(i%points) / (points - 1))
			i /= points
		}
		return overlap(&solids, dots)
	}
	l.after = func(v vector) vector {
		for k := range v {
			v[k] = (v[k] - darkest[k]) * white[k] / (white[k] - darkest[k])
		}
		return v
	}
	return &Transform{space: CMYK, grid: newGrid(l)}
}

// gain is what a dot of the plate covers of the paper, to the eye: a fifth more at the middle.
func gain(dot float64) float64 { return dot + 4*0.21*dot*(1-dot) }

// overlap is the Neugebauer model: the paper shows each overprint where the dots of just these inks fall together.
func overlap(solids *[1 << maxChannels]vector, dots [maxChannels]float64) vector {
	var out vector
	for inks, solid := range solids {
		share := 1.0
		for c, dot := range dots {
			if inks>>c&1 == 1 {
				share *= dot
			} else {
				share *= 1 - dot
			}
		}
		for k, light := range solid {
			out[k] += share * light
		}
	}
	return out
}

// overprints gives solid inks on each other in XYZ, relative to paper: bit 0 of the index is cyan, 1 magenta,
// 2 yellow, 3 black. The colours are the aims of ISO 12647-2 for coated paper, in Lab.
func overprints() [1 << maxChannels]vector {
	lab := [8]vector{
		{95, 0, -2},    // paper
		{55, -37, -50}, // cyan
		{48, 74, -3},   // magenta
		{24, 22, -46},  // blue
		{89, -5, 93},   // yellow
		{50, -68, 33},  // green
		{47, 68, 48},   // red
		{23, 0, 0},     // all three
	}
	paper, white, black := fromLab(lab[0]), whiteD50(), fromLab(vector{16, 0, 0})
	var out [1 << maxChannels]vector
	for inks := range lab {
		for k, light := range fromLab(lab[inks]) {
			under := light / paper[k]
			out[inks][k] = under * white[k]
			out[8+inks][k] = math.Sqrt(under) * black[k] // black lets little of what is under it through
		}
	}
	return out
}
