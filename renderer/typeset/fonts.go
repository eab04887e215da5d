package typeset

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomediumitalic"
	"golang.org/x/image/font/gofont/goregular"
)

// FontFile is a font that can be loaded when it is first needed.
type FontFile struct {
	Family string
	Weight int // 100 to 900
	Italic bool
	Load   func() ([]byte, error)
}

// DescribeFont reads a TrueType or OpenType font's names without loading it.
// Load is left to the caller.
func DescribeFont(r ot.Resource) (FontFile, error) {
	loader, err := ot.NewLoader(r)
	if err != nil {
		return FontFile{}, fmt.Errorf("read font: %w", err)
	}
	d, _ := font.Describe(loader, nil)
	if d.Family == "" {
		return FontFile{}, errors.New("read font: no family name")
	}
	return FontFile{Family: d.Family, Weight: int(d.Aspect.Weight), Italic: d.Aspect.Style == font.StyleItalic}, nil
}

// Fonts finds faces by family, weight and slant. It always knows the family
// "Go", which is part of the binary. Safe for concurrent use.
type Fonts struct {
	families map[string][]*face // by familyKey
	names    []string
}

// face is one font, parsed when first used. A failure is not remembered: the next
// use tries again.
type face struct {
	FontFile
	mu     sync.Mutex
	parsed *font.Font
}

func (f *face) parse() (*font.Font, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.parsed != nil {
		return f.parsed, nil
	}
	data, err := f.Load()
	if err != nil {
		return nil, fmt.Errorf("load font %s: %w", f.Family, err)
	}
	parsed, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("parse font %s: %w", f.Family, err)
	}
	listCoverages(parsed.Font)
	f.parsed = parsed.Font
	return f.parsed, nil
}

// NewFonts returns the given fonts and the built-in ones. Of two files with the
// same family, weight and slant the first counts.
func NewFonts(files []FontFile) *Fonts {
	f := &Fonts{families: map[string][]*face{}}
	builtin := func(weight int, italic bool, data []byte) FontFile {
		return FontFile{"Go", weight, italic, func() ([]byte, error) { return data, nil }}
	}
	files = append([]FontFile{
		builtin(400, false, goregular.TTF), builtin(400, true, goitalic.TTF),
		builtin(500, false, gomedium.TTF), builtin(500, true, gomediumitalic.TTF),
		builtin(700, false, gobold.TTF), builtin(700, true, gobolditalic.TTF),
	}, files...)
	for _, file := range files {
		key := familyKey(file.Family)
		if f.families[key] == nil {
			f.names = append(f.names, file.Family)
		}
		f.families[key] = append(f.families[key], &face{FontFile: file})
	}
	slices.Sort(f.names)
	return f
}

// Families lists the known families by name.
func (f *Fonts) Families() []string { return slices.Clone(f.names) }

func familyKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "")) }

// SameFamily tells whether two names name the same family.
func SameFamily(a, b string) bool { return familyKey(a) == familyKey(b) }

// Find returns the first of the families that this node has. Its error names what
// was wanted.
func (f *Fonts) Find(families []string) (string, error) {
	for _, family := range families {
		if faces := f.families[familyKey(family)]; faces != nil {
			return faces[0].Family, nil
		}
	}
	return "", fmt.Errorf("%q", strings.Join(families, ", "))
}

// match is the face of a family that is nearest to weight and slant; nil without
// the family.
func (f *Fonts) match(family string, weight int, italic bool) *face {
	if faces := f.families[familyKey(family)]; faces != nil {
		return nearest(faces, weight, italic)
	}
	return nil
}

// nearest follows CSS Fonts 4, section 5.2: slant first, then weight, looking
// lighter first below 400, heavier first above 500.
func nearest(faces []*face, weight int, italic bool) *face {
	return slices.MinFunc(faces, func(a, b *face) int { return distance(a, weight, italic) - distance(b, weight, italic) })
}

func distance(f *face, weight int, italic bool) int {
	d := 0
	switch gap := f.Weight - weight; {
	case gap == 0:
	case weight >= 400 && weight <= 500:
		switch {
		case gap > 0 && f.Weight <= 500:
			d = gap
		case gap < 0:
			d = 1000 - gap
		default:
			d = 2000 + gap
		}
	case weight < 400 && gap < 0, weight > 500 && gap > 0:
		d = max(gap, -gap)
	default:
		d = 1000 + max(gap, -gap)
	}
	if f.Italic != italic {
		d += 10000
	}
	return d
}
