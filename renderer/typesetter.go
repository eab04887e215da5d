package renderer

import (
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// typesetter shapes text. It keeps what shaping learns about fonts, and so belongs
// to one goroutine at a time.
type typesetter struct {
	shaper shaping.HarfbuzzShaper
	faces  map[*face]*font.Face
}

// keptFaces bounds what a typesetter remembers.
const keptFaces = 64

// typesetter lends one out; the caller gives it back.
func (e *Engine) typesetter() (t *typesetter, giveBack func()) {
	t, ok := e.typesetters.Get().(*typesetter)
	if !ok || len(t.faces) > keptFaces {
		t = &typesetter{faces: map[*face]*font.Face{}}
	}
	return t, func() { e.typesetters.Put(t) }
}

// choose returns what a text is drawn with: the matched face of each family that
// it lists, then the built-in one.
func (t *typesetter) choose(fonts *Fonts, families []string, weight int, italic bool) ([]*font.Face, error) {
	var faces []*font.Face
	for _, family := range append(slices.Clone(families), "Go") {
		match, err := fonts.match([]string{family}, weight, italic)
		if err != nil {
			continue // a later one stands in
		}
		if t.faces[match] == nil {
			parsed, err := match.parse()
			if err != nil {
				return nil, err
			}
			t.faces[match] = font.NewFace(parsed)
		}
		faces = append(faces, t.faces[match])
	}
	return faces, nil
}
