// Package cutout frees products from a white studio background: White turns the background of a picture into
// transparency.
//
// # Steps
//
// The ground is measured on the picture's rim, as a plane through the medians of its segments, so that light that
// falls off across the studio is followed. A picture whose rim is not mostly flat, bright and neutral is left
// alone.
//
// Background is what is connected to the rim through pixels of the ground's colour, or through a soft shadow:
// neutral, darker, and without edges. A way has to be three pixels wide, which keeps the flood out of products that
// are as white as their background and only outlined. Areas that the flood does not reach stay, as a label on a
// bottle does.
//
// # Colours
//
// A pixel p at the product's edge is taken as a mix of the product's colour f and the ground g (Porter and Duff,
// Compositing Digital Images, 1984):
//
//	p = alpha*f + (1-alpha)*g
//
// The product's colour is looked up a few pixels further inside, where the contrast stops rising; alpha is the
// share of p on the way from g to f. What remains after the ground is taken away, p - (1-alpha)*g, is the
// premultiplied result, so that on dark grounds no white fringe shows. In a shadow f is black.
//
// Floating point fits the ground and nothing else, each product rounded on its own; all that follows are integers. The
// same picture thus gives the same bytes on every machine. Time and memory grow with the number of pixels alone,
// whatever they show.
package cutout
