package gojpeg

// The filters below weigh the samples on both sides of a pixel 3:1. What is halfway is rounded up and down in turn, so
// that the picture gets neither brighter nor darker.

// expandX doubles a row of at least 2 samples.
func expandX(dst, src []byte) {
	last := len(src) - 1
	dst = dst[:2*len(src)]
	dst[0], dst[2*last+1] = src[0], src[last]
	before := int32(src[0])
	for i, v := range src[1:] {
		after := int32(v)
		d := dst[2*i+1:][:2]
		d[0] = byte((3*before + after + 2) >> 2)
		d[1] = byte((before + 3*after + 1) >> 2)
		before = after
	}
}

// expandY gives one of the two rows between near and far; round is 1 for the one below far and 2 for the one above.
func expandY(dst, near, far []byte, round int) {
	far, dst = far[:len(near)], dst[:len(near)]
	for i, v := range near {
		dst[i] = byte((3*int(v) + int(far[i]) + round) >> 2)
	}
}

// expandXY doubles a row of at least 2 samples, and gives one of the two rows between near and far.
func expandXY(dst, near, far []byte) {
	last := len(near) - 1
	far, dst = far[:len(near)], dst[:2*len(near)]
	before := 3*int32(near[0]) + int32(far[0])
	dst[0] = byte((4*before + 8) >> 4)
	for i, v := range near[1:] {
		after := 3*int32(v) + int32(far[i+1])
		d := dst[2*i+1:][:2]
		d[0] = byte((3*before + after + 7) >> 4)
		d[1] = byte((before + 3*after + 8) >> 4)
		before = after
	}
	dst[2*last+1] = byte((4*before + 7) >> 4)
}

// repeat gives each sample n times.
func repeat(dst, src []byte, n int) {
	for i, v := range src {
		d := dst[i*n:][:n]
		for j := range d {
			d[j] = v
		}
	}
}
