package icc

import (
	"encoding/binary"
	"fmt"
)

// Space is the kind of pixels that a profile is for.
type Space string

// The spaces that are read, by their signatures.
const (
	RGB  Space = "RGB "
	Gray Space = "GRAY"
	CMYK Space = "CMYK"
)

// channels is the number of values of a pixel.
func (s Space) channels() int {
	switch s {
	case RGB:
		return 3
	case CMYK:
		return 4
	}
	return 1
}

// Limits on what a profile may say.
const (
	headerSize = 128
	maxTags    = 100 // some ten are usual
)

// Profile is a profile that was read but not yet made into tables. It is immutable and safe for concurrent use.
type Profile struct {
	space   Space
	lab     bool // the colours that the profile leads to are CIELAB, else CIEXYZ
	version byte // major
	tags    map[string][]byte
}

// Parse reads the header and the list of tags. The profile keeps data, which must not change any more. The error
// wraps ErrCorrupt or ErrUnsupported.
func Parse(data []byte) (*Profile, error) {
	if len(data) < headerSize+4 || len(data) > MaxProfile {
		return nil, fmt.Errorf("%w: expected %d to %d bytes, found %d", ErrCorrupt, headerSize+4, MaxProfile, len(data))
	}
	if signature := string(data[36:40]); signature != "acsp" {
		return nil, fmt.Errorf("%w: expected the signature acsp, found %q", ErrCorrupt, signature)
	}
	p := &Profile{space: Space(data[16:20]), version: data[8], tags: map[string][]byte{}}
	switch class := string(data[12:16]); class {
	case "mntr", "scnr", "prtr", "spac":
	default:
		return nil, fmt.Errorf("%w: expected the profile of a device or colour space, found the class %q", ErrUnsupported, class)
	}
	if p.space != RGB && p.space != Gray && p.space != CMYK {
		return nil, fmt.Errorf("%w: expected RGB, gray or CMYK, found %q", ErrUnsupported, p.space)
	}
	switch pcs := string(data[20:24]); pcs {
	case "XYZ ":
	case "Lab ":
		p.lab = true
	default:
		return nil, fmt.Errorf("%w: expected a way to XYZ or Lab, found %q", ErrUnsupported, pcs)
	}
	if p.version != 2 && p.version != 4 {
		return nil, fmt.Errorf("%w: expected version 2 or 4, found %d", ErrUnsupported, p.version)
	}
	if err := p.readTags(data); err != nil {
		return nil, err
	}
	return p, nil
}

// readTags fills the table of tags. Tags that leave the profile are passed over, as other readers do: they may not
// be needed. Several names may share the same bytes.
func (p *Profile) readTags(data []byte) error {
	count, list := uint64(binary.BigEndian.Uint32(data[headerSize:])), data[headerSize+4:]
	if count > maxTags || 12*count > uint64(len(list)) {
		return fmt.Errorf("%w: expected at most %d tags in %d bytes, found %d", ErrCorrupt, maxTags, len(list), count)
	}
	for ; count > 0; count, list = count-1, list[12:] {
		name := string(list[:4])
		offset, size := uint64(binary.BigEndian.Uint32(list[4:])), uint64(binary.BigEndian.Uint32(list[8:]))
		if _, known := p.tags[name]; !known && offset+size <= uint64(len(data)) {
			p.tags[name] = data[offset : offset+size : offset+size]
		}
	}
	return nil
}

// Space says which pixels the profile is for.
func (p *Profile) Space() Space { return p.space }

// tag gives the body of a tag, without its type and the four unused bytes after that.
func (p *Profile) tag(name, typ string) ([]byte, error) {
	body, ok := p.tags[name]
	if !ok {
		return nil, fmt.Errorf("%w: expected a tag %s, found none", ErrUnsupported, name)
	}
	if len(body) < 8 || string(body[:4]) != typ {
		return nil, fmt.Errorf("%w: tag %s: expected the type %q, found %.4q", ErrCorrupt, name, typ, body)
	}
	return body[8:], nil
}

// lutTag gives the table of colours that is to be used, whole; nil if there is none.
func (p *Profile) lutTag() (name string, body []byte) {
	for _, name := range []string{"A2B0", "A2B1"} { // perceptual, colorimetric
		if body, ok := p.tags[name]; ok {
			return name, body
		}
	}
	return "", nil
}
