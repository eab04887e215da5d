package fontfile

import (
	"encoding/binary"
	"errors"
	"io"
)

// assembledFile is a font file that was never written: a directory and the tables behind
// it, each where it was in memory.
type assembledFile struct {
	parts  []data
	starts []int64
	size   int64
	at     int64
}

// assemble lays out tables as an OpenType font, in the order of loaded.
func assemble(flavor uint32, tables map[string]data) *assembledFile {
	f := &assembledFile{}
	directory := make([]byte, 12, 12+16*len(tables))
	binary.BigEndian.PutUint32(directory, flavor)
	binary.BigEndian.PutUint16(directory[4:], uint16(len(tables)))
	at := int64(12 + 16*len(tables))
	parts := []data{nil}
	for _, tag := range loaded {
		t, ok := tables[tag]
		if !ok {
			continue
		}
		directory = append(directory, tag...)
		directory = binary.BigEndian.AppendUint32(directory, 0) // nobody reads the sum
		directory = binary.BigEndian.AppendUint32(directory, uint32(at))
		directory = binary.BigEndian.AppendUint32(directory, uint32(len(t)))
		parts = append(parts, t)
		at += int64(len(t))
	}
	parts[0] = directory
	for _, p := range parts {
		f.parts = append(f.parts, p)
		f.starts = append(f.starts, f.size)
		f.size += int64(len(p))
	}
	return f
}

func (f *assembledFile) ReadAt(p []byte, at int64) (n int, err error) {
	for i, part := range f.parts {
		if n == len(p) {
			break
		}
		if skip := at + int64(n) - f.starts[i]; skip >= 0 && skip < int64(len(part)) {
			n += copy(p[n:], part[skip:])
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *assembledFile) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	return n, err
}

func (f *assembledFile) Seek(offset int64, whence int) (int64, error) {
	if whence != io.SeekStart {
		return 0, errors.New("seek: only from the start")
	}
	f.at = offset
	return offset, nil
}
