package icc

import "math"

// maxChannels is that of CMYK.
const maxChannels = 4

// grid is a table of colours made ready for pixels: the nodes are levels of sRGB. Between nodes that lie as a
// profile has them, levels are as good to interpolate as Lab is, and nothing is left to do afterwards.
type grid struct {
	channels int
	place    [maxChannels][256]place
	stride   [maxChannels]int32 // from a node to the next one of a channel
	levels   []int16            // three a node, times nodeScale
}

// place is where a level lies on an axis of the grid.
type place struct {
	node  int32 // the node below, as an index into levels
	share int32 // of the node above, of fullShare
}

const (
	shareBits = 15
	fullShare = 1 << shareBits
	// nodeScale leaves room for colours that sRGB does not have, up to twice as bright as white: cut at the
	// nodes, they would pull in the colours around them.
	nodeScale = 64
)

func newGrid(l *lut) *grid {
	g := &grid{channels: len(l.points)}
	stride := int32(3)
	for c := g.channels - 1; c >= 0; c-- { // the last channel varies fastest
		last := l.points[c] - 1
		for level := range g.place[c] {
			at := unit(l.input[c](float64(level)/255)) * float64(last)
			below := min(int(at), max(last-1, 0))
			g.place[c][level] = place{int32(below) * stride, int32(math.Round((at - float64(below)) * fullShare))}
		}
		if last > 0 {
			g.stride[c] = stride
		}
		stride *= int32(l.points[c])
	}
	g.levels = make([]int16, stride)
	linear := toLinear()
	for i := 0; i < len(g.levels); i += 3 {
		for c, light := range linear.apply(l.after(l.node(i / 3))) {
			g.levels[i+c] = int16(math.Round(255 * nodeScale * min(max(encode(light), -1), 2)))
		}
	}
	return g
}

// at interpolates in the simplex that the pixel lies in: from the node below it along each channel to the one above
// it, the channel with the largest share first. Equal amounts of ink, or of light, stay on the diagonal, where gray
// is.
func (g *grid) at(pixel [maxChannels]byte) [3]byte {
	var share, stride [maxChannels]int32
	node := int32(0)
	for c := range g.channels {
		p := g.place[c][pixel[c]]
		node += p.node
		i := c
		for ; i > 0 && share[i-1] < p.share; i-- {
			share[i], stride[i] = share[i-1], stride[i-1]
		}
		share[i], stride[i] = p.share, g.stride[c]
	}
	const half = nodeScale * fullShare / 2
	r, gr, b, weight := int32(half), int32(half), int32(half), int32(fullShare)
	for c := range g.channels {
		weight -= share[c]
		n := g.levels[node : node+3 : node+3]
		r, gr, b = r+weight*int32(n[0]), gr+weight*int32(n[1]), b+weight*int32(n[2])
		node, weight = node+stride[c], share[c]
	}
	n := g.levels[node : node+3 : node+3]
	r, gr, b = r+weight*int32(n[0]), gr+weight*int32(n[1]), b+weight*int32(n[2])
	level := func(sum int32) byte { return byte(min(max(sum/(nodeScale*fullShare), 0), 255)) }
	return [3]byte{level(r), level(gr), level(b)}
}

// rgb turns RGBA into sRGB in place.
func (g *grid) rgb(pix []byte) {
	var last, now [maxChannels]byte // the same colour often comes several times
	out := g.at(last)
	for ; len(pix) >= 4; pix = pix[4:] {
		copy(now[:3], pix)
		if now != last {
			last, out = now, g.at(now)
		}
		copy(pix, out[:])
	}
}

// cmyk writes CMYK as opaque sRGB.
func (g *grid) cmyk(dst, src []byte) {
	var last [maxChannels]byte
	out := g.at(last)
	for ; len(src) >= 4; dst, src = dst[4:], src[4:] {
		if now := [maxChannels]byte(src); now != last {
			last, out = now, g.at(now)
		}
		*(*[4]byte)(dst) = [4]byte{out[0], out[1], out[2], 255}
	}
}
