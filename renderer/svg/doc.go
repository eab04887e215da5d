// Package svg reads the SVG pictures that designers upload - logos, badges, icons - and draws them at any size.
//
// Parse accepts the static, self-contained part of SVG: shapes, paths, groups, uses of the document's own elements,
// style sheets of simple selectors, solid and gradient paints, strokes, opacity, clip paths and masks. What it does
// not know and what would change the picture is an error that names the line and the element, so that nobody finds
// out from a finished ad. Scripts, animations, entities and references to anything outside the document are among
// those errors; they are never followed.
//
// A Document holds no text and no names any more, only the shapes to draw; it may be drawn by several goroutines at
// the same time. Nothing here reads files or the network, and the same document gives the same bytes everywhere.
//
// Parsing and drawing take bounded time and memory: see Limits.
package svg
