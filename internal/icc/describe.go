package icc

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// maxDescription bounds a description in bytes of the profile; real ones are below 100.
const maxDescription = 1024

// Description is what the profile calls itself, such as "Display P3"; empty when it does not say. Of several
// languages it is the first.
func (p *Profile) Description() string {
	body := p.tags["desc"]
	if len(body) < 12 {
		return ""
	}
	switch string(body[:4]) {
	case "desc": // textDescriptionType of version 2: a length, then ASCII
		return ascii(body[12:], uint64(binary.BigEndian.Uint32(body[8:])))
	case "text":
		return ascii(body[8:], maxDescription)
	case "mluc":
		return localized(body)
	}
	return ""
}

func ascii(text []byte, n uint64) string {
	text = text[:min(n, uint64(len(text)), maxDescription)]
	text, _, _ = bytes.Cut(text, []byte{0})
	return strings.TrimSpace(strings.ToValidUTF8(string(text), "?"))
}

// localized reads multiLocalizedUnicodeType (ICC.1:2022, 10.15): a list of languages with the offset and length of
// their UTF-16 text.
func localized(body []byte) string {
	if len(body) < 28 || binary.BigEndian.Uint32(body[8:]) == 0 {
		return ""
	}
	length, offset := uint64(binary.BigEndian.Uint32(body[20:])), uint64(binary.BigEndian.Uint32(body[24:]))
	if offset > uint64(len(body)) {
		return ""
	}
	text := body[offset:]
	text = text[:min(length, uint64(len(text)), maxDescription)]
	units := make([]uint16, 0, len(text)/2)
	for ; len(text) >= 2; text = text[2:] {
		unit := binary.BigEndian.Uint16(text)
		if unit == 0 {
			break
		}
		units = append(units, unit)
	}
	return strings.TrimSpace(string(utf16.Decode(units)))
}
