package templates

import (
	"fmt"
	"strings"
)

// Mistake is one thing wrong with a document.
type Mistake struct {
	Path     string `json:"path"` // such as layers[2].fit; empty for the document itself
	Expected string `json:"expected"`
	Found    string `json:"found"`
}

func (m Mistake) String() string {
	path := m.Path
	if path == "" {
		path = "document"
	}
	return fmt.Sprintf("%s: expected %s; found %s", path, m.Expected, m.Found)
}

// Mistakes is every mistake of a document, in the order of its parts.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, mistake := range m {
		lines[i] = mistake.String()
	}
	return strings.Join(lines, "\n")
}

// maxMistakes bounds the answer to a hostile document.
const maxMistakes = 100

type report struct{ mistakes Mistakes }

func (r *report) add(path, expected, found string) {
	if len(r.mistakes) < maxMistakes {
		r.mistakes = append(r.mistakes, Mistake{path, expected, found})
	}
}

func (r *report) err() error {
	if len(r.mistakes) == 0 {
		return nil
	}
	return r.mistakes
}
