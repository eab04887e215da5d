// Package gojpeg decodes and encodes JPEG in Go alone, for machines without libjpeg-turbo and for WebAssembly.
//
// [Decode] shrinks while it decodes: a photo that is wanted at half its size or less costs a fraction of the
// whole one. It reads baseline, extended sequential and progressive files with 8-bit samples: grayscale, YCbCr
// with any whole-numbered chroma subsampling, and RGB. [Encode] writes baseline files.
//
// Arithmetic and rounding are those that libjpeg made the custom: the accurate integer DCT of Loeffler, Ligtenberg and
// Moschytz ("Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989) with 13-bit constants,
// triangle filters for chroma, colours with 16-bit constants. So both directions agree with libjpeg-turbo, and
// give the same bytes on every machine.
//
// Nothing here looks at EXIF orientation or ICC profiles. Both functions are safe for concurrent use.
package gojpeg
