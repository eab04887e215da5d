package renderer

import "image"

// upright undoes an EXIF orientation (CIPA DC-008, tag 0x0112). It takes src over.
func (e *Engine) upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	// In the stored picture one step to the right, and one step down, of the upright
	// one are these many bytes; start is where the upright one begins.
	const right = 4
	down := src.Stride
	lastX, lastY := (w-1)*right, (h-1)*down
	var start, stepX, stepY int
	switch orientation {
	case 2: // mirrored
		start, stepX, stepY = lastX, -right, down
	case 3: // upside down
		start, stepX, stepY = lastX+lastY, -right, -down
	case 4: // upside down, mirrored
		start, stepX, stepY = lastY, right, -down
	case 5: // mirrored, turned left
		start, stepX, stepY = 0, down, right
	case 6: // turned left
		start, stepX, stepY = lastY, -down, right
	case 7: // mirrored, turned right
		start, stepX, stepY = lastX+lastY, -down, -right
	case 8: // turned right
		start, stepX, stepY = lastX, down, -right
	}
	if orientation >= 5 {
		w, h = h, w
	}
	dst := e.memory.picture(image.Rect(0, 0, w, h))
	defer e.memory.back(src)
	for y := range h {
		from := start + y*stepY
		row := dst.Pix[y*dst.Stride : y*dst.Stride+4*w]
		for x := 0; x < len(row); x += 4 {
			copy(row[x:x+4:x+4], src.Pix[from:from+4])
			from += stepX
		}
	}
	return dst
}
