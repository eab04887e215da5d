package fontfile

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// Names of the table "name", as OpenType numbers them.
const (
	legacyFamily      = 1
	typographicFamily = 16
	slopeFamily       = 21 // weight, width and slope are all that tells its fonts apart
)

const (
	mostNameBytes = 1 << 19 // of the table
	mostNames     = 64      // of a font
	mostNameLen   = 256     // bytes of a name
)

// ranked is a name, and how much others are to be preferred to it.
type ranked struct {
	name string
	rank int
}

// familyNames reads the names by which a font's family is known. The first is the
// typographic one, in English where there is one.
func familyNames(d data, weight float64) []string {
	var found []ranked
	texts := d.from(d.u16(4))
	for i := range min(d.u16(2), max(0, len(d)-6)/12) {
		record := d.from(6 + 12*i)
		kind := slices.Index([]int{typographicFamily, legacyFamily, slopeFamily}, record.u16(6))
		if kind < 0 {
			continue
		}
		text := texts.slice(record.u16(10), record.u16(8))
		name, rank := decodeName(text, record.u16(0), record.u16(2), record.u16(4))
		if name = strings.TrimSpace(name); name != "" && len(name) <= mostNameLen {
			found = append(found, ranked{name, 10*kind + rank})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return a.rank - b.rank })
	if len(found) > 0 && found[0].rank >= 10 { // no typographic name
		if family, ok := withoutWeight(found[0].name, weight); ok {
			found = slices.Insert(found, 0, ranked{name: family})
		}
	}
	var names []string
	for _, f := range found {
		if len(names) == mostNames {
			break
		}
		if !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	return names
}

// weightNames are the words that a legacy family is named after, where a family has
// more than the four fonts that it used to have.
var weightNames = []struct {
	words  string // without spaces and hyphens
	weight float64
}{
	{"extralight", 200}, {"ultralight", 200}, {"semilight", 350}, {"demilight", 350}, {"hairline", 100},
	{"thin", 100}, {"light", 300}, {"medium", 500}, {"semibold", 600}, {"demibold", 600}, {"extrabold", 800},
	{"ultrabold", 800}, {"black", 900}, {"heavy", 900},
}

// withoutWeight is the family of a legacy name such as "Roboto Black" or "Inter Semi
// Bold", if the font has that weight. A family may well be called Black and be regular.
func withoutWeight(name string, weight float64) (family string, ok bool) {
	for words := 2; words >= 1; words-- {
		parts := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
		if len(parts) <= words {
			continue
		}
		last := strings.Join(parts[len(parts)-words:], "")
		for _, w := range weightNames {
			if strings.EqualFold(last, w.words) && weight >= w.weight-50 && weight <= w.weight+50 {
				first := strings.LastIndex(name, parts[len(parts)-words])
				return strings.TrimRight(name[:first], " -"), true
			}
		}
	}
	return "", false
}

// decodeName gives a name's text, and how much it is to be preferred: American
// English, other English, a platform without languages, then all others.
func decodeName(text data, platform, encoding, language int) (name string, rank int) {
	const (
		unicode   = 0
		macintosh = 1
		windows   = 3
	)
	switch {
	case platform == windows && (encoding <= 1 || encoding == 10):
		switch {
		case language == 0x409:
			rank = 0
		case language&0x3ff == 0x009:
			rank = 1
		default:
			rank = 4
		}
		return decodeUTF16(text), rank
	case platform == unicode:
		return decodeUTF16(text), 2
	case platform == macintosh && encoding == 0:
		rank = 5
		if language == 0 {
			rank = 3
		}
		s, err := charmap.Macintosh.NewDecoder().Bytes(text)
		if err != nil {
			return "", rank
		}
		return string(s), rank
	}
	return "", 9
}

func decodeUTF16(b data) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return strings.ReplaceAll(string(utf16.Decode(units)), "\x00", "")
}
