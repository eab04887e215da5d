// Package fontfile reads font files: TrueType, OpenType, collections of either, WOFF
// and WOFF2. Describe says what a file holds and reads as little of it as that takes;
// Load gives one font to draw with. The package does no I/O of its own and keeps
// nothing between calls.
//
// Font files are programs and graphs in disguise: a glyph is made of other glyphs, an
// outline calls subroutines, a table of substitutions points at itself, a kilobyte
// unpacks to a gigabyte. The parser behind Load takes all that at its word, so Load
// first counts what it would cost, table by table, and refuses a font that costs too
// much. What is merely wrong can still panic inside the parser: Load turns that into
// an error, and so does Glyph for a font that is loaded.
package fontfile
