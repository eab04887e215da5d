package renderer

import (
	"crypto/sha256"
	"image"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/adloom/adloom/internal/bytecache"
	"github.com/adloom/adloom/internal/icc"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/mask"
	"github.com/adloom/adloom/renderer/resample"
	"github.com/adloom/adloom/renderer/typeset"
)

// Engine draws. It is safe for concurrent use.
type Engine struct {
	limits imageinfo.Limits
	codecs Codecs

	setter        *typeset.Setter
	ownText       int64 // what a design with fonts of its own keeps of texts, in bytes
	memory        memory
	pngs          pngs
	scratches     sync.Pool // *resample.Scratch
	cutouts       sync.Pool // *cutout.Scratch
	maskScratches sync.Pool // *mask.Scratch
	plans         *bytecache.Cache[resample.Geometry, *resample.Plan]
	planePlans    *bytecache.Cache[planesKey, *resample.PlanesPlan]
	transforms    *lru.Cache[[sha256.Size]byte, *icc.Transform] // by the profile's hash
	press         func() *icc.Transform
	photos        *photoCache
	masks         *bytecache.Cache[any, *image.Alpha] // by bandKey and figureKey
	clothes       *bytecache.Cache[wornKey, clothes]
	drawings      *bytecache.Cache[drawingKey, *image.RGBA]
}

// Budgets bound the memory of an engine's caches, in bytes. A budget of 0 switches
// its cache off.
type Budgets struct {
	Photos int64 // decoded photos, fitted into their boxes
	Text   int64 // shaped text and glyphs; a sixteenth more for each design with fonts of its own
	Masks  int64 // corners, shadows, drawings
	Plans  int64 // weights for scaling photos of the sizes seen most
	Idle   int64 // pixels that renders gave back, for the next ones
}

// DefaultBudgets are for a node with some gigabytes of memory.
func DefaultBudgets() Budgets {
	return Budgets{Photos: 256 << 20, Text: 64 << 20, Masks: 64 << 20, Plans: 64 << 20, Idle: 128 << 20}
}

// New returns an engine that knows the fonts, refuses photos over the limits, uses
// the codecs, and keeps what it made within the budgets.
func New(fonts *typeset.Fonts, limits imageinfo.Limits, codecs Codecs, budgets Budgets) *Engine {
	transforms, err := lru.New[[sha256.Size]byte, *icc.Transform](keptTransforms)
	if err != nil {
		panic(err) // the size is right
	}
	if codecs.JPEG == nil {
		codecs.JPEG = builtinJPEG{}
	}
	return &Engine{
		limits: limits, codecs: codecs,
		setter: typeset.New(fonts, budgets.Text), ownText: budgets.Text / 16,
		plans:      bytecache.New[resample.Geometry, *resample.Plan](budgets.Plans / 2),
		planePlans: bytecache.New[planesKey, *resample.PlanesPlan](budgets.Plans / 2),
		transforms: transforms, press: sync.OnceValue(icc.Press),
		photos:   newPhotoCache(budgets.Photos),
		memory:   memory{idle: map[int][]*image.RGBA{}, budget: budgets.Idle},
		masks:    bytecache.New[any, *image.Alpha](budgets.Masks / 2),
		clothes:  bytecache.New[wornKey, clothes](budgets.Masks / 4),
		drawings: bytecache.New[drawingKey, *image.RGBA](budgets.Masks / 4),
	}
}

// Cached is what the engine's caches hold now, in bytes.
func (e *Engine) Cached() Budgets {
	return Budgets{
		Photos: e.photos.kept.Bytes(),
		Text:   e.setter.Bytes(),
		Masks:  e.masks.Bytes() + e.clothes.Bytes() + e.drawings.Bytes(),
		Plans:  e.plans.Bytes() + e.planePlans.Bytes(),
		Idle:   e.memory.kept(),
	}
}

func (e *Engine) maskScratch() *mask.Scratch {
	if s, ok := e.maskScratches.Get().(*mask.Scratch); ok {
		return s
	}
	return &mask.Scratch{}
}
