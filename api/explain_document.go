package api

import (
	"time"

	"github.com/adloom/adloom/renderer"
)

// Explanation says why a render URL's picture looks as it does. Its JSON is for programs,
// too: keys stay, lists are never null, and what is not known is null or not there.
type Explanation struct {
	RequestID       string             `json:"request_id,omitempty"`
	Canonical       string             `json:"canonical"`                  // what is signed: path and query
	Signature       string             `json:"signature"`                  // good, none, wrong or unchecked
	SignatureDetail string             `json:"signature_detail,omitempty"` // what is wrong
	Accepted        bool               `json:"accepted"`                   // ad networks get an answer with this signature
	Paused          string             `json:"paused"`                     // customer or template: an operator has paused it; else empty
	Request         ExplainedRequest   `json:"request"`
	Render          ExplainedRender    `json:"render"`
	Template        *ExplainedTemplate `json:"template"` // null when there is none
	Fields          []ExplainedField   `json:"fields"`
	Conditions      []ExplainedValue   `json:"conditions"`
	Expressions     []ExplainedValue   `json:"expressions"`
	Layers          []ExplainedLayer   `json:"layers"`
	Texts           []ExplainedText    `json:"texts"`
	Photos          []ExplainedPhoto   `json:"photos"`
	Timings         []ExplainedStage   `json:"timings"` // of the fresh render
	Picture         *ExplainedPicture  `json:"picture"` // of the fresh render; null when there is none
	Kept            ExplainedKept      `json:"kept"`
	explained       *renderer.Explanation
}

// ExplainedRequest is what the URL asks for.
type ExplainedRequest struct {
	Customer string `json:"customer"`
	Template string `json:"template"`
	Version  int    `json:"version"` // 0: it names none
	Format   string `json:"format"`
}

// ExplainedRender is what came of a fresh render.
type ExplainedRender struct {
	Outcome string   `json:"outcome"`           // drawn, degraded (without a photo), failed, or refused (for load; the URL may work later)
	Error   *problem `json:"error,omitempty"`   // with failed: what the URL is answered with
	Refused *problem `json:"refused,omitempty"` // with refused
	TotalMS float64  `json:"total_ms"`
}

// ExplainedTemplate is the version that answers.
type ExplainedTemplate struct {
	Version     int                   `json:"version"`
	Published   int                   `json:"published"` // 0: none, or not known now
	Name        string                `json:"name"`
	Width       int                   `json:"width"`
	Height      int                   `json:"height"`
	Locale      string                `json:"locale"`
	Substitutes []ExplainedSubstitute `json:"substitutes"`
}

// ExplainedSubstitute is a font family that this machine lacks.
type ExplainedSubstitute struct {
	Layer  string `json:"layer"`
	Wanted string `json:"wanted"`
	Used   string `json:"used"` // empty: the layer is hidden
}

// ExplainedField is a field of the product, or one that the template knows.
type ExplainedField struct {
	Name     string `json:"name"`
	Type     string `json:"type,omitempty"`
	Declared bool   `json:"declared"` // by the template; others are not looked at
	Required bool   `json:"required"`
	Given    string `json:"given"`  // as it came, empty: not at all
	Normal   string `json:"normal"` // as the template reads it
	Read     bool   `json:"read"`   // a condition or a drawn layer asks for it
	Error    string `json:"error,omitempty"`
}

// ExplainedValue is a condition or a {{…}}.
type ExplainedValue struct {
	Layer  string   `json:"layer"`
	Path   string   `json:"path"`
	Source string   `json:"source"`
	Reads  []string `json:"reads"`
	Used   bool     `json:"used"`  // the render asks for it
	Kind   string   `json:"kind"`  // boolean, number, text, money, missing or error
	Value  any      `json:"value"` // true or false, a number or a text (money, too); null for missing and error
	Text   string   `json:"text"`  // what stands in its place in a text
	Error  string   `json:"error,omitempty"`
}

// ExplainedLayer is a layer and what became of it.
type ExplainedLayer struct {
	ID       string        `json:"id"`
	Type     string        `json:"type"`
	Path     string        `json:"path"`
	Group    string        `json:"group,omitempty"`
	Drawn    bool          `json:"drawn"`
	Why      string        `json:"why,omitempty"` // it is not drawn: a word of renderer.Why
	Content  string        `json:"content,omitempty"`
	Fallback bool          `json:"fallback,omitempty"` // content stands in for what is missing
	Error    string        `json:"error,omitempty"`
	Box      *ExplainedBox `json:"box"` // on the canvas; null when it has no place
}

// ExplainedBox is in pixels, before any rotation.
type ExplainedBox struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// ExplainedText is a text and how it came out, or would if it were not hidden.
type ExplainedText struct {
	Layer        string   `json:"layer"`
	Text         string   `json:"text"`
	Lines        []string `json:"lines"`
	Whole        bool     `json:"whole"`         // nothing was cut
	Cut          string   `json:"cut,omitempty"` // what is left out at its end
	Size         float64  `json:"size"`          // pixels per em, as chosen
	LargestSize  float64  `json:"largest_size"`
	SmallestSize float64  `json:"smallest_size"`
	Width        float64  `json:"width"` // of the lines
	Height       float64  `json:"height"`
	FontsWanted  []string `json:"fonts_wanted"`
	FontsUsed    []string `json:"fonts_used"`
	StandIns     []string `json:"stand_ins"`          // of those used, the ones that are not the first choice
	Missing      []string `json:"missing_characters"` // that no font has, such as "ᚠ (U+16A0)"
}

// ExplainedPhoto is a photo of a layer that is drawn.
type ExplainedPhoto struct {
	URL         string               `json:"url"`
	Layers      []string             `json:"layers"`
	Cache       *ExplainedPhotoState `json:"cache"`   // before the render; null when it is not known
	Fetched     bool                 `json:"fetched"` // the render has it
	FromCache   bool                 `json:"from_cache"`
	TookMS      float64              `json:"took_ms"`
	Bytes       int                  `json:"bytes"`
	Format      string               `json:"format,omitempty"`
	Width       int                  `json:"width"` // as a viewer sees it
	Height      int                  `json:"height"`
	Orientation int                  `json:"orientation,omitempty"` // EXIF
	Space       string               `json:"space,omitempty"`       // gray, rgb or cmyk
	Error       *problem             `json:"error,omitempty"`
}

// ExplainedPhotoState is what is cached of a photo.
type ExplainedPhotoState struct {
	State     string  `json:"state"` // a word of fetcher.Freshness, or unknown
	AgeMS     float64 `json:"age_ms"`
	RecheckMS float64 `json:"recheck_ms"` // for so long the shop is left alone because of it
	Bytes     int64   `json:"bytes"`
	Error     string  `json:"error,omitempty"` // why the shop is not asked now, or why the cache cannot tell
}

// ExplainedStage is one stage of the render.
type ExplainedStage struct {
	Stage string  `json:"stage"`
	MS    float64 `json:"ms"`
}

// ExplainedPicture is a picture. Data is base64 in JSON.
type ExplainedPicture struct {
	ContentType string `json:"content_type"`
	Width       int    `json:"width"`
	Height      int    `json:"height"`
	Bytes       int    `json:"bytes"`
	ETag        string `json:"etag"`
	Data        []byte `json:"data,omitempty"` // not there when it is not wanted, or too large
}

// ExplainedKept is the picture that was drawn before and kept: while it is fresh it is
// what ad networks get.
type ExplainedKept struct {
	State   string            `json:"state"` // fresh, stale, or none
	AgeMS   float64           `json:"age_ms"`
	Same    bool              `json:"same"`    // it has the bytes of the fresh render
	Picture *ExplainedPicture `json:"picture"` // null for none; without data when it is the same
}

// inline takes out the data of pictures that are not wanted or too large.
func (e *Explanation) inline(wanted bool) {
	for _, p := range []*ExplainedPicture{e.Picture, e.Kept.Picture} {
		if p != nil && (!wanted || p.Bytes > mostInline) {
			p.Data = nil
		}
	}
}

// ms is a time in milliseconds, of which thousandths count.
func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
