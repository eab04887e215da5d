// Package path holds vector outlines: it parses them, builds common shapes, strokes them and measures how much of
// every pixel they cover.
//
// A Path is a list of contours of lines and of quadratic and cubic curves. Units are pixels or whatever the caller
// transforms to pixels with a Matrix; the y axis points down, so positive angles turn clockwise. Angles are degrees.
//
// # The same bytes everywhere
//
// Geometry is computed in float64 with +, -, ×, ÷ and square roots only, which every machine rounds alike; each
// product is rounded on its own, because compilers may otherwise fuse it with a sum on one machine and not on
// another. Sines are our own for the same reason. From the edges on, coverage is integer arithmetic.
//
// # Coverage
//
// Edges are rounded to 1/256 pixel. Row by row, every edge adds to the cells that it crosses the height it covers
// and the area to its left, both exact; summing along the row gives the covered area times the winding, which the
// fill rule folds to 0..255. This is the method of the scan converters of LibArt, FreeType and AGG. Cells of a row lie in
// an array, not in a list, so that the cost stays linear in the cells crossed however many edges share a row.
//
// Where several edges cross one pixel their areas are summed with sign before the rule folds them. Pixels that are
// all inside or all outside are always exact.
//
// # Hostile paths
//
// Text is limited by Parse. Curves are flattened to a number of pieces that is bounded for the whole path, dashes
// that would be too many are not drawn as dashes, and nothing panics on coordinates that are not finite. Cost tells
// the work of Coverage beforehand.
package path
