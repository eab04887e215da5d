// Package blend lays pictures over each other: source-over with opacity, masks and tints, and the 16 blend modes of
// W3C Compositing and Blending Level 1.
//
// Pixels are those of image.RGBA: 8 bits a channel, colours premultiplied by alpha. Rectangles are positions on one
// common plane: a source lies where its Rect says, and whatever lies outside of the destination, the source or the
// mask is left alone unless a function says otherwise. A destination may be its own source; pictures that share
// pixels in any other way give an unspecified result. A picture whose Pix is too short for its Rect and Stride makes
// every function panic, like those of image/draw.
//
// # Rounding
//
// A result is the nearest to the real number:
//
//	over    s + d(255-a)/255
//	covered (s·m + d(255-a'))/255 where a' is a·m/255, rounded; m is an opacity or a mask's coverage
//
// so an opaque destination stays opaque, a colour never exceeds its alpha, and coverage 255 is plain source-over.
// Source-over, masks and the modes at full opacity are half a sample off the real number at most, with soft light's
// 0.65 the worst; whatever is covered in part is one off at most. Where pixels break the rule that no colour exceeds
// its alpha, sums end at 255; the blend modes take such a colour for its alpha.
//
// # The same bytes everywhere
//
// Pixels are computed with integers; the one division in floating point gives the whole number that integers give.
// The AVX2 code and its portable twin give the same bytes. They pass over pixels without coverage and copy opaque
// ones, which is what computing them would give.
package blend
