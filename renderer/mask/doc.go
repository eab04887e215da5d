// Package mask makes the masks of which effects consist: blurred, grown and moved coverage, and shapes.
//
// A mask is an image.Alpha, whose pixels say how much of each is covered. Its Rect lies anywhere; beyond it nothing is
// covered. Results are always new, and larger than what they were made of where coverage spreads; compose them by
// their Rect.
//
// # Blur
//
// Small Gaussians are convolved. For larger ones the mask is shrunk by a whole factor with cubic B-splines, convolved
// there with the Gaussian that is still missing, and grown back with the same splines. The spectrum of a cubic B-spline has
// fourth-order zeros where shrinking aliases and growing repeats, so neither leaves a trace, and its own blur is part
// of the whole. The result is within two levels of 255 of the true Gaussian; three box filters are off
// by nearly four on a bar of the worst width. Large standard deviations cost no more than small ones.
//
// # Distance
//
// Growing and shrinking measure from the contour at half coverage. For each pixel that it crosses, the point of the
// contour is found from the coverage and its gradient, after Gustavson and Strand's antialiased distance transform; the
// nearest such pixel comes from an exact Euclidean distance transform of whole pixels, and where a result is
// neither full nor empty, the distance is taken to the lines between those points. Faint haze round a cut-out is
// therefore not an edge, while hairlines too thin for half coverage still are.
//
// # The same bytes everywhere
//
// Pixels are blurred with integers only, two to a multiplication. Where floating point decides, each product that
// meets a sum is rounded on its own, so no compiler can fuse them on one machine and not on another, and only
// functions that are exact everywhere are called.
package mask
