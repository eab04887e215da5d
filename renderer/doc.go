// Package renderer turns a template and a product's fields into a picture.
//
// It works in three steps. Compile makes a Design from a template: its assets
// decoded, its fonts found. Resolve makes a Scene from a Design and a product:
// conditions decided, hidden layers gone, texts and photo URLs final. Paint draws
// a Scene, and Encode writes the picture. Nothing depends on time, place, chance
// or map order: the same scene and photos give the same bytes.
//
// The package is pure. It reads no file and opens no connection, and it compiles
// for GOOS=js GOARCH=wasm.
package renderer

import (
	"sync"

	"github.com/adloom/adloom/internal/imageinfo"
)

// Engine draws. It is safe for concurrent use.
type Engine struct {
	fonts  *Fonts
	limits imageinfo.Limits
	codecs Codecs

	typesetters sync.Pool
}

// New returns an engine that knows the fonts, refuses photos over the limits and
// uses the codecs.
func New(fonts *Fonts, limits imageinfo.Limits, codecs Codecs) *Engine {
	return &Engine{fonts: fonts, limits: limits, codecs: codecs}
}
