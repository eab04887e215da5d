package icc

// Grids are made at least so fine, by number of channels and by what their nodes hold.
const (
	finePoints     = 7  // nodes in Lab, which is about as even as levels are
	linearPoints3D = 33 // nodes in light, where levels between two nodes are far from the mean of their levels
	linearPoints4D = 17
)

// refined gives a table with nodes between those of l where they are far apart, so that interpolating levels does
// about what interpolating the values of the profile would.
func (l *lut) refined(linear bool) *lut {
	least := finePoints
	switch {
	case linear && len(l.points) == maxChannels:
		least = linearPoints4D
	case linear:
		least = linearPoints3D
	}
	points, steps, coarse := make([]int, len(l.points)), make([]int, len(l.points)), false
	for c, p := range l.points {
		points[c], steps[c] = p, 1
		if p > 1 && p < least {
			steps[c] = (least - 2 + p - 1) / (p - 1) // rounded up
			points[c], coarse = (p-1)*steps[c]+1, true
		}
	}
	if _, err := nodes(points); err != nil || !coarse {
		return l
	}
	out := *l
	out.points = points
	out.node = func(i int) vector { return l.between(i, points, steps) }
	return &out
}

// between interpolates node i of a grid that has so many steps from one node of l to the next.
func (l *lut) between(i int, points, steps []int) vector {
	var (
		base   int
		stride = 1
		share  [maxChannels]float64
		next   [maxChannels]int
	)
	for c := len(points) - 1; c >= 0; c-- {
		at := i % points[c]
		i /= points[c]
		base += at / steps[c] * stride
		share[c], next[c] = float64(at%steps[c])/float64(steps[c]), stride
		stride *= l.points[c]
	}
	var out vector
	for corner := range 1 << len(points) {
		node, weight := base, 1.0
		for c := range points {
			if corner>>c&1 == 1 {
				node, weight = node+next[c], weight*share[c]
			} else {
				weight *= 1 - share[c]
			}
		}
		if weight == 0 { // there may be no such node
			continue
		}
		for k, value := range l.node(node) {
			out[k] += weight * value
		}
	}
	return out
}
