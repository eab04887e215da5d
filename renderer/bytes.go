package renderer

import "image"

// Bytes estimates the memory that painting takes, from the photos' headers: two
// canvases, and the most that is alive beside them at one time.
func (s *Scene) Bytes(photos Photos) int64 {
	canvas := image.Rect(0, 0, s.Template.Width, s.Template.Height)
	return 2*pixelBytes(canvas) + most(s.Nodes[s.flat:], canvas, photos)
}

// most is what the most expensive of the nodes takes on dst; they are painted one
// after the other.
func most(nodes []Node, dst image.Rectangle, photos Photos) int64 {
	var largest int64
	for _, node := range nodes {
		base := node.Common()
		shown := seen(dst, node.frame(), base.Rotation)
		var bytes int64
		switch n := node.(type) {
		case *Picture:
			info := photos[n.URL].Info
			stored := int64(info.Width) * int64(info.Height)
			// As decoded, as RGBA and upright; then fitted.
			bytes = 12*stored + 2*pixelBytes(n.frame().snapped())
		case *Outline:
			bytes = 2 * pixelBytes(shapeBounds(n.Shape, n.frame()).Intersect(shown))
		case *Cluster:
			bytes = most(n.Nodes, dst, photos)
		default:
			bytes = pixelBytes(bounds(node).Intersect(shown))
		}
		if apart(node) || dressy(base) {
			bytes += 3 * pixelBytes(bounds(node).Intersect(shown)) // its layer, turned, and what it wears
		}
		largest = max(largest, bytes)
	}
	return largest
}

func pixelBytes(r image.Rectangle) int64 { return 4 * int64(r.Dx()) * int64(r.Dy()) }
