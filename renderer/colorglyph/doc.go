// Package colorglyph draws the colour forms of glyphs, as fonts of emoji have them: layers and graphs of paints
// (COLR, versions 0 and 1), SVG drawings, and bitmaps (CBDT and sbix).
//
// Where a font has several forms of a glyph, the first of these that can be drawn counts, as vectors are sharp at any
// size. A glyph without one has an outline only, which the caller draws.
//
// # What is drawn
//
// COLR is drawn as the OpenType specification has it, at the face's variation coordinates and in the font's first
// palette. Gradients are mixed in premultiplied sRGB, where Chromium 156 premultiplies what is mixed. A group of paints
// inside an outline is cut by it as a whole, so that what lies below does not show at its edge.
//
// Of an SVG document the element of the glyph is drawn, with what it refers to, by renderer/svg: what that package
// refuses, such as text, pictures and filters, leaves the glyph to its other forms. The variables --color0 and so on
// are the palette's if the font has a table COLR too, and else what the document gives in their place. Ink farther than
// two and a half ems from the origin is not seen.
//
// A bitmap is taken from the smallest strike that is as large as wanted, or the largest, and scaled to lie exactly
// where its metrics say, which may be between whole pixels. Bitmaps that are not PNG or JPEG are no colours.
//
// # Where it lies
//
// Chromium rounds the place of a glyph to quarters of a pixel. A bitmap lies there, while paints are drawn for whole
// pixels, and put on the one that the place lies in. So here a shift moves bitmaps alone.
//
// # Hostile fonts
//
// What a font says is not believed: a drawing is read and weighed before a pixel is touched, and one that is too deep,
// too much work or too large is not drawn. What loading a font may cost is for package fontfile to bound.
//
// The same glyph gives the same bytes on every machine: products are rounded on their own, and angles are computed
// here and by renderer/path.
package colorglyph
