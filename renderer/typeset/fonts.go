package typeset

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomediumitalic"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/adloom/adloom/renderer/fontfile"
)

// FontFile is a font that can be loaded when it is first needed.
type FontFile struct {
	fontfile.Face
	Load func() ([]byte, error) // the whole file
}

// Builtin is the family that is part of the binary.
const Builtin = "Go"

// Fonts finds fonts by family, weight and slant. It always knows the family Go.
// Safe for concurrent use.
type Fonts struct {
	families map[string][]*source // by familyKey, of every name that a family has
	names    []string
}

// source is one font of a file, parsed when first used. A file that cannot be had is
// tried again at the next use; one that is broken stays so.
type source struct {
	FontFile
	mu     sync.Mutex
	parsed *fontfile.Font
	broken error
}

func (s *source) parse() (*fontfile.Font, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parsed != nil || s.broken != nil {
		return s.parsed, s.broken
	}
	data, err := s.Load()
	if err != nil {
		return nil, fmt.Errorf("load font %s: %w", s.Family, err)
	}
	parsed, err := fontfile.Load(data, s.Index)
	if err != nil {
		s.broken = fmt.Errorf("parse font %s: %w", s.Family, err)
		return nil, s.broken
	}
	listCoverages(parsed.Font)
	s.parsed = parsed
	return s.parsed, nil
}

// NewFonts returns the given fonts and the built-in ones. Of two files with the
// same family, weight and slant the second has what the first lacks.
func NewFonts(files []FontFile) *Fonts {
	f := &Fonts{families: map[string][]*source{}}
	return f.With(slices.Concat(builtin(), files))
}

func builtin() []FontFile {
	face := func(weight float64, italic bool, data []byte) FontFile {
		return FontFile{
			Face: fontfile.Face{Family: Builtin, Names: []string{Builtin}, Weight: [2]float64{weight, weight}, Italic: italic},
			Load: func() ([]byte, error) { return data, nil },
		}
	}
	return []FontFile{
		face(400, false, goregular.TTF), face(400, true, goitalic.TTF),
		face(500, false, gomedium.TTF), face(500, true, gomediumitalic.TTF),
		face(700, false, gobold.TTF), face(700, true, gobolditalic.TTF),
	}
}

// With returns these fonts and some more, which come first where names are alike.
func (f *Fonts) With(files []FontFile) *Fonts {
	more := map[string][]*source{}
	names := slices.Clone(f.names)
	for _, file := range files {
		s := &source{FontFile: file}
		if !slices.ContainsFunc(names, func(name string) bool { return SameFamily(name, file.Family) }) {
			names = append(names, file.Family)
		}
		keys := []string{familyKey(file.Family)}
		for _, name := range file.Names {
			if key := familyKey(name); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		for _, key := range keys {
			more[key] = append(more[key], s)
		}
	}
	all := &Fonts{families: map[string][]*source{}, names: names}
	for key, sources := range f.families {
		all.families[key] = sources
	}
	for key, sources := range more {
		all.families[key] = append(sources, all.families[key]...)
	}
	slices.Sort(all.names)
	return all
}

// Families lists the known families by name.
func (f *Fonts) Families() []string { return slices.Clone(f.names) }

func familyKey(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "")) }

// SameFamily tells whether two names name the same family.
func SameFamily(a, b string) bool { return familyKey(a) == familyKey(b) }

// Find returns the first of the families that this node has, and which of them it
// was. Its error names what was wanted.
func (f *Fonts) Find(families []string) (used string, index int, err error) {
	for i, family := range families {
		if sources := f.named(family); sources != nil {
			return sources[0].Family, i, nil
		}
	}
	return "", 0, fmt.Errorf("%q", strings.Join(families, ", "))
}

// named are the fonts of a family, or of the first one there is that a generic
// name of CSS stands for.
func (f *Fonts) named(family string) []*source {
	key := familyKey(family)
	if sources := f.families[key]; sources != nil {
		return sources
	}
	for _, family := range generic[key] {
		if sources := f.families[familyKey(family)]; sources != nil {
			return sources
		}
	}
	return nil
}

// matches are the fonts of a family that are nearest to weight and slant, in order;
// none without the family.
func (f *Fonts) matches(family string, weight int, italic bool) []*source {
	sources := f.named(family)
	if sources == nil {
		return nil
	}
	return nearest(sources, float64(weight), italic)
}

// nearest follows CSS Fonts 4, section 5.2: width first, then slant, then weight,
// looking lighter first below 400, heavier first above 500.
func nearest(sources []*source, weight float64, italic bool) []*source {
	least := math.Inf(1)
	for _, s := range sources {
		least = min(least, distance(s, weight, italic))
	}
	return slices.DeleteFunc(slices.Clone(sources), func(s *source) bool { return distance(s, weight, italic) > least })
}

func distance(s *source, weight float64, italic bool) float64 {
	d := 0.0
	gap := 0.0 // how much heavier the font is
	if s.Weight[0] > weight {
		gap = s.Weight[0] - weight
	} else if s.Weight[1] < weight {
		gap = s.Weight[1] - weight
	}
	switch {
	case gap == 0:
	case weight >= 400 && weight <= 500:
		switch {
		case gap > 0 && s.Weight[0] <= 500:
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
	if s.Italic != italic {
		d += 10_000
	}
	if s.Width != [2]float64{} && (s.Width[0] > 100 || s.Width[1] < 100) {
		d += 100_000
	}
	return d
}
