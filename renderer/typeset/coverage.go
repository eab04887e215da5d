package typeset

import (
	"reflect"
	"unsafe"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// listCoverages rewrites the coverage tables of a font that are made of ranges into
// lists of glyphs, which mean the same. go-text v0.3.5 forgets ranges behind a long
// one (github.com/go-text/typesetting, issue 278), and with them kerning and
// ligatures; it has mended that, but not released it. This file goes when it has.
func listCoverages(f *font.Font) {
	l := lister{room: mostListed}
	l.walk(reflect.ValueOf(&f.GSUB).Elem())
	l.walk(reflect.ValueOf(&f.GPOS).Elem())
}

// mostListed bounds the glyphs listed for a font; what a hostile one has more of
// stays as it is.
const mostListed = 1 << 20

type lister struct{ room int }

// walk looks for coverages in all that a value holds. The value is addressable.
func (l *lister) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Field(i)
			if !field.CanSet() { // its name is not exported
				field = reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
			}
			l.walk(field)
		}
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k == reflect.Struct || k == reflect.Slice || k == reflect.Interface {
			for i := range v.Len() {
				l.walk(v.Index(i))
			}
		}
	case reflect.Interface:
		if v.IsNil() || v.Elem().Kind() != reflect.Struct {
			return
		}
		if ranges, ok := v.Elem().Interface().(tables.Coverage2); ok {
			if list, ok := l.list(ranges); ok {
				v.Set(reflect.ValueOf(list))
			}
			return
		}
		held := reflect.New(v.Elem().Type()).Elem() // what an interface holds cannot be changed in place
		held.Set(v.Elem())
		l.walk(held)
		v.Set(held)
	}
}

// list gives the glyphs of ranges in order; false where they do not rise or do not
// count on, so that a list would mean something else.
func (l *lister) list(ranges tables.Coverage2) (tables.Coverage1, bool) {
	total, next := 0, 0
	for _, r := range ranges.Ranges {
		if int(r.StartGlyphID) < next || r.EndGlyphID < r.StartGlyphID || int(r.StartCoverageIndex) != total {
			return tables.Coverage1{}, false
		}
		total += int(r.EndGlyphID-r.StartGlyphID) + 1
		next = int(r.EndGlyphID) + 1
	}
	if total > l.room {
		return tables.Coverage1{}, false
	}
	l.room -= total
	list := tables.Coverage1{Glyphs: make([]tables.GlyphID, 0, total)}
	for _, r := range ranges.Ranges {
		for g := int(r.StartGlyphID); g <= int(r.EndGlyphID); g++ {
			list.Glyphs = append(list.Glyphs, tables.GlyphID(g))
		}
	}
	return list, true
}
