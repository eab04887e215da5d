package colorglyph

import "image"

// maxRoom is the most pixels of all layers that are there at the same time.
const maxRoom = 32 << 20

// mostWork is how many pixels and edges may be visited to draw a glyph of a size; a million takes some milliseconds.
// The emoji that take most visit 70 squares of an em, and edges beside that.
func mostWork(size float64) int { return int(min(float64(256*size*size)+(4<<20), 512<<20)) }

// work is about how many pixels and edges are visited to draw n inside area.
func (n *node) work(area image.Rectangle) int {
	if n == nil {
		return 0
	}
	if area = area.Intersect(n.reach); area.Empty() {
		return 0
	}
	size := area.Dx() * area.Dy()
	sum := 0
	switch {
	case n.ink != nil:
		return size
	case n.outline != nil:
		sum = n.outline.Cost(area) + n.content.work(area)
		if n.content.ink == nil {
			sum += 2 * size
		}
	case n.layers != nil:
		for _, l := range n.layers {
			sum += l.work(area)
		}
	default:
		sum = 4*size + n.backdrop.work(area) + n.source.work(area)
	}
	return min(sum, 1<<40)
}

// room is how many pixels of layers are needed at the same time to draw n inside area.
func (n *node) room(area image.Rectangle) int {
	if n == nil {
		return 0
	}
	if area = area.Intersect(n.reach); area.Empty() {
		return 0
	}
	size := area.Dx() * area.Dy()
	most := 0
	switch {
	case n.ink != nil:
		return size
	case n.outline != nil:
		return 2*size + n.content.room(area)
	case n.layers != nil:
		for _, l := range n.layers {
			most = max(most, l.room(area))
		}
		return most
	default:
		return 2*size + max(n.backdrop.room(area), n.source.room(area))
	}
}
