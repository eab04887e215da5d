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
// # Planes
//
// A PlanesPlan scales a decoded JPEG before its colours are converted: luma from its size, chroma from its own smaller
// one in a single step, and RGB at the size of the result. For 4:2:0 that halves the samples, and spares the decoder
// to enlarge chroma and to convert pixels that are then scaled away. In 4:4:4 it saves the decoder's conversion only,
// and a picture that is not scaled at all is sooner copied from RGBA.
//
// Here 16 bits hold the sums, and each product is rounded by itself, which costs up to a tenth of a level. Luma is
// then rounded to levels and chroma to half levels, which swallows that where the picture is flat. Where a destination
// pixel is made of so many that it might not, below about a third of the source's size, sums are exact, in portable
// code: the decoder's own scales lead close enough to any size that this is seldom needed.
//
// # Speed
//
// Rows are made eight at a time. The vertical pass goes first, as it reads the source in the order in which it
// lies; the order costs the same for proportional scaling and at most twice the best for a distorted one. The eight
// rows then lie side by side in a tile in which the horizontal pass can work on all of them at once
// without a shuffle. A tile is cut to stay in a core's second cache. Planes, with a single sample where RGBA has four,
// are made sixteen rows at a time and turned between the passes.
package resample
