package fontfile

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"maps"
	"slices"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/go-text/typesetting/font/opentype/tables"
	"golang.org/x/image/font/gofont/goregular"
)

// parts are the tables of a font.
func parts(t testing.TB, file []byte) map[string]data {
	t.Helper()
	fonts, err := open(memory(file))
	if err != nil {
		t.Fatal(err)
	}
	tables, err := used(fonts[0])
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// changed is the Go font with some tables of its own.
func changed(t testing.TB, with map[string]data) []byte {
	t.Helper()
	tables := parts(t, goregular.TTF)
	maps.Copy(tables, with)
	maps.DeleteFunc(tables, func(_ string, d data) bool { return d == nil })
	file, err := io.ReadAll(assemble(0x00010000, tables))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func u16(values ...int) data {
	var b data
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	return b
}

func u32(values ...int) data {
	var b data
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	return b
}

func zeros(n int) data { return make(data, n) }

func join(parts ...data) data { return slices.Concat(parts...) }

// asCollection is a file with the font as often as it is said.
func asCollection(file []byte, count int) []byte {
	head := join(data("ttcf"), u32(0x00010000, count))
	for range count {
		head = append(head, u32(12+4*count)...)
	}
	shifted := slices.Clone(file)
	for i := range data(file).u16(4) {
		at := 12 + 16*i + 8
		binary.BigEndian.PutUint32(shifted[at:], uint32(data(file).u32(at)+len(head)))
	}
	return join(head, shifted)
}

// asWOFF packs a font's tables with zlib.
func asWOFF(t testing.TB, file []byte) []byte {
	t.Helper()
	tables := parts(t, file)
	tags := slices.Sorted(maps.Keys(tables))
	var directory, body data
	for _, tag := range tags {
		var packed bytes.Buffer
		w := zlib.NewWriter(&packed)
		w.Write(tables[tag])
		w.Close()
		b := packed.Bytes()
		if len(b) >= len(tables[tag]) {
			b = tables[tag]
		}
		directory = join(directory, data(tag), u32(44+20*len(tags)+len(body), len(b), len(tables[tag]), 0))
		body = append(body, b...)
	}
	head := join(data("wOFF"), data(file[:4]), u32(44+len(directory)+len(body)), u16(len(tags), 0), zeros(28))
	return join(head, directory, body)
}

// asWOFF2 packs a font's tables with brotli, its outlines and metrics transformed.
func asWOFF2(t testing.TB, file []byte) []byte {
	t.Helper()
	tables := parts(t, file)
	tags := slices.DeleteFunc(slices.Sorted(maps.Keys(tables)), func(tag string) bool { return tag == "loca" })
	tags = slices.Insert(tags, slices.Index(tags, "glyf")+1, "loca")
	var directory, body data
	for _, tag := range tags {
		b, flags, transformed := tables[tag], 63, false
		switch tag {
		case "glyf":
			b, transformed = transformGlyphs(t, tables), true
		case "loca":
			b, transformed = nil, true
		case "hmtx":
			b, flags, transformed = transformMetrics(tables), 63|1<<6, true
		}
		directory = join(directory, data{byte(flags)}, data(tag), base128(len(tables[tag])))
		if transformed {
			directory = append(directory, base128(len(b))...)
		}
		body = append(body, b...)
	}
	return woff2File(data(file[:4]), len(tags), directory, body)
}

func woff2File(flavor data, tables int, directory, body data) []byte {
	var packed bytes.Buffer
	w := brotli.NewWriter(&packed)
	w.Write(body)
	w.Close()
	length := 48 + len(directory) + packed.Len()
	return join(data("wOF2"), flavor, u32(length), u16(tables, 0), u32(0, packed.Len()), zeros(24), directory, packed.Bytes())
}

func base128(v int) data {
	b := data{byte(v & 0x7f)}
	for v >>= 7; v > 0; v >>= 7 {
		b = append(data{byte(v) | 0x80}, b...)
	}
	return b
}

// transformGlyphs writes every move with two coordinates of 16 bits, and boxes where
// the points do not tell them.
func transformGlyphs(t testing.TB, font map[string]data) data {
	t.Helper()
	count := font["maxp"].u16(4)
	loca, err := tables.ParseLoca(font["loca"], count, font["head"].u16(50) == 1)
	if err != nil {
		t.Fatal(err)
	}
	var contours, points, flags, moves, composites, boxes, instructions data
	boxed := zeros(4 * ((count + 31) / 32))
	for i := range count {
		raw := font["glyf"][loca[i]:loca[i+1]]
		contours = append(contours, u16(raw.u16(0))...)
		if len(raw) == 0 {
			continue
		}
		if raw.i16(0) < 0 {
			at := 10
			for more, flags := true, 0; more; {
				flags = raw.u16(at)
				more = flags&moreComponents != 0
				binary.BigEndian.PutUint16(raw[at:], uint16(flags&^withInstructions))
				at += componentSize(flags)
			}
			composites = append(composites, raw[10:at]...)
			boxed[i/8] |= 0x80 >> (i % 8)
			boxes = append(boxes, raw[2:10]...)
			continue
		}
		g, _, err := tables.ParseGlyph(raw)
		if err != nil {
			t.Fatal(err)
		}
		simple := g.Data.(tables.SimpleGlyph)
		last := -1
		for _, end := range simple.EndPtsOfContours {
			points = append(points, byte(int(end)-last))
			last = int(end)
		}
		var x, y int16
		for _, p := range simple.Points {
			flag := byte(124 | 3)
			if p.Flag&1 == 0 {
				flag |= 0x80
			}
			flags = append(flags, flag)
			moves = append(moves, u16(int(p.X-x), int(p.Y-y))...)
			x, y = p.X, p.Y
		}
		moves = append(moves, 0) // no instructions
	}
	head := join(u16(0, 0, count, 1), u32(len(contours), len(points), len(flags), len(moves), len(composites), len(boxed)+len(boxes), len(instructions)))
	return join(head, contours, points, flags, moves, composites, boxed, boxes, instructions)
}

// transformMetrics leaves out the bearings that are the least x of a glyph anyway.
func transformMetrics(font map[string]data) data {
	advances := font["hhea"].u16(34)
	b := data{1}
	for i := range advances {
		b = append(b, u16(font["hmtx"].u16(4*i))...)
	}
	return append(b, font["hmtx"][4*advances:]...)
}
