// Package resample scales pictures: Lanczos where they shrink, Catmull-Rom where they grow.
//
// A Plan holds the filter weights of one Geometry. It is built once, kept by whoever sees the same geometry
// again, and run on any number of pictures at the same time; a Scratch keeps the buffers between runs.
//
// # Quality
//
// Lanczos with three lobes keeps the texture of a product that cheaper filters blur or alias. For growing,
// Catmull-Rom was chosen over Mitchell because it passes through the source's own pixels: at 1:1 it is the
// identity, so a picture that grows from 0.99 to 1.01 of its size stays as sharp as it was, where Mitchell would
// blur it in one step. Each axis picks its filter by itself.
//
// Only pixels inside the crop are read for the result: weights beyond it are cut and the rest is normalised
// again, and a pixel that the crop covers in part counts in part. A photo's neighbours outside the crop
// therefore never bleed in, and a crop that glides moves the picture without jumps.
//
// Pixels are premultiplied. The negative lobes can lift a colour above its alpha, which no premultiplied pixel
// may have, so colours are cut at alpha.
//
// # The same bytes everywhere
//
// Pixels are computed with integers only: 8-bit samples times 16-bit weights of 14 fractional bits give a middle
// of 16 bits, 6 of them fractional and not clipped, and that times weights again gives 8 bits. Every sum of weights
// is exactly one, so a flat area keeps its colour exactly. The weights come from floating point in which each
// product is rounded on its own, because compilers may otherwise fuse it with a sum on one machine and not on
// another; for the same reason the sine is our own. The AVX2 code and its portable twin give the same bytes.
//
// # Speed
//
// Rows are made eight at a time. The vertical pass goes first, as it reads the source in the order in which it
// lies; the order costs the same for proportional scaling and at most twice the best for a distorted one. The eight
// rows then lie side by side in a tile in which the horizontal pass can work on all of them at once
// without a shuffle. A tile is cut to stay in a core's second cache.
package resample
