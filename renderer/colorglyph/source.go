package colorglyph

import (
	"bytes"
	"compress/gzip"
	"io"
	"reflect"
	"sort"

	"github.com/go-text/typesetting/font"
)

// source is the SVG document that has a glyph. It is taken from where go-text keeps it, as that would unpack it
// however large it gets.
func source(f *font.Font, glyph font.GID) ([]byte, bool) {
	documents, n := hidden(f, "svg")
	i := sort.Search(n, func(i int) bool { return number(documents.Index(i), "last") >= uint64(glyph) })
	if i == n || number(documents.Index(i), "first") > uint64(glyph) {
		return nil, false
	}
	field := documents.Index(i).FieldByName("svg")
	if field.Kind() != reflect.Slice || field.Type().Elem().Kind() != reflect.Uint8 {
		return nil, false
	}
	data := field.Bytes()
	if len(data) > 2 && data[0] == 0x1f && data[1] == 0x8b {
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, false
		}
		if data, err = io.ReadAll(io.LimitReader(r, maxSource+1)); err != nil {
			return nil, false
		}
	}
	return data, len(data) <= maxSource
}

// number is a number among the fields of a struct; the largest if there is none.
func number(v reflect.Value, name string) uint64 {
	if v.Kind() == reflect.Struct {
		if field := v.FieldByName(name); field.CanUint() {
			return field.Uint()
		}
	}
	return 1<<64 - 1
}

// hidden is a table that go-text keeps to itself, and its length; 0 if it has no such table any more.
func hidden(f *font.Font, table string) (reflect.Value, int) {
	v := reflect.ValueOf(f).Elem().FieldByName(table)
	if !v.IsValid() || v.Kind() != reflect.Slice {
		return v, 0
	}
	return v, v.Len()
}

// rows is the length of such a table.
func rows(f *font.Font, table string) int {
	_, n := hidden(f, table)
	return n
}
