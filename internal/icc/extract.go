package icc

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Extract gives the profile that is embedded in a file of a format ("jpeg", "png" or "webp"), or nil if there is
// none; other formats have none. The error wraps ErrCorrupt: there is a profile, but not the whole of it.
func Extract(format string, data []byte) ([]byte, error) {
	var profile []byte
	var err error
	switch format {
	case "jpeg":
		profile, err = fromJPEG(data)
	case "png":
		profile, err = fromPNG(data)
	case "webp":
		profile = fromWebP(data)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("extract from %s: %w", format, err)
	case len(profile) > MaxProfile:
		return nil, fmt.Errorf("extract from %s: %w: expected at most %d bytes, found %d", format, ErrCorrupt, MaxProfile, len(profile))
	case len(profile) == 0:
		return nil, nil
	}
	return profile, nil
}

// fromJPEG joins the APP2 segments that carry a profile. Each has its number, from 1, and how many there are; the
// order in the file is not always that of the numbers.
func fromJPEG(data []byte) ([]byte, error) {
	const (
		mark      = "ICC_PROFILE\x00"
		app2      = 0xe2
		startScan = 0xda
		end       = 0xd9
	)
	var parts [256][]byte
	total, found := 0, 0
	for rest := data[min(2, len(data)):]; len(rest) >= 4; {
		if rest[0] != 0xff || rest[1] == 0xff {
			rest = rest[1:] // rubbish between segments, or padding
			continue
		}
		marker := rest[1]
		if marker == startScan || marker == end {
			break
		}
		if marker <= 0x01 || marker >= 0xd0 && marker <= 0xd8 { // no segment follows
			rest = rest[2:]
			continue
		}
		size := int(binary.BigEndian.Uint16(rest[2:]))
		if size < 2 || 2+size > len(rest) {
			break // what follows is for the decoder to complain about
		}
		segment := rest[4 : 2+size]
		rest = rest[2+size:]
		if marker != app2 || len(segment) < len(mark)+2 || string(segment[:len(mark)]) != mark {
			continue
		}
		number, of, part := int(segment[len(mark)]), int(segment[len(mark)+1]), segment[len(mark)+2:]
		if total == 0 {
			total = of
		}
		if of != total || number < 1 || number > total || parts[number] != nil {
			return nil, fmt.Errorf("%w: part %d of %d does not fit the %d of %d before it", ErrCorrupt, number, of, found, total)
		}
		parts[number] = part
		found++
	}
	if found != total {
		return nil, fmt.Errorf("%w: expected %d parts, found %d", ErrCorrupt, total, found)
	}
	return bytes.Join(parts[:], nil), nil
}

// fromPNG inflates the iCCP chunk, which stands before the pixels.
func fromPNG(data []byte) ([]byte, error) {
	for rest := data[min(8, len(data)):]; len(rest) >= 12; {
		size, name := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		if name == "IDAT" || name == "IEND" || size+12 > uint64(len(rest)) {
			return nil, nil
		}
		if name == "iCCP" {
			return inflate(rest[8 : 8+size])
		}
		rest = rest[size+12:]
	}
	return nil, nil
}

// inflate reads a profile name, the compression method 0, and the profile.
func inflate(chunk []byte) ([]byte, error) {
	name, packed, ok := bytes.Cut(chunk, []byte{0})
	if !ok || len(name) == 0 || len(name) > 79 || len(packed) == 0 || packed[0] != 0 {
		return nil, fmt.Errorf("%w: expected a name and the compression method 0, found %.80q", ErrCorrupt, chunk)
	}
	r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
	if err != nil {
		return nil, fmt.Errorf("%w: inflate: %w", ErrCorrupt, err)
	}
	profile, err := io.ReadAll(io.LimitReader(r, MaxProfile+1))
	if err := errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("%w: inflate: %w", ErrCorrupt, err)
	}
	return profile, nil
}

// fromWebP finds the ICCP chunk, which stands before the pixels of an extended file.
func fromWebP(data []byte) []byte {
	for rest := data[min(12, len(data)):]; len(rest) >= 8; {
		name, size := string(rest[:4]), uint64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		if size > uint64(len(rest)) {
			return nil
		}
		switch name {
		case "ICCP":
			return rest[:size]
		case "VP8 ", "VP8L", "ANMF":
			return nil
		}
		rest = rest[min(size+size&1, uint64(len(rest))):]
	}
	return nil
}
