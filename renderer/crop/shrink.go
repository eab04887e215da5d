package crop

import (
	"encoding/binary"
	"image"
)

// longest is the longer side of the small copy, in cells.
const longest = 96

// A small is an opaque copy of a picture, of few cells, on white where the picture is transparent.
type small struct {
	w, h int
	pix  [][3]uint8
}

func (m *small) at(x, y int) [3]uint8 { return m.pix[y*m.w+x] }

// shrink averages boxes of pixels. Of tall boxes it reads only some rows, evenly spread.
func shrink(img *image.RGBA) small {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	side := max(w, h)
	m := small{w: w, h: h}
	if side > longest {
		m.w, m.h = max((w*longest+side/2)/side, 1), max((h*longest+side/2)/side, 1)
	}
	m.pix = make([][3]uint8, m.w*m.h)
	const most = 3 // rows of a box
	for y := range m.h {
		y0, y1 := y*h/m.h, (y+1)*h/m.h
		n := min(y1-y0, most)
		var rows [most][]uint8
		for i := range n {
			at := y0 + (2*i+1)*(y1-y0)/(2*n)
			rows[i] = img.Pix[at*img.Stride:][:4*w]
		}
		for x := range m.w {
			x0, x1 := x*w/m.w, (x+1)*w/m.w
			m.pix[y*m.w+x] = mean(rows[:n], x0, x1)
		}
	}
	return m
}

// mean is the mean of the pixels from x0 to before x1 of some rows.
func mean(rows [][]uint8, x0, x1 int) (px [3]uint8) {
	const lanes = 0x00ff00ff
	var red, green, blue, alpha uint64
	for _, row := range rows {
		for run := row[4*x0 : 4*x1]; len(run) > 0; {
			// Two samples are summed in one word; a lane of 16 bits holds 257 of them.
			part := run[:min(len(run), 4*256)]
			run = run[len(part):]
			var even, odd uint32
			for len(part) >= 4 {
				v := binary.LittleEndian.Uint32(part)
				even, odd = even+v&lanes, odd+v>>8&lanes
				part = part[4:]
			}
			red, blue = red+uint64(even&0xffff), blue+uint64(even>>16)
			green, alpha = green+uint64(odd&0xffff), alpha+uint64(odd>>16)
		}
	}
	n := uint64(len(rows) * (x1 - x0))
	white := 255*n - alpha
	for i, sum := range [3]uint64{red, green, blue} {
		px[i] = uint8(min((sum+white+n/2)/n, 255))
	}
	return px
}
