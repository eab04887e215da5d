package renderer

import "image"

// Bytes estimates the memory that painting takes, from the photos' headers: two
// canvases, and the most that is alive beside them at one time.
func (s *Scene) Bytes(photos Photos) int64 {
	canvas := s.design.canvas()
	return 2*pixelBytes(canvas) + most(s.Nodes[s.flat:], canvas, photos)
}

// most is what the most expensive of the nodes takes on dst; they are painted one
// after the other.
func most(nodes []Node, dst image.Rectangle, photos Photos) int64 {
	var largest int64
	for _, node := range nodes {
		base := node.Common()
		shown := seen(dst, node.frame(), base.Rotation)
		content := shown // of what wears something, more than is shown
		if dressy(base) {
			content = shown.Inset(-margin(base))
		}
		area := held(node).Intersect(content)
		var bytes int64
		switch n := node.(type) {
		case *Picture:
			info := photos[n.URL].Info
			stored := int64(info.Width) * int64(info.Height)
			// As decoded, as RGBA and upright; then fitted.
			bytes = 12*stored + 2*pixelBytes(n.frame().snapped())
			if n.Adjust != nil && n.Adjust.Sharpen > 0 {
				bytes += 2 * pixelBytes(n.frame().snapped())
			}
		case *Cluster:
			bytes = most(n.Nodes, content, photos)
		default:
			bytes = pixelBytes(area)
		}
		if dressy(base) { // its content; what it covers, and what each shadow and the outline make of it
			bytes += 2*pixelBytes(area) + int64(2+2*len(base.Shadows))*pixelBytes(worn(area, base).Intersect(content))/2
		}
		if base.Mask != nil {
			bytes += pixelBytes(area) + 2*pixelBytes(node.frame().snapped())
		}
		if apart(node) { // its layer, padded and turned
			bytes += 3 * pixelBytes(worn(area, base).Intersect(shown))
		}
		largest = max(largest, bytes)
	}
	return largest
}

func pixelBytes(r image.Rectangle) int64 { return 4 * int64(r.Dx()) * int64(r.Dy()) }
