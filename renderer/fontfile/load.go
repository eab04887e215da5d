package fontfile

import (
	"errors"
	"fmt"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// Font is one font to shape and draw with. The fields are read only; safe for
// concurrent use.
type Font struct {
	*font.Font
	Face  Face
	Bytes int64 // about what it takes in memory

	lines lineTables
}

// loaded are the tables that are used. Those of Apple's own layout, of grey bitmaps
// and of hints are not: nothing here draws with them.
var loaded = []string{
	"CBDT", "CBLC", "CFF ", "CFF2", "COLR", "CPAL", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "OS/2", "SVG ", "VORG",
	"VVAR", "avar", "cmap", "fvar", "glyf", "gvar", "head", "hhea", "hmtx", "kern", "loca", "maxp", "name", "post",
	"sbix", "vhea", "vmtx",
}

// What is kept of a parsed table and of an outline takes about so much.
const (
	entryBytes = 8
	pointBytes = 8
)

// mostLoaded bounds the bytes of a font's tables.
const mostLoaded = 256 << 20

// Load reads one font of a file: TrueType, OpenType, a collection of them, WOFF or
// WOFF2. The file may come from a stranger: time and memory are bounded whatever it
// holds, and a font that would cost too much to draw is refused. The font keeps parts
// of data.
func Load(file []byte, index int) (f *Font, err error) {
	defer asError(&err, "load font")
	fonts, err := open(memory(file))
	if err != nil {
		return nil, fmt.Errorf("load font: %w", err)
	}
	if index < 0 || index >= len(fonts) {
		return nil, fmt.Errorf("load font: number %d of a file with %d", index, len(fonts))
	}
	f, err = load(fonts[index])
	if err != nil {
		return nil, fmt.Errorf("load font: %w", err)
	}
	f.Face.Index = index
	return f, nil
}

func load(s sfnt) (*Font, error) {
	tables, err := used(s)
	if err != nil {
		return nil, err
	}
	face, err := describe(s)
	if err != nil {
		return nil, err
	}
	entries, points, err := check(tables)
	if err != nil {
		return nil, err
	}
	loader, err := ot.NewLoader(assemble(s.flavor, tables))
	if err != nil {
		return nil, err
	}
	parsed, err := font.NewFont(loader)
	if err != nil {
		return nil, err
	}
	f := &Font{Font: parsed, Face: face, Bytes: entryBytes*int64(entries) + pointBytes*int64(points), lines: readLines(tables)}
	for _, table := range tables {
		f.Bytes += int64(len(table))
	}
	f.lines.parsed, _ = (&font.Face{Font: parsed}).FontHExtents()
	return f, nil
}

// used reads the tables that are loaded.
func used(s sfnt) (map[string]data, error) {
	tables := map[string]data{}
	room := mostLoaded
	for _, tag := range loaded {
		d, err := s.read(tag, room)
		if errors.Is(err, errNoTable) {
			continue
		}
		if err != nil {
			return nil, err
		}
		room -= len(d)
		tables[tag] = d
	}
	return tables, nil
}

// Outline is the outline of a glyph, also of one that has colours; false without one.
func Outline(face *font.Face, glyph font.GID) (o font.GlyphOutline, ok bool) {
	defer func() {
		if recover() != nil {
			o, ok = font.GlyphOutline{}, false
		}
	}()
	return face.GlyphDataOutline(glyph)
}
