package typeset

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"
)

// faceSet is what a text is drawn with: the matched faces of each family that its
// font lists, and what stands in where those lack a character.
type faceSet struct {
	font   Font
	listed []*face
}

// set finds the faces of a font.
func (s *Setter) set(want Font) (*faceSet, error) {
	if set, ok := s.sets.Get(want); ok {
		return set, nil
	}
	set := &faceSet{font: want}
	for _, family := range strings.Split(want.Families, ",") {
		if err := s.list(set, strings.TrimSpace(family)); err != nil {
			return nil, err
		}
	}
	if len(set.listed) == 0 {
		if err := s.list(set, Builtin); err != nil {
			return nil, err
		}
	}
	s.sets.Add(want, set)
	return set, nil
}

// setsOf finds the faces of each span.
func (s *Setter) setsOf(t *typed) ([]*faceSet, error) {
	sets := make([]*faceSet, len(t.spans))
	for i := range t.spans {
		var err error
		if sets[i], err = s.set(t.spans[i].font); err != nil {
			return nil, err
		}
	}
	return sets, nil
}

// list adds the faces of a family to a set. Only the first is read now: the others have
// what it lacks, and may be many.
func (s *Setter) list(set *faceSet, family string) error {
	for i, match := range s.matches(family, set.font) {
		if slices.Contains(set.listed, match) || len(set.listed) == mostListedFaces {
			continue
		}
		if i == 0 {
			if _, err := match.source.parse(); err != nil {
				return err
			}
		}
		set.listed = append(set.listed, match)
	}
	return nil
}

// mostListedFaces bounds the faces that are asked for each character.
const mostListedFaces = 1000

// matches are the faces of a family that fit weight and slant best: several where its
// characters are spread over files, as those of web fonts are. Others know a face by its
// address.
func (s *Setter) matches(family string, want Font) []*face {
	var faces []*face
	for _, source := range s.fonts.matches(family, want.Weight, want.Italic) {
		v := variantOf(source, float64(want.Weight), want.Italic)
		f, ok := s.faces.Get(v)
		if !ok {
			f = &face{variant: v}
			if known, ok, _ := s.faces.PeekOrAdd(v, f); ok { // another goroutine was first
				f = known
			}
		}
		faces = append(faces, f)
	}
	return faces
}

// standInKey names what stands in for a script.
type standInKey struct {
	weight int
	italic bool
	script language.Script
	lang   string
}

// standIns are the faces that are asked for a script when a set's own lack a
// character.
func (s *Setter) standIns(set *faceSet, script language.Script, lang string) []*face {
	key := standInKey{set.font.Weight, set.font.Italic, script, lang}
	if faces, ok := s.stands.Get(key); ok {
		return faces
	}
	var faces []*face
	for _, family := range standIns(script, lang) {
		for _, f := range s.matches(family, set.font) {
			if !slices.Contains(faces, f) {
				faces = append(faces, f)
			}
		}
	}
	s.stands.Add(key, faces)
	return faces
}

// face chooses the face of one user-perceived character: the first listed one that
// has all of it, else the first that stands in for its script. Emoji take the first
// face with colours. missing is true when no face has it.
func (w *worker) face(set *faceSet, script language.Script, lang string, cluster []rune) (f *face, missing bool) {
	look := presentation(cluster)
	for pass := range 2 {
		for _, faces := range [2][]*face{set.listed, nil} {
			if faces == nil {
				faces = w.setter.standIns(set, script, lang)
			}
			for _, f := range faces {
				wanted := look == asItComes || (look == asEmoji) == f.source.Color
				if (wanted || pass == 1) && w.has(f, cluster, look) {
					return f, false
				}
			}
		}
		if look == asItComes {
			break
		}
	}
	// No face has all of it: the one with its first character draws what it can.
	for _, f := range slices.Concat(set.listed, w.setter.standIns(set, script, lang)) {
		if w.has(f, cluster[:1], asItComes) {
			return f, len(cluster) > 1
		}
	}
	return set.listed[0], true
}

// has tells whether a face has the characters of a cluster that show something.
func (w *worker) has(f *face, cluster []rune, look look) bool {
	instance := w.instance(f)
	if instance == nil {
		return false
	}
	if look == asEmoji && f.source.Color { // the rest is for the font's substitutions
		_, ok := instance.NominalGlyph(cluster[0])
		return ok
	}
	if len(cluster) > 1 && !hasAll(instance, cluster) {
		composed := []rune(norm.NFC.String(string(cluster)))
		return len(composed) < len(cluster) && hasAll(instance, composed)
	}
	return hasAll(instance, cluster)
}

func hasAll(f *font.Face, cluster []rune) bool {
	for _, r := range cluster {
		if ignorable(r) {
			continue
		}
		if _, ok := f.NominalGlyph(r); !ok {
			return false
		}
	}
	return true
}
