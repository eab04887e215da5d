package jpegplanes

import (
	"image"
	"image/color"
)

// picture turns the coefficients into pixels. A pixel takes the sample that it lies in.
func (d *decoder) picture() image.Image {
	rect := image.Rect(0, 0, d.width, d.height)
	waves := cosines()
	if len(d.components) == 1 {
		img := image.NewGray(rect)
		d.spread(img.Pix, 1, 0, &waves)
		return img
	}
	pix := make([]byte, 4*d.width*d.height)
	for i := range d.components {
		d.spread(pix[i:], 4, i, &waves)
	}
	if len(d.components) == 4 {
		d.inks(pix)
		return &image.CMYK{Pix: pix, Stride: 4 * d.width, Rect: rect}
	}
	rgb := d.isRGB()
	for p := pix; len(p) >= 4; p = p[4:] {
		if !rgb {
			p[0], p[1], p[2] = color.YCbCrToRGB(p[0], p[1], p[2])
		}
		p[3] = 255
	}
	return &image.RGBA{Pix: pix, Stride: 4 * d.width, Rect: rect}
}

// isRGB tells stored RGB from YCbCr as libjpeg does.
func (d *decoder) isRGB() bool {
	switch {
	case d.jfif:
		return false
	case d.adobe >= 0:
		return d.adobe == 0
	}
	return d.components[0].id == 'R' && d.components[1].id == 'G' && d.components[2].id == 'B'
}

// inks makes 255 full ink. Adobe's programs store 255 - ink, and in YCCK the complement of that as YCbCr, which is
// ink again; black is never turned. So do files without their marker: browsers and libvips take all for Adobe's.
func (d *decoder) inks(pix []byte) {
	for ; len(pix) >= 4; pix = pix[4:] {
		if d.adobe <= 0 {
			pix[0], pix[1], pix[2] = 255-pix[0], 255-pix[1], 255-pix[2]
		} else {
			pix[0], pix[1], pix[2] = color.YCbCrToRGB(pix[0], pix[1], pix[2])
		}
		pix[3] = 255 - pix[3]
	}
}

// spread writes a component to every step-th byte of the picture.
func (d *decoder) spread(pix []byte, step, index int, waves *block) {
	c := &d.components[index]
	samples := make([]byte, 64*c.stride) // a row of blocks
	row := -1
	for y := range d.height {
		sy := y * c.down / d.down
		if sy/8 != row {
			row = sy / 8
			for x := range c.width {
				at := 64 * (row*c.stride + x)
				inverse((*[64]int16)(c.coefficients[at:at+64]), &d.quantization[c.table], waves, samples[8*x:], 8*c.stride)
			}
		}
		line := samples[sy%8*8*c.stride:][:8*c.stride]
		out := pix[y*d.width*step:]
		if c.across == d.across {
			for x := range d.width {
				out[x*step] = line[x]
			}
			continue
		}
		for x := range d.width {
			out[x*step] = line[x*c.across/d.across]
		}
	}
	c.coefficients = nil
}
