package resample

// Samples are centred at zero and, after the vertical pass, have 7 bits of fraction; after the horizontal one 6. In
// 16 bits each product of a sample and a weight is rounded by itself, as the processor's rounding multiplication does.
// Where that would add up to too much, exact sums are rounded once.
const (
	downBits   = 7 // of fraction after the vertical pass
	acrossBits = 6 // after the horizontal pass
	middleGrey = 128

	// Luma is rounded to whole levels and chroma to halves before they meet. Errors of the 16-bit sums end there, so
	// that a flat area stays flat.
	lumaStart   = middleGrey<<acrossBits + 1<<(acrossBits-1)
	chromaStart = 1 << (acrossBits - 2)
	chromaMask  = -1 << (acrossBits - 1)
)

// Factors of Recommendation T.871, section 7, with 15 bits of fraction where the product keeps its bits, and
// 15-acrossBits where it is rounded to whole levels.
const (
	redOfCr   = 718    // 1.402
	blueOfCb  = 907    // 1.772
	greenOfCb = -11277 // -0.344136
	greenOfCr = -23401 // -0.714136
	levels    = 1 << (15 - acrossBits)
)

// scaled is a*b/2^15, rounded as VPMULHRSW does.
func scaled(a, b int32) int32 { return (a*b + 1<<14) >> 15 }

func (p *PlanesPlan) runPortable(dst pixels, src Planes, s *planesScratch) {
	planes := [3][]byte{src.Y, src.Cb, src.Cr}
	for i := range s.sums {
		s.sums[i] = grown(s.sums[i], p.axes(i).part.Dx())
	}
	for y := range p.geometry.Dst.Y {
		for i, plane := range planes {
			if i == 0 || p.colour() {
				p.down(s.sums[i], plane, [3]int{src.YStride, src.CStride, src.CStride}[i], p.axes(i), y)
			}
		}
		p.finishRow(dst.row(y, 0, p.geometry.Dst.X), &s.sums)
	}
}

// axes are those of plane i of Y, Cb and Cr.
func (p *PlanesPlan) axes(i int) *planeAxes {
	if i == 0 {
		return &p.luma
	}
	return &p.chroma
}

// down makes the middle of destination row y.
func (p *PlanesPlan) down(sums []int32, plane []byte, stride int, a *planeAxes, y int) {
	clear(sums)
	span := a.rows.spans[y]
	for i, w := range a.rows.weights[span.at : span.at+span.n] {
		row := plane[(span.first+i)*stride+a.part.Min.X:][:len(sums)]
		weight := int32(w)
		if p.exact {
			for x, v := range row {
				sums[x] += (int32(v) - middleGrey) * weight
			}
			continue
		}
		for x, v := range row {
			sums[x] += scaled((int32(v)-middleGrey)<<8, weight)
		}
	}
	if p.exact {
		for x, sum := range sums {
			sums[x] = (sum + 1<<(weightBits-downBits-1)) >> (weightBits - downBits)
		}
	}
}

// across makes one sample of destination column x.
func (p *PlanesPlan) across(middle []int32, a *planeAxes, x int) int32 {
	span := a.cols.spans[x]
	in := middle[span.first-a.part.Min.X:][:span.n]
	sum := int32(0)
	if p.exact {
		for i, w := range a.cols.weights[span.at : span.at+span.n] {
			sum += in[i] * int32(w)
		}
		return scaled(sum, 1)
	}
	for i, w := range a.cols.weights[span.at : span.at+span.n] {
		sum += scaled(in[i], int32(w))
	}
	return sum
}

// finishRow makes a destination row of the middle of the planes.
func (p *PlanesPlan) finishRow(dst []uint8, middle *[3][]int32) {
	for x := range p.geometry.Dst.X {
		luma := (p.across(middle[0], &p.luma, x) + lumaStart) >> acrossBits
		var cb, cr int32
		if p.colour() {
			cb = (p.across(middle[1], &p.chroma, x) + chromaStart) & chromaMask
			cr = (p.across(middle[2], &p.chroma, x) + chromaStart) & chromaMask
		}
		green := scaled(cb, greenOfCb) + scaled(cr, greenOfCr)
		out := dst[4*x:][:4]
		out[0] = uint8(clamp(luma+scaled(cr, redOfCr), 255))
		out[1] = uint8(clamp(luma+scaled(green, levels), 255))
		out[2] = uint8(clamp(luma+scaled(cb, blueOfCb), 255))
		out[3] = 255
	}
}
