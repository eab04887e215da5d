// Package fastpng decodes PNG into premultiplied RGBA, several times as fast as image/png does: it unpacks, unfilters
// and premultiplies rows while they are in the processor's cache, with AVX2 where the machine has it. The portable
// code gives the same bytes.
//
// All colour types, depths and interlacing of the PNG specification (W3C PNG, third edition) are read. Samples
// of 16 bits are premultiplied as such, and their high bytes taken. Ancillary chunks other than tRNS are passed over
// unread.
package fastpng
