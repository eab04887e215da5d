package fontfile

import (
	"errors"
	"fmt"
	"io"
)

const (
	mostFonts    = 1024     // of a collection
	mostTables   = 256      // of a font; real ones have less than fifty
	mostUnpacked = 64 << 20 // bytes that a WOFF or WOFF2 file may unpack to
)

var errNoTable = errors.New("not there")

// sfnt is one font of a file, whatever it is packed in.
type sfnt struct {
	flavor uint32
	tables map[string]table
}

// table can be read when it is needed.
type table struct {
	size int
	load func() ([]byte, error)
}

// read gives a table that has at most so many bytes. The error of one that is not
// there is errNoTable.
func (s sfnt) read(tag string, most int) (data, error) {
	t, ok := s.tables[tag]
	if !ok {
		return nil, fmt.Errorf("table %q: %w", tag, errNoTable)
	}
	if t.size > most {
		return nil, fmt.Errorf("table %q has %d bytes, at most %d are read", tag, t.size, most)
	}
	b, err := t.load()
	if err != nil {
		return nil, fmt.Errorf("table %q: %w", tag, err)
	}
	if len(b) > most {
		return nil, fmt.Errorf("table %q has %d bytes, at most %d are read", tag, len(b), most)
	}
	return b, nil
}

// open reads the directories of a file.
func open(r io.ReaderAt) ([]sfnt, error) {
	head, err := read(r, 0, 12)
	if err != nil {
		return nil, fmt.Errorf("read its first bytes: %w", err)
	}
	switch signature := string(head[:4]); signature {
	case "\x00\x01\x00\x00", "OTTO", "true":
		font, err := openSFNT(r, 0)
		return []sfnt{font}, err
	case "ttcf":
		return openCollection(r, data(head).u32(8))
	case "wOFF":
		font, err := openWOFF(r)
		return []sfnt{font}, err
	case "wOF2":
		return openWOFF2(r)
	default:
		return nil, fmt.Errorf("it begins with %q, not as a TrueType, OpenType, WOFF or WOFF2 font does", signature)
	}
}

// openCollection skips no font: one that cannot be opened has no tables.
func openCollection(r io.ReaderAt, count int) ([]sfnt, error) {
	if count < 1 || count > mostFonts {
		return nil, fmt.Errorf("a collection of %d fonts, expected 1 to %d", count, mostFonts)
	}
	offsets, err := read(r, 12, 4*count)
	if err != nil {
		return nil, fmt.Errorf("read a collection's %d offsets: %w", count, err)
	}
	fonts := make([]sfnt, count)
	for i := range fonts {
		fonts[i], _ = openSFNT(r, int64(data(offsets).u32(4*i)))
	}
	return fonts, nil
}

func openSFNT(r io.ReaderAt, at int64) (sfnt, error) {
	head, err := read(r, at, 12)
	if err != nil {
		return sfnt{}, fmt.Errorf("read the font's header: %w", err)
	}
	count := data(head).u16(4)
	if count > mostTables {
		return sfnt{}, fmt.Errorf("%d tables, expected at most %d", count, mostTables)
	}
	directory, err := read(r, at+12, 16*count)
	if err != nil {
		return sfnt{}, fmt.Errorf("read the directory of %d tables: %w", count, err)
	}
	font := sfnt{uint32(data(head).u32(0)), map[string]table{}}
	for i := range count {
		entry := data(directory).from(16 * i)
		offset, size := entry.u32(8), entry.u32(12)
		font.add(string(entry[:4]), table{size, func() ([]byte, error) { return read(r, int64(offset), size) }})
	}
	return font, nil
}

// add keeps the first of two tables with the same tag.
func (s sfnt) add(tag string, t table) {
	if _, ok := s.tables[tag]; !ok {
		s.tables[tag] = t
	}
}

// memory is a file that is held in memory: what is read of it is not copied.
type memory []byte

func (m memory) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 || at > int64(len(m)) {
		return 0, io.EOF
	}
	n := copy(p, m[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// read gives n bytes of a file. The caller has bounded n.
func read(r io.ReaderAt, at int64, n int) ([]byte, error) {
	if m, ok := r.(memory); ok {
		if at < 0 || at > int64(len(m)) || int64(n) > int64(len(m))-at {
			return nil, fmt.Errorf("%d bytes at %d of a file of %d: %w", n, at, len(m), io.ErrUnexpectedEOF)
		}
		return m[at : at+int64(n) : at+int64(n)], nil
	}
	b := make([]byte, n)
	if got, err := r.ReadAt(b, at); got < n {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("%d bytes at %d: %w", n, at, err)
	}
	return b, nil
}
