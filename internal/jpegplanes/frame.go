package jpegplanes

import (
	"encoding/binary"
	"fmt"
)

// frame reads the size and the components, and sets memory aside.
func (d *decoder) frame(body []byte) error {
	if d.components != nil {
		return fmt.Errorf("%w: expected one frame, found a second", ErrCorrupt)
	}
	if len(body) < 6 || len(body) != 6+3*int(body[5]) {
		return fmt.Errorf("%w: expected 6 bytes and 3 for each component, found %d", ErrCorrupt, len(body))
	}
	n := int(body[5])
	if body[0] != 8 || n != 1 && n != 3 && n != 4 {
		return fmt.Errorf("%w: expected 8 bits and 1, 3 or 4 components, found %d and %d", ErrUnsupported, body[0], n)
	}
	d.height, d.width = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
	if d.width == 0 || d.height == 0 || d.width*d.height > MaxPixels {
		return fmt.Errorf("%w: expected 1 to %d pixels, found %dx%d", ErrUnsupported, MaxPixels, d.width, d.height)
	}
	components := make([]component, n)
	for i := range components {
		c, about := &components[i], body[6+3*i:]
		*c = component{id: about[0], across: int(about[1] >> 4), down: int(about[1] & 15), table: about[2]}
		if c.across < 1 || c.across > 4 || c.down < 1 || c.down > 4 || c.table > 3 {
			return fmt.Errorf("%w: expected sampling factors of 1 to 4 and a table 0 to 3, found %x", ErrCorrupt, about[1:3])
		}
		for _, other := range components[:i] {
			if other.id == c.id {
				return fmt.Errorf("%w: expected components with names of their own, found %d twice", ErrCorrupt, c.id)
			}
		}
		if n == 1 {
			c.across, c.down = 1, 1 // a lone component has no other to be sampled against
		}
		d.across, d.down = max(d.across, c.across), max(d.down, c.down)
	}
	wide, high := ceil(d.width, 8*d.across), ceil(d.height, 8*d.down) // in MCUs
	blocks := 0
	for i := range components {
		c := &components[i]
		c.width, c.height = ceil(ceil(d.width*c.across, d.across), 8), ceil(ceil(d.height*c.down, d.down), 8)
		blocks += c.width * c.height
	}
	if bits := 8 * (len(d.data) - d.pos); blocks > bits { // before memory is set aside for them
		return fmt.Errorf("%w: expected a bit at least for each of %d blocks, found %d", ErrCorrupt, blocks, bits)
	}
	for i := range components {
		c := &components[i]
		c.stride = wide * c.across
		c.coefficients = make([]int16, 64*c.stride*high*c.down)
	}
	d.components = components
	return nil
}

func ceil(n, by int) int { return (n + by - 1) / by }

// zigzag gives the place in the block of each coefficient in the file (T.81, figure 5).
func zigzag() [64]byte {
	var order [64]byte
	x, y, step := 0, 0, 1 // step 1 goes up and right
	for i := range order {
		order[i] = byte(8*y + x)
		switch {
		case step > 0 && x == 7, step < 0 && y != 7 && x == 0:
			y, step = y+1, -step
		case step > 0 && y == 0, step < 0 && y == 7:
			x, step = x+1, -step
		default:
			x, y = x+step, y-step
		}
	}
	return order
}
