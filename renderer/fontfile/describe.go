package fontfile

import (
	"fmt"
	"io"
)

// Describe tells of all fonts of a file what CSS asks for. Of files that are not
// packed it reads the few kilobytes that say so. A font of a collection that cannot be
// read is left out; a file without any other is an error. A font without names, as some
// that are cut down for the web, has an empty Family.
func Describe(r io.ReaderAt) (faces []Face, err error) {
	defer asError(&err, "describe font")
	fonts, err := open(r)
	if err != nil {
		return nil, fmt.Errorf("describe font: %w", err)
	}
	for i, f := range fonts {
		face, e := describe(f)
		if e != nil {
			err = e
			continue
		}
		face.Index = i
		faces = append(faces, face)
	}
	if len(faces) == 0 {
		return nil, fmt.Errorf("describe font: %w", err)
	}
	return faces, nil
}

const mostSmall = 1 << 16 // bytes of the tables OS/2, head and fvar

func describe(s sfnt) (Face, error) {
	head, err := s.read("head", mostSmall)
	if err != nil {
		return Face{}, err
	}
	os2, _ := s.read("OS/2", mostSmall)
	name, _ := s.read("name", mostNameBytes)
	var f Face
	f.Weight, f.Width, f.Italic = aspect(os2, head)
	if f.Names = familyNames(name, f.Weight[0]); len(f.Names) > 0 {
		f.Family = f.Names[0]
	}
	for _, tag := range []string{"CBDT", "sbix", "COLR", "SVG "} {
		if _, ok := s.tables[tag]; ok {
			f.Color = true
		}
	}
	fvar, _ := s.read("fvar", mostSmall)
	f.vary(fvar)
	return f, nil
}

// widths are those of the classes 1 to 9 of OS/2, in percent of normal.
var widths = [...]float64{50, 62.5, 75, 87.5, 100, 112.5, 125, 150, 200}

// aspect reads weight, width and slope; fonts of the old Macintosh say them in head.
func aspect(os2, head data) (weight, width [2]float64, italic bool) {
	w, percent := 0, 100.0
	if len(os2) >= 64 {
		w = os2.u16(4)
		if class := os2.u16(6); class >= 1 && class <= len(widths) {
			percent = widths[class-1]
		}
		const italicBit, obliqueBit = 1 << 0, 1 << 9
		italic = os2.u16(62)&(italicBit|obliqueBit) != 0
	} else {
		const boldBit, italicBit = 1 << 0, 1 << 1
		if head.u16(44)&boldBit != 0 {
			w = 700
		}
		italic = head.u16(44)&italicBit != 0
	}
	switch {
	case w == 0:
		w = 400
	case w < 10: // some fonts of old count from 1 to 9
		w *= 100
	}
	one := float64(min(w, 1000))
	return [2]float64{one, one}, [2]float64{percent, percent}, italic
}

const mostAxes = 64

// vary reads the axes of a variable font.
func (f *Face) vary(fvar data) {
	records, size := fvar.from(fvar.u16(4)), fvar.u16(10)
	if size < 20 {
		return
	}
	for i := range min(fvar.u16(8), len(records)/size, mostAxes) {
		r := records.from(size * i)
		a := Axis{string(r[:4]), r.fixed(4), r.fixed(8), r.fixed(12)}
		if a.Min > a.Default || a.Default > a.Max {
			continue
		}
		f.Axes = append(f.Axes, a)
		switch {
		case a.Tag == "wght":
			f.Weight = [2]float64{max(a.Min, 1), min(a.Max, 1000)}
		case a.Tag == "wdth" && a.Min > 0:
			f.Width = [2]float64{a.Min, a.Max}
		}
	}
}

// asError turns a panic into an error.
func asError(err *error, doing string) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: it is broken: %v", doing, p)
	}
}
