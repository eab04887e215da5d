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

// parser checks the order of the chunks, and that there is one of each but IDAT.
type parser struct {
	f      *file
	bodies [][]byte // of IDAT
}

func (p *parser) chunk(name string, body []byte) error {
	f := p.f
	begun := f.header.width > 0
	switch {
	case !begun && name != "IHDR":
		return fmt.Errorf("expected chunk IHDR first; found %q", name)
	case begun && name == "IHDR",
		name == "PLTE" && (f.palette != nil || f.transparent != nil || p.bodies != nil),
		name == "tRNS" && (f.transparent != nil || p.bodies != nil || f.palette == nil && f.header.colour == indexed):
		return fmt.Errorf("chunk %s: expected one, in the order IHDR, PLTE, tRNS, IDAT; found another", name)
	}
	var err error
	switch name {
	case "IHDR":
		f.header, err = parseHeader(body)
	case "PLTE":
		err = f.setPalette(body)
	case "tRNS":
		err = f.setTransparent(body)
	case "IDAT":
		p.bodies = append(p.bodies, body)
	}
	return err
}

func (f *file) setPalette(body []byte) error {
	n := len(body) / 3
	if c := f.header.colour; c == gray || c == grayAlpha {
		return fmt.Errorf("chunk PLTE: expected none for colour type %d; found one", c)
	}
	if n == 0 || n > maxPalette || len(body)%3 != 0 || f.header.colour == indexed && n > 1<<f.header.depth {
		return fmt.Errorf("chunk PLTE: expected 1 to %d colours of three bytes; found %d bytes", maxPalette, len(body))
	}
	f.palette = body
	return nil
}

func (f *file) setTransparent(body []byte) error {
	least, most := 0, maxPalette
	switch f.header.colour {
	case gray:
		least, most = 2, 2
	case trueColor:
		least, most = 6, 6
	case grayAlpha, rgbAlpha:
		return fmt.Errorf("chunk tRNS: expected none for colour type %d; found one", f.header.colour)
	}
	if len(body) < least || len(body) > most {
		return fmt.Errorf("chunk tRNS: expected %d to %d bytes; found %d", least, most, len(body))
	}
	f.transparent = body
	return nil
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
