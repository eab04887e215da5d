package fontfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/andybalholm/brotli"
)

// knownTags are the tags that WOFF2 writes as one number, by
// https://www.w3.org/TR/WOFF2/, section 4.1.
const knownTags = "cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtx" +
	"BASEGDEFGPOSGSUBEBSCJSTFMATHCBDTCBLCCOLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhsty" +
	"justlcarmortmorxopbdproptrakZapfSilfGlatGlocFeatSill"

// packed is one table of a WOFF2 file.
type packed struct {
	tag         string
	size        int // of the table as it was
	length      int // of what is packed
	transformed bool
	body        data
}

// openWOFF2 unpacks a WOFF2 file, by https://www.w3.org/TR/WOFF2/. All its tables are
// one stream, so it is unpacked whole.
func openWOFF2(r io.ReaderAt) ([]sfnt, error) {
	head, err := read(r, 0, 48)
	if err != nil {
		return nil, fmt.Errorf("read the WOFF2 header: %w", err)
	}
	h := data(head)
	length, count, compressed := h.u32(8), h.u16(12), h.u32(20)
	if length > mostUnpacked || compressed > mostUnpacked {
		return nil, fmt.Errorf("it says it has %d bytes, expected at most %d", max(length, compressed), mostUnpacked)
	}
	if count > mostTables*4 { // a collection shares them
		return nil, fmt.Errorf("%d tables, expected at most %d", count, mostTables*4)
	}
	body := make([]byte, 0)
	if length > 48 {
		if body, err = readUpTo(r, 48, length-48); err != nil {
			return nil, fmt.Errorf("read the file: %w", err)
		}
	}
	s := &stream{rest: body}
	tables, err := readPacked(s, count)
	if err != nil {
		return nil, err
	}
	fonts := [][]int{nil}
	flavors := []int{h.u32(4)}
	if string(head[4:8]) == "ttcf" {
		if fonts, flavors, err = readPackedFonts(s, count); err != nil {
			return nil, err
		}
	} else {
		for i := range tables {
			fonts[0] = append(fonts[0], i)
		}
	}
	if err := unpack(tables, s.take(compressed)); err != nil {
		return nil, err
	}
	opened := make([]sfnt, len(fonts))
	for i, indices := range fonts {
		opened[i] = assembled(tables, indices, uint32(flavors[i]))
	}
	return opened, nil
}

// readUpTo reads what there is of n bytes, and takes memory as they come.
func readUpTo(r io.ReaderAt, at int64, n int) ([]byte, error) {
	if m, ok := r.(memory); ok {
		return m[min(at, int64(len(m))):min(at+int64(n), int64(len(m)))], nil
	}
	return io.ReadAll(io.NewSectionReader(r, at, int64(n)))
}

// readPacked reads the directory of tables.
func readPacked(s *stream, count int) ([]packed, error) {
	tables := make([]packed, count)
	total, whole := 0, 0
	for i := range tables {
		flags := s.u8()
		t := &tables[i]
		if known := flags & 63; known < len(knownTags)/4 {
			t.tag = knownTags[4*known : 4*known+4]
		} else {
			t.tag = string(s.take(4))
		}
		version := flags >> 6
		t.size = s.base128()
		t.length = t.size
		switch {
		case t.tag == "glyf" || t.tag == "loca":
			t.transformed = version != 3
		default:
			t.transformed = version != 0
		}
		if t.transformed {
			t.length = s.base128()
		}
		if s.short {
			return nil, fmt.Errorf("the directory of %d tables: %w", count, errShort)
		}
		switch {
		case t.transformed && !(version == 0 || t.tag == "hmtx" && version == 1):
			return nil, fmt.Errorf("table %q has the unknown transform %d", t.tag, version)
		case t.transformed && t.tag == "loca" && t.length != 0:
			return nil, fmt.Errorf("table \"loca\" is rebuilt from glyf and yet has %d bytes", t.length)
		}
		total += t.length
		whole += t.size
		if total > mostUnpacked || whole > 2*mostUnpacked {
			return nil, fmt.Errorf("it unpacks to more than %d bytes", mostUnpacked)
		}
	}
	return tables, nil
}

// readPackedFonts reads which tables make up each font of a collection.
func readPackedFonts(s *stream, tables int) (fonts [][]int, flavors []int, err error) {
	s.u32() // version
	count := s.short255()
	if count < 1 || count > mostFonts {
		return nil, nil, fmt.Errorf("a collection of %d fonts, expected 1 to %d", count, mostFonts)
	}
	for i := range count {
		n := s.short255()
		if n > mostTables {
			return nil, nil, fmt.Errorf("font %d has %d tables, expected at most %d", i, n, mostTables)
		}
		flavors = append(flavors, s.u32())
		indices := make([]int, n)
		for j := range indices {
			if indices[j] = s.short255(); indices[j] >= tables {
				return nil, nil, fmt.Errorf("font %d has table %d of %d", i, indices[j], tables)
			}
		}
		fonts = append(fonts, indices)
	}
	if s.short {
		return nil, nil, fmt.Errorf("the directory of %d fonts: %w", count, errShort)
	}
	return fonts, flavors, nil
}

// unpack gives each table its bytes.
func unpack(tables []packed, compressed data) error {
	total := 0
	for _, t := range tables {
		total += t.length
	}
	all, err := readExactly(brotli.NewReader(bytes.NewReader(compressed)), total)
	if err != nil {
		return err
	}
	s := &stream{rest: all}
	for i := range tables {
		tables[i].body = s.take(tables[i].length)
	}
	return nil
}

// assembled is one font of the tables. What was transformed is rebuilt when it is
// read.
func assembled(tables []packed, indices []int, flavor uint32) sfnt {
	font := sfnt{flavor, map[string]table{}}
	var glyf, hmtx *packed
	for _, i := range indices {
		t := &tables[i]
		font.add(t.tag, table{len(t.body), func() ([]byte, error) { return t.body, nil }})
		switch {
		case t.tag == "glyf" && t.transformed && glyf == nil:
			glyf = t
		case t.tag == "hmtx" && t.transformed && hmtx == nil:
			hmtx = t
		}
	}
	if glyf == nil {
		if hmtx != nil {
			font.tables["hmtx"] = table{hmtx.size, func() ([]byte, error) {
				return nil, errors.New("it is to be rebuilt from transformed outlines, and they are not there")
			}}
		}
		return font
	}
	rebuild := sync.OnceValues(func() (rebuilt, error) { return rebuildGlyphs(glyf.body) })
	part := func(size int, pick func(rebuilt) []byte) table {
		return table{size, func() ([]byte, error) {
			g, err := rebuild()
			return pick(g), err
		}}
	}
	font.tables["glyf"] = part(glyf.size, func(g rebuilt) []byte { return g.glyf })
	font.tables["loca"] = part(glyf.size, func(g rebuilt) []byte { return g.loca })
	font.longOffsets()
	if hmtx != nil {
		hhea := font.tables["hhea"]
		font.tables["hmtx"] = table{hmtx.size, func() ([]byte, error) {
			g, err := rebuild()
			if err != nil {
				return nil, err
			}
			if hhea.load == nil {
				return nil, errors.New("it cannot be rebuilt without the table hhea")
			}
			counts, err := hhea.load()
			if err != nil {
				return nil, err
			}
			return rebuildMetrics(hmtx.body, g.left, data(counts).u16(34))
		}}
	}
	return font
}

// longOffsets has head say that the offsets in loca are long, as rebuildGlyphs makes
// them.
func (s sfnt) longOffsets() {
	head, ok := s.tables["head"]
	if !ok {
		return
	}
	s.tables["head"] = table{head.size, func() ([]byte, error) {
		b, err := head.load()
		if len(b) < 52 {
			return b, err
		}
		b = slices.Clone(b)
		b[50], b[51] = 0, 1
		return b, err
	}}
}
