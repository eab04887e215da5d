package colorglyph_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// em is the units per em of the fonts that tests make. Drawn at as many pixels, a unit is a pixel.
const em = 100

// The glyphs of these fonts. Those from drawn on have no outline.
const (
	all    = 1 // from (0, 0) to (100, 100)
	left   = 2 // the half of it
	corner = 3 // from (50, 50) to (100, 100)
	drawn  = 4
	count  = 104
)

// table is a table of a font.
type table struct {
	name string
	data []byte
}

// file makes a font of these tables and those that any font has.
func file(tables ...table) []byte {
	var glyf, loca []byte
	for _, g := range [][]byte{nil, square(0, 0, 100, 100), square(0, 0, 50, 100), square(50, 50, 100, 100)} {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, g...)
	}
	for range count - drawn + 1 {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	hmtx := bytes.Repeat(pack(uint16(em), int16(0)), count)
	hmtx[4*corner+3] = 50
	head := make([]byte, 54)
	copy(head, pack(uint32(0x00010000), uint32(0), uint32(0), uint32(0x5F0F3CF5), uint16(0), uint16(em)))
	head[51] = 1 // offsets of glyphs are long
	tables = append([]table{
		{"head", head},
		{"maxp", pack(uint32(0x00005000), uint16(count))},
		{"cmap", pack(uint16(0), uint16(1), uint16(3), uint16(10), uint32(12), // in one group of format 12
			uint16(12), uint16(0), uint32(28), uint32(0), uint32(1), uint32('A'), uint32('A'+count-1), uint32(0))},
		{"hhea", append(make([]byte, 34), 0, count)},
		{"hmtx", hmtx},
		{"loca", loca},
		{"glyf", glyf},
	}, tables...)
	written := make([]ot.Table, len(tables))
	for i, t := range tables {
		written[i] = ot.Table{Tag: ot.MustNewTag(t.name), Content: t.data}
	}
	return ot.WriteTTF(written)
}

func face(t testing.TB, tables ...table) *font.Face {
	t.Helper()
	f, err := font.ParseTTF(bytes.NewReader(file(tables...)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// square is a glyph of one contour.
func square(x0, y0, x1, y1 int16) []byte {
	return pack(int16(1), x0, y0, x1, y1, uint16(3), uint16(0), // a contour of four points, no instructions
		[]byte{1, 1, 1, 1}, x0, int16(0), x1-x0, int16(0), y0, y1-y0, int16(0), y0-y1)
}

// pack writes numbers of a fixed size and bytes behind each other, as fonts have them.
func pack(values ...any) []byte {
	var b []byte
	for _, v := range values {
		b, _ = binary.Append(b, binary.BigEndian, v)
	}
	return b
}

// u24 is an offset.
func u24(v int) []byte { return []byte{byte(v >> 16), byte(v >> 8), byte(v)} }

// cpal is a palette of red, green, blue and half transparent black.
func cpal() table {
	return table{"CPAL", pack(uint16(0), uint16(4), uint16(1), uint16(4), uint32(14), uint16(0), []byte{
		0, 0, 255, 255, 0, 255, 0, 255, 255, 0, 0, 255, 0, 0, 0, 128,
	})}
}

const (
	red        = 0
	green      = 1
	blue       = 2
	shade      = 3
	foreground = 0xFFFF
)
