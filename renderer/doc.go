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
	"crypto/sha256"
	"errors"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/adloom/adloom/internal/icc"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/resample"
)

// Engine draws. It is safe for concurrent use.
type Engine struct {
	fonts  *Fonts
	limits imageinfo.Limits
	codecs Codecs

	typesetters sync.Pool
	scratches   sync.Pool
	plans       *lru.Cache[resample.Geometry, *resample.Plan]
	transforms  *lru.Cache[[sha256.Size]byte, *icc.Transform] // by the profile's hash
	press       func() *icc.Transform
}

// New returns an engine that knows the fonts, refuses photos over the limits and
// uses the codecs.
func New(fonts *Fonts, limits imageinfo.Limits, codecs Codecs) *Engine {
	plans, err1 := lru.New[resample.Geometry, *resample.Plan](keptPlans)
	transforms, err2 := lru.New[[sha256.Size]byte, *icc.Transform](keptTransforms)
	if err := errors.Join(err1, err2); err != nil {
		panic(err) // the sizes are right
	}
	return &Engine{fonts: fonts, limits: limits, codecs: codecs, plans: plans, transforms: transforms, press: sync.OnceValue(icc.Press)}
}
