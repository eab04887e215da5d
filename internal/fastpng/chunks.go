package fastpng

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

const (
	signature     = "\x89PNG\r\n\x1a\n"
	chunkOverhead = 12 // bytes of a chunk besides its body
	maxPalette    = 256
)

// file is what the pixels are made of.
type file struct {
	header      header
	palette     []byte // three bytes a colour
	transparent []byte // chunk tRNS
	packed      []byte // the bodies of all chunks IDAT
}

// parse finds the chunks. One that is cut off ends the file, unless it has pixels.
func parse(data []byte) (*file, error) {
	rest, ok := bytes.CutPrefix(data, []byte(signature))
	if !ok {
		return nil, fmt.Errorf("expected the signature of PNG; found %q", data[:min(len(data), len(signature))])
	}
	p := parser{f: &file{}}
	for len(rest) >= chunkOverhead {
		size, name := uint64(binary.BigEndian.Uint32(rest)), string(rest[4:8])
		room := uint64(len(rest) - chunkOverhead)
		if name == "IEND" || size > room && ancillary(name) {
			break
		}
		if size > room {
			return nil, fmt.Errorf("chunk %s: expected %d bytes; found %d", name, size, room)
		}
		body := rest[8 : 8+size]
		if matters(name) {
			if want, got := binary.BigEndian.Uint32(rest[8+size:]), crc32.ChecksumIEEE(rest[4:8+size]); got != want {
				return nil, fmt.Errorf("chunk %s: expected checksum %08x; found %08x", name, want, got)
			}
		}
		if err := p.chunk(name, body); err != nil {
			return nil, err
		}
		rest = rest[size+chunkOverhead:]
	}
	return p.finish()
}

// ancillary says that a picture is whole without a chunk of this name: its first letter is small (PNG 5.4).
func ancillary(name string) bool { return name[0]&0x20 != 0 && name != "tRNS" }

func matters(name string) bool {
	switch name {
	case "IHDR", "PLTE", "tRNS", "IDAT":
		return true
	}
	return false
}

// parser takes what the pixels need. Of the rest it is as forgiving as libpng: a palette that no pixel needs, and
// transparency that does not fit or is out of place, are passed over.
type parser struct {
	f      *file
	bodies [][]byte // of IDAT
}

func (p *parser) chunk(name string, body []byte) error {
	f := p.f
	begun := f.header.width > 0
	needed := f.header.colour == indexed
	switch {
	case !begun && name != "IHDR":
		return fmt.Errorf("expected chunk IHDR first; found %q", name)
	case begun && name == "IHDR",
		name == "PLTE" && needed && (f.palette != nil || p.bodies != nil):
		return fmt.Errorf("chunk %s: expected one, in the order IHDR, PLTE, IDAT; found another", name)
	}
	var err error
	switch name {
	case "IHDR":
		f.header, err = parseHeader(body)
	case "PLTE":
		if needed {
			err = f.setPalette(body)
		}
	case "tRNS":
		if f.transparent == nil && p.bodies == nil && f.fits(body) {
			f.transparent = body
		}
	case "IDAT":
		p.bodies = append(p.bodies, body)
	}
	return err
}

// setPalette leaves out colours that no index reaches.
func (f *file) setPalette(body []byte) error {
	n := len(body) / 3
	if n == 0 || n > maxPalette || len(body)%3 != 0 {
		return fmt.Errorf("chunk PLTE: expected 1 to %d colours of three bytes; found %d bytes", maxPalette, len(body))
	}
	f.palette = body[:3*min(n, 1<<f.header.depth)]
	return nil
}

// fits says whether tRNS is of the length that the picture's pixels ask for.
func (f *file) fits(body []byte) bool {
	switch f.header.colour {
	case gray:
		return len(body) == 2
	case trueColor:
		return len(body) == 6
	case indexed:
		return len(body) <= len(f.palette)/3
	}
	return false
}

func (p *parser) finish() (*file, error) {
	f := p.f
	if f.header.width == 0 || p.bodies == nil {
		return nil, fmt.Errorf("expected chunks IHDR and IDAT; found the end of %d", len(p.bodies))
	}
	if f.header.colour == indexed && f.palette == nil {
		return nil, fmt.Errorf("expected chunk PLTE; found none")
	}
	if f.packed = p.bodies[0]; len(p.bodies) > 1 {
		f.packed = bytes.Join(p.bodies, nil)
	}
	return f, nil
}
