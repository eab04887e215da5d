package renderer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/adloom/adloom/renderer/fontfile"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/templates"
)

// maxFonts bounds what the fonts among one template's assets take in memory.
const maxFonts = 256 << 20

// fontsOf are the engine's fonts and those among a template's assets, of which each is
// loaded once to see whether it can be. What is kept of texts that may be set in them
// goes with them.
func (e *Engine) fontsOf(ctx context.Context, t *templates.Template, mistakes *templates.Mistakes) (fonts, error) {
	var files []typeset.FontFile
	took := int64(0)
	for _, name := range slices.Sorted(maps.Keys(t.Assets)) {
		data := t.Assets[name]
		if !isFont(data) {
			continue
		}
		faces, err := fontfile.Describe(bytes.NewReader(data))
		for _, face := range faces {
			if err := ctx.Err(); err != nil {
				return fonts{}, err
			}
			if face.Family == "" {
				err = errors.New("one without a family name, which templates could ask for")
				break
			}
			var font *fontfile.Font
			if font, err = fontfile.Load(data, face.Index); err != nil {
				break
			}
			if took += font.Bytes; took > maxFonts {
				*mistakes = append(*mistakes, templates.Mistake{Path: "asset:" + name, Expected: fmt.Sprintf("fonts that take at most %d bytes of memory together", maxFonts), Found: fmt.Sprint(took)})
				return fonts{e.setter, 0}, nil
			}
			files = append(files, typeset.FontFile{Face: face, Load: func() ([]byte, error) { return data, nil }})
		}
		if err != nil {
			*mistakes = append(*mistakes, templates.Mistake{Path: "asset:" + name, Expected: "a TrueType, OpenType, WOFF or WOFF2 font", Found: err.Error()})
		}
	}
	if len(files) == 0 {
		return fonts{e.setter, 0}, nil
	}
	return fonts{typeset.New(e.setter.Fonts().With(files), e.ownText), took + e.ownText}, nil
}

// isFont tells by its first bytes whether a file is a font.
func isFont(data []byte) bool {
	for _, magic := range []string{"\x00\x01\x00\x00", "OTTO", "ttcf", "true", "wOFF", "wOF2"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return true
		}
	}
	return false
}

// checkFonts finds the fonts of a text. One that is missing fails the template, hides
// the text, or is replaced, as the layer says.
func (d *Design) checkFonts(l *templates.Text, at string, mistakes *templates.Mistakes) {
	d.checkFont(l, l.Fonts, at, mistakes)
	for i := range l.Spans {
		if !slices.Equal(l.Spans[i].Fonts, l.Fonts) {
			d.checkFont(l, l.Spans[i].Fonts, fmt.Sprintf("%s.spans[%d]", at, i), mistakes)
		}
	}
}

func (d *Design) checkFont(l *templates.Text, families []string, at string, mistakes *templates.Mistakes) {
	known := d.fonts.setter.Fonts()
	used, index, err := known.Find(slices.Concat(families, l.Fallback))
	switch {
	case err == nil && index == 0:
	case l.Missing == templates.MissingHide:
		d.fontless[l] = true
		d.substitute(Substitute{l.ID, families[0], ""})
	case err != nil:
		*mistakes = append(*mistakes, templates.Mistake{Path: at + ".font", Expected: "a font family of this node (" + strings.Join(known.Families(), ", ") + ")", Found: err.Error()})
	case l.Missing == templates.MissingFail:
		*mistakes = append(*mistakes, templates.Mistake{Path: at + ".font", Expected: "the family " + families[0] + ", without which the layer fails", Found: "a node that has only " + used})
	default:
		d.substitute(Substitute{l.ID, families[0], used})
	}
}

// substitute notes what stands in, once for all spans of a layer.
func (d *Design) substitute(s Substitute) {
	if !slices.Contains(d.Substitutes, s) {
		d.Substitutes = append(d.Substitutes, s)
	}
}
