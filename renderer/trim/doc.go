// Package trim finds the uniform borders of a picture: white studio background, transparent margins, bars of any
// colour.
//
// Each side is judged against its own colour, the mean of its outermost line. A side whose outermost line is not
// uniform has no border, so that a product that touches an edge is never cut there. Colours are compared channel
// by channel as premultiplied samples, which makes all transparent pixels equal.
//
// Only integers are used: the same picture gives the same rectangle on every machine.
package trim
