package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/resultcache"
)

// Explainer says why the pictures of render URLs look as they do. It is safe for
// concurrent use.
type Explainer struct {
	Keys    Keys
	Pauses  Pauses
	Designs Designs
	Photos  Photos
	States  PhotoStates // may be nil
	Engine  *renderer.Engine
	Room    Room         // of the fresh renders; nil: there are no others
	Kept    KeptPictures // may be nil
	// AllowUnsigned is what ad networks meet; all URLs are explained.
	AllowUnsigned bool
}

// Designs are templates ready to draw.
type Designs interface {
	Design(ctx context.Context, customer, template string, version int) (*renderer.Design, error)
	// Published is the version that answers when a URL names none.
	Published(ctx context.Context, customer, template string) (int, error)
}

// PhotoStates tell what is known of a photo without a download.
type PhotoStates interface {
	State(ctx context.Context, url string) (PhotoState, error)
}

// PhotoState is what is cached of a photo.
type PhotoState struct {
	State   string        // a stable word: what a fetch would do with it
	Age     time.Duration // since it was downloaded or confirmed
	Recheck time.Duration // for so long the shop is left alone because of it
	Bytes   int64
	Failure error // why the shop is not asked for it now; may be nil
}

// KeptPictures are those drawn before.
type KeptPictures interface {
	Get(ctx context.Context, key string) (p *resultcache.Picture, fresh bool)
	Age(p *resultcache.Picture) time.Duration
}

// Explain explains a render URL, of which scheme and host do not matter, with a fresh
// render that is not kept. The error is that of a URL that cannot be read; what else
// goes wrong is part of the explanation.
func (e *Explainer) Explain(ctx context.Context, link string) (*Explanation, error) {
	signed, err := readRenderURL(link)
	if err != nil {
		return nil, err
	}
	request := signed.Request
	x := &Explanation{Canonical: signed.Canonical,
		Request: ExplainedRequest{request.Customer, request.Template, request.Version, string(request.Format)}}
	e.signature(x, signed)
	switch paused, whole := e.Pauses.Paused(request.Customer, request.Template); {
	case paused && whole:
		x.Paused = "customer"
	case paused:
		x.Paused = "template"
	}
	started := time.Now()
	f := &freshRender{explainer: e, request: request, out: x, laps: laps{last: started}}
	unfit := e.Engine.CanEncode(request.Format) // which refuses before all else, as for requests
	design, err := e.template(ctx, &f.request)
	f.lap("template")
	if f.request.Version > 0 { // which is all that ad networks' requests need to find it
		e.kept(ctx, x, f.request.CacheKey())
	}
	if err == nil {
		e.describe(ctx, x, design, f.request)
		x.explain(design.Explain(request.Fields))
		e.photos(ctx, x)
		f.last = time.Now() // what is looked up for the explanation alone is no part of the render
		if unfit == nil {
			err = f.draw(ctx, design)
		}
	}
	if unfit != nil {
		err = unfit
	}
	x.outcome(err)
	x.describe()
	var total time.Duration
	for _, s := range f.stages {
		x.Timings = append(x.Timings, ExplainedStage{s.Name, ms(s.Took)})
		total += s.Took
	}
	x.Render.TotalMS = ms(total)
	x.compare()
	x.noNulls()
	return x, nil
}

// signature judges a signature as the render endpoint does, but refuses nothing.
func (e *Explainer) signature(x *Explanation, signed renderurl.Signed) {
	if e.AllowUnsigned && len(signed.Signature) == 0 { // no keys are asked for
		x.Signature, x.SignatureDetail, x.Accepted = "none", renderurl.ErrNoSignature.Error(), true
		return
	}
	keys, err := e.Keys.Keys(signed.Request.Customer)
	if err == nil {
		err = signed.Verify(keys)
	}
	switch {
	case err == nil:
		x.Signature, x.Accepted = "good", true
		return
	case errors.Is(err, renderurl.ErrNoSignature):
		x.Signature = "none"
	case errors.Is(err, renderurl.ErrBadSignature), errors.Is(err, renderurl.ErrUnknownKey):
		x.Signature = "wrong"
	default:
		x.Signature = "unchecked"
	}
	x.SignatureDetail = err.Error()
}

// template finds the version that answers and writes it into the request.
func (e *Explainer) template(ctx context.Context, request *renderurl.Request) (*renderer.Design, error) {
	if request.Version == 0 {
		published, err := e.Designs.Published(ctx, request.Customer, request.Template)
		if err != nil {
			return nil, err
		}
		request.Version = published
	}
	return e.Designs.Design(ctx, request.Customer, request.Template, request.Version)
}

// describe says which template answers, and which version is the published one: a request
// that names its version does not ask for that.
func (e *Explainer) describe(ctx context.Context, x *Explanation, design *renderer.Design, request renderurl.Request) {
	published, err := e.Designs.Published(ctx, request.Customer, request.Template)
	if err != nil {
		published = 0
	}
	t := design.Template
	x.Template = &ExplainedTemplate{Version: request.Version, Published: published, Name: t.Name,
		Width: t.Width, Height: t.Height, Locale: t.Locale, Substitutes: []ExplainedSubstitute{}}
	for _, s := range design.Substitutes {
		x.Template.Substitutes = append(x.Template.Substitutes, ExplainedSubstitute(s))
	}
}

// kept looks for the picture that was drawn before.
func (e *Explainer) kept(ctx context.Context, x *Explanation, key string) {
	if e.Kept == nil {
		return
	}
	p, fresh := e.Kept.Get(ctx, key)
	if p == nil {
		return
	}
	x.Kept.State, x.Kept.AgeMS = "stale", ms(e.Kept.Age(p))
	if fresh {
		x.Kept.State = "fresh"
	}
	x.Kept.Picture = x.picture(p)
}

// outcome says what came of the render.
func (x *Explanation) outcome(err error) {
	if err == nil {
		if x.Render.Outcome == "" {
			x.Render.Outcome = "drawn"
		}
		return
	}
	p := problemOf(err)
	if p.Status == http.StatusTooManyRequests {
		x.Render.Outcome, x.Render.Refused = "refused", p
		return
	}
	x.Render.Outcome, x.Render.Error = "failed", p
}

// problemOf is what clients are told of an error, with the cause that they are not told.
func problemOf(err error) *problem {
	p := explain(err)
	if p.internal() || p.Status >= http.StatusInternalServerError {
		p.Detail = err.Error()
	}
	return &p
}

// compare says whether the kept picture is the one that was drawn now.
func (x *Explanation) compare() {
	if x.Kept.State == "" {
		x.Kept.State = "none"
	}
	if x.Picture != nil && x.Kept.Picture != nil && x.Picture.ETag == x.Kept.Picture.ETag {
		x.Kept.Same, x.Kept.Picture.Data = true, nil
	}
}
