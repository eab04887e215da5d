//go:build !amd64

package fastpng

func hasVector() bool { return false }

func unfilterLeft(filter byte, dst, filtered, above []byte, left int) {
	unfilterPortable(filter, dst, filtered, above, left, 0)
}

func addRow(dst, a, b []byte) { addRowPortable(dst, a, b) }

func expand(dst, src []byte) { expandPortable(dst, src) }

func premultiply(dst, src []byte) (opaque bool) { return premultiplyPortable(dst, src) }

func (*adler) writeVector(p []byte) (rest []byte) { return p }
