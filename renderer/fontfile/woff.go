package fontfile

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
)

// openWOFF reads the directory of a WOFF file, by https://www.w3.org/TR/WOFF/.
func openWOFF(r io.ReaderAt) (sfnt, error) {
	head, err := read(r, 0, 44)
	if err != nil {
		return sfnt{}, fmt.Errorf("read the WOFF header: %w", err)
	}
	count := data(head).u16(12)
	if count > mostTables {
		return sfnt{}, fmt.Errorf("%d tables, expected at most %d", count, mostTables)
	}
	directory, err := read(r, 44, 20*count)
	if err != nil {
		return sfnt{}, fmt.Errorf("read the directory of %d tables: %w", count, err)
	}
	font := sfnt{uint32(data(head).u32(4)), map[string]table{}}
	total := 0
	for i := range count {
		entry := data(directory).from(20 * i)
		offset, packed, size := entry.u32(4), entry.u32(8), entry.u32(12)
		if packed > size {
			return sfnt{}, fmt.Errorf("table %q has %d bytes packed and %d unpacked", entry[:4], packed, size)
		}
		if total += size; total > mostUnpacked {
			return sfnt{}, fmt.Errorf("it unpacks to more than %d bytes", mostUnpacked)
		}
		font.add(string(entry[:4]), table{size, func() ([]byte, error) {
			b, err := read(r, int64(offset), packed)
			if err != nil || packed == size {
				return b, err
			}
			return inflate(b, size)
		}})
	}
	return font, nil
}

// inflate unpacks exactly size bytes. Memory is taken as they come.
func inflate(packed []byte, size int) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return readExactly(r, size)
}

func readExactly(r io.Reader, size int) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	if len(b) < size {
		return nil, fmt.Errorf("unpack: %d bytes, expected %d", len(b), size)
	}
	return b, nil
}
