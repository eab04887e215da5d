// Package feed reads product catalogs as shops export them and writes the same
// catalog back with its picture links replaced.
//
// # What is read
//
// Comma, semicolon, tab and pipe separated text, plain or gzipped. Everything
// is found out from the bytes, nothing from a file name: compression from its
// magic number, encoding from the byte order mark, delimiter from the header
// line. XML and JSON are named in the error and not read.
//
// Feeds are hostile or at least careless, so reading is lenient where the
// meaning is clear:
//
//   - A column is known by its canonical name (see [CanonicalName]).
//   - Bytes that are not UTF-8 are read as windows-1252 and counted.
//   - Tab separated feeds know no quoting, unless the header itself is quoted.
//   - A quote inside an unquoted cell is a character. A quoted cell whose quote
//     is never closed, or is closed lines later by a quote that no delimiter
//     follows, was not quoted at all: its quote is a character too, and the
//     rows after it are not swallowed.
//   - A row with too few cells has empty ones at its end; one with too many
//     keeps them. Both are counted and the first are listed.
//   - Comment lines ("# Required | ...", as in Meta's template), empty lines
//     and Excel's "sep=;" are carried along and are not rows.
//
// # What is written
//
// The same rows and columns in the same order, with the same delimiter and line
// ends, gzipped if the feed was. Cells are copied as they were written, formula
// cells and NUL bytes too; only the link cell changes, quoted if it was quoted
// or needs to be. Two things are mended, because ad networks accept nothing
// else: the output is always UTF-8, with a byte order mark only if the feed had
// one, and a cell with a stray opening quote is written quoted.
//
// # When a link cannot be made
//
// Meta deletes items that are missing from a full feed, so a row is never lost
// in silence. [Fail], the default, stops at the first row; [Keep] sends the row
// out with the link it had and is what most feeds want; [Skip] drops the row.
// The [Report] counts all of them and lists the first.
//
// # Memory
//
// A feed is streamed. Memory is bounded by the longest row ([Options].MaxRow)
// and the number of workers, never by the length of the feed.
package feed
