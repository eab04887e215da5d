package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

// explainRaw asks for an explanation with a query as it stands.
func (w *world) explainRaw(query string) answer {
	w.t.Helper()
	rec := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, "/explain?"+query, nil)
	w.api.ExplainHandler().ServeHTTP(rec, req)
	return answer{rec.Code, rec.Header(), rec.Body.Bytes()}
}

// explain asks for the explanation of a render URL, which there must be.
func (w *world) explain(link string) *api.Explanation {
	w.t.Helper()
	a := w.explainRaw(url.Values{"url": {link}}.Encode())
	if a.status != http.StatusOK {
		w.t.Fatalf("explain %s: %d %s", link, a.status, a.body)
	}
	for name, want := range map[string]string{"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := a.header.Get(name); got != want {
			w.t.Errorf("%s: %q; want %q", name, got, want)
		}
	}
	if bytes.ContainsAny(a.body, "<>&") {
		w.t.Errorf("an answer that HTML could take for its own: %s", a.body)
	}
	for _, list := range []string{"fields", "conditions", "expressions", "layers", "texts", "photos", "timings"} {
		if !bytes.Contains(a.body, []byte(`"`+list+`":[`)) {
			w.t.Errorf("%s is no list in %s", list, a.body)
		}
	}
	var x api.Explanation
	if err := json.Unmarshal(a.body, &x); err != nil {
		w.t.Fatal(err)
	}
	if x.RequestID == "" || x.RequestID != a.header.Get("X-Request-Id") {
		w.t.Errorf("request_id %q beside the header's %q", x.RequestID, a.header.Get("X-Request-Id"))
	}
	w.empty("explain " + link)
	return &x
}

func (w *world) layer(x *api.Explanation, id string) api.ExplainedLayer {
	w.t.Helper()
	i := slices.IndexFunc(x.Layers, func(l api.ExplainedLayer) bool { return l.ID == id })
	if i < 0 {
		w.t.Fatalf("no layer %s in %+v", id, x.Layers)
	}
	return x.Layers[i]
}

func TestExplain(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	link := w.url(func(r *renderurl.Request) { r.Fields["price"], r.Fields["colour"] = "$12.5", "<b>&" })
	x := w.explain(link)
	if x.Signature != "good" || !x.Accepted || x.Request.Customer != "acme" || x.Request.Version != 1 || x.Request.Format != "png" {
		t.Errorf("request %+v, signature %s, accepted %v", x.Request, x.Signature, x.Accepted)
	}
	if x.Template == nil || x.Template.Version != 1 || x.Template.Published != 2 || x.Template.Width != 40 || x.Template.Name != "card" {
		t.Errorf("template %+v", x.Template)
	}
	if got := x.Fields; len(got) != 5 || got[1].Normal != "12.50 USD" || !got[1].Read || got[4].Name != "colour" || got[4].Declared || got[4].Given != "<b>&" {
		t.Errorf("fields %+v", got)
	}
	if got := x.Conditions; len(got) != 1 || got[0].Source != "sale_price < price" || got[0].Value != false || !got[0].Used || got[0].Kind != "boolean" {
		t.Errorf("conditions %+v", got)
	}
	if got := x.Expressions; len(got) != 2 || got[1].Value != "Hat" || got[1].Kind != "text" {
		t.Errorf("expressions %+v", got)
	}
	if l := w.layer(x, "badge"); l.Drawn || l.Why != "condition" || l.Box != nil {
		t.Errorf("badge %+v", l)
	}
	if l := w.layer(x, "photo"); !l.Drawn || l.Content != photoURL || l.Box == nil || l.Box.Width != 40 {
		t.Errorf("photo %+v", l)
	}
	if got := x.Texts; len(got) != 1 || got[0].Text != "Hat" || !slices.Equal(got[0].FontsUsed, []string{"Go"}) || got[0].Size != 8 || !got[0].Whole {
		t.Errorf("texts %+v", got)
	}
	if got := x.Photos; len(got) != 1 || got[0].URL != photoURL || !got[0].Fetched || got[0].Width != 8 || got[0].Bytes == 0 || !slices.Equal(got[0].Layers, []string{"photo"}) || got[0].Cache != nil {
		t.Errorf("photos %+v", got)
	}
	var stages []string
	for _, s := range x.Timings {
		stages = append(stages, s.Stage)
	}
	if got := strings.Join(stages, " "); got != "template wait resolve download render encode" {
		t.Errorf("stages %s", got)
	}
	if x.Render.Outcome != "drawn" || x.Render.Error != nil || x.Render.Refused != nil || x.Render.TotalMS <= 0 {
		t.Errorf("render %+v", x.Render)
	}
	// It is the picture that the URL is answered with, and it was not kept.
	if x.Kept.State != "none" || x.Kept.Picture != nil {
		t.Errorf("kept %+v", x.Kept)
	}
	if again := w.explain(link); again.Kept.State != "none" {
		t.Errorf("the explanation's own picture is kept: %+v", again.Kept)
	}
	real := w.get(link)
	if real.header.Get("X-Cache") != "miss" || !bytes.Equal(real.body, x.Picture.Data) || real.header.Get("ETag") != x.Picture.ETag || x.Picture.ContentType != "image/png" {
		t.Errorf("X-Cache %s, and the picture is another: %+v", real.header.Get("X-Cache"), x.Picture)
	}
	w.keptAll(1)
	if x := w.explain(link); x.Kept.State != "fresh" || !x.Kept.Same || x.Kept.Picture.Data != nil || x.Kept.Picture.Bytes != len(real.body) {
		t.Errorf("kept %+v", x.Kept)
	}
}

func TestExplainKeptDiffers(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	link := w.url(nil)
	before := w.get(link)
	w.keptAll(1)
	var white bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	if err := png.Encode(&white, img); err != nil {
		t.Fatal(err)
	}
	w.photos = func(context.Context, string) (*fetcher.Photo, error) {
		return &fetcher.Photo{Data: white.Bytes(), FromCache: true}, nil
	}
	x := w.explain(link)
	if x.Kept.State != "fresh" || x.Kept.Same || !bytes.Equal(x.Kept.Picture.Data, before.body) || bytes.Equal(x.Picture.Data, before.body) || !x.Photos[0].FromCache {
		t.Errorf("kept %+v beside %+v", x.Kept, x.Picture)
	}
}

// A kept picture is sent whatever has become of its template.
func TestExplainKeptWithoutTemplate(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	link := w.url(nil)
	before := w.get(link)
	w.keptAll(1)
	w = setup(t, func(_ *api.Config, p *api.Parts) { p.Results = w.results })
	w.source.away.Store(true)
	path := w.server.URL + link[strings.Index(link, "/r/"):]
	x := w.explain(path)
	if x.Render.Error == nil || x.Render.Error.Type != "templates_away" || x.Kept.State != "fresh" || x.Kept.Same ||
		!bytes.Equal(x.Kept.Picture.Data, before.body) || x.Kept.Picture.Width != 40 || x.Kept.Picture.Height != 30 {
		t.Errorf("render %+v, kept %+v", x.Render.Error, x.Kept)
	}
	if a := w.get(path); a.header.Get("X-Cache") != "hit" || !bytes.Equal(a.body, before.body) {
		t.Errorf("ad networks get %d %s", a.status, a.header.Get("X-Cache"))
	}
}

// What the URL does not name, and what nobody has signed, is explained all the same.
func TestExplainForms(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	signed := w.url(nil)
	path := strings.TrimPrefix(signed, w.server.URL)
	unsigned := path[:strings.Index(path, "&sig=")]
	f := func(link, signature string) {
		t.Helper()
		x := w.explain(link)
		if x.Signature != signature || x.Accepted != (signature == "good") || (x.SignatureDetail == "") != (signature == "good") || x.Render.Outcome != "drawn" || x.Picture == nil {
			t.Errorf("%s: signature %s (%s), accepted %v, render %+v", link, x.Signature, x.SignatureDetail, x.Accepted, x.Render)
		}
	}
	f(signed, "good")
	f(path, "good")
	f("https://ads.example.com/some/prefix"+path, "good")
	f("//ads.example.com:99"+path+"#top", "good")
	f(unsigned, "none")
	f(unsigned+"&sig=AAAAAAAAAAAAAAAAAAAAAA", "wrong")
	f(unsigned+"&sig=%3Cscript%3E", "wrong")
	f(strings.Replace(path, "Hat", "Cat", 1), "wrong")
	f(path+"&kid=k9", "wrong")

	open := setup(t, func(c *api.Config, _ *api.Parts) { c.AllowUnsigned = true })
	if x := open.explain(unsigned); x.Signature != "none" || !x.Accepted {
		t.Errorf("unsigned URLs are let in here: %s, accepted %v", x.Signature, x.Accepted)
	}
	// Where no keys are asked for, they need not be readable.
	if x := open.explain("/r/damaged/card.png"); x.Signature != "none" || !x.Accepted {
		t.Errorf("unsigned, and keys that cannot be read: %s, accepted %v", x.Signature, x.Accepted)
	}
	if x := w.explain("/r/damaged/card.png"); x.Signature != "unchecked" || x.Accepted || x.Render.Error.Type != "unknown_template" {
		t.Errorf("keys that cannot be read: %s, %+v", x.Signature, x.Render)
	}
}

// No explanation has a key, or the signature that would be right.
func TestExplainKeepsSecrets(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	path := strings.TrimPrefix(w.url(nil), w.server.URL)
	unsigned, sig, _ := strings.Cut(path, "&sig=")
	for _, link := range []string{unsigned, unsigned + "&sig=AAAAAAAAAAAAAAAAAAAAAA", unsigned + "&kid=k1&sig=AAAAAAAAAAAAAAAAAAAAAA"} {
		a := w.explainRaw(url.Values{"url": {link}}.Encode())
		for _, secret := range []string{sig, string(w.key.Secret), "c3Nzc3Nz", "73737373"} {
			if bytes.Contains(a.body, []byte(secret)) {
				t.Errorf("%s: the explanation has %q", link, secret)
			}
		}
	}
}

func TestExplainRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	f := func(query, want string) {
		t.Helper()
		a := w.explainRaw(query)
		if p := a.problem(t); a.status != http.StatusBadRequest || p["type"] != "malformed_url" || !strings.Contains(p["detail"].(string), want) {
			t.Errorf("%s: %d %s; want %q", query, a.status, a.body, want)
		}
	}
	f("", "expected url=… percent-encoded")
	f("url=", "expected url=… percent-encoded")
	f("url=%zz", "expected url=… percent-encoded")
	f("url=/r/acme/card.png?title=Hat&price=1", `found "price"`) // pasted as it was
	f("url=/r/acme/card.png&url=/r/acme/card.png", `found "url"`)
	f("url=/r/acme/card.png&picture=maybe", `found "picture=maybe"`)
	f("url="+url.QueryEscape("http://[::1/r/acme/card.png"), "url: expected an address")
	f("url="+url.QueryEscape("/elsewhere"), "/r/{customer}/{template}@{version}.{ext}")
	f("url="+url.QueryEscape("/r/acme/card.gif"), "extension: expected one of jpg, png, webp")
	f("url="+url.QueryEscape("/r/Acme/card.png"), "customer: expected")
	f("url="+url.QueryEscape("/r/acme/card@0.png"), "version: expected")
	f("url="+url.QueryEscape("/r/acme/card.png?Title=x"), "field name: expected")
	f("url="+url.QueryEscape("/r/acme/card.png?title="+strings.Repeat("x", 9000)), "at most 8192 bytes")

	rec := httptest.NewRecorder()
	w.api.ExplainHandler().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/explain?url=%2Fr%2Facme%2Fcard.png", nil))
	if rec.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", rec.Code)
	}
}

// A render that fails is explained as far as it can be.
func TestExplainFailures(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.documents["broken@1"] = strings.Replace(card, `"width":40,"height":30`, `"width":0,"height":30`, 1)
	w.source.documents["hide@1"] = strings.Replace(card, `"src":"{{image_link}}"`, `"src":"{{image_link}}","fallback":"hide"`, 1)
	f := func(change func(*renderurl.Request), outcome, kind, detail string) *api.Explanation {
		t.Helper()
		x := w.explain(w.url(change))
		if x.Signature != "good" || x.Render.Outcome != outcome {
			t.Errorf("%s: signature %s, render %+v; want %s", kind, x.Signature, x.Render, outcome)
		}
		if outcome == "failed" && (x.Render.Error == nil || x.Render.Error.Type != kind || !strings.Contains(x.Render.Error.Detail, detail) || x.Picture != nil) {
			t.Errorf("render %+v; want %s with %q", x.Render.Error, kind, detail)
		}
		return x
	}
	if x := f(func(r *renderurl.Request) { r.Template = "nothing" }, "failed", "unknown_template", "nothing"); x.Template != nil || len(x.Layers) != 0 {
		t.Errorf("an unknown template: %+v", x)
	}
	f(func(r *renderurl.Request) { r.Version = 9 }, "failed", "unknown_template", "card@9")
	if x := f(func(r *renderurl.Request) { r.Template = "broken" }, "failed", "broken_template", "width"); len(x.Render.Error.Mistakes) != 1 {
		t.Errorf("mistakes %+v", x.Render.Error.Mistakes)
	}

	// A required field that is missing: what can be settled is, and no photo is asked for.
	photos := w.photos
	w.photos = func(context.Context, string) (*fetcher.Photo, error) { panic("a photo is asked for in vain") }
	x := f(func(r *renderurl.Request) {
		delete(r.Fields, "title")
		r.Fields["price"] = "5 USD"
		r.Fields["sale_price"] = "4 USD"
	}, "failed", "bad_field", "title")
	if l := w.layer(x, "title"); l.Drawn || l.Why != "failed" || !strings.Contains(l.Error, "title") {
		t.Errorf("title %+v", l)
	}
	if l := w.layer(x, "badge"); !l.Drawn || x.Conditions[0].Value != true || len(x.Photos) != 1 || x.Photos[0].Fetched {
		t.Errorf("badge %+v, conditions %+v, photos %+v", l, x.Conditions, x.Photos)
	}
	x = f(func(r *renderurl.Request) { r.Fields["price"] = "5 USD"; r.Fields["sale_price"] = "4 EUR" }, "failed", "bad_expression", "EUR and USD")
	if c := x.Conditions[0]; c.Kind != "error" || c.Value != nil || !strings.Contains(c.Error, "EUR and USD") {
		t.Errorf("condition %+v", c)
	}

	// A photo that cannot be had.
	gone := &fetcher.Error{URL: photoURL, Reason: fetcher.BadStatus, Status: 404, Err: errors.New("expected 200; found 404")}
	w.photos = func(context.Context, string) (*fetcher.Photo, error) { return nil, gone }
	x = f(nil, "failed", "photo_unavailable", "404")
	if p, l := x.Photos[0], w.layer(x, "photo"); p.Fetched || p.Error == nil || p.Error.ShopStatus != 404 || p.Error.Reason != "bad_status" || l.Why != "failed" || l.Drawn {
		t.Errorf("photo %+v, layer %+v", p, l)
	}
	x = f(func(r *renderurl.Request) { r.Template = "hide" }, "degraded", "", "")
	if l := w.layer(x, "photo"); l.Drawn || l.Why != "photo_failed" || x.Picture == nil {
		t.Errorf("layer %+v", l)
	}
	// One that is there and no picture, or asked for too often.
	w.photos = func(context.Context, string) (*fetcher.Photo, error) {
		return &fetcher.Photo{URL: photoURL, Data: []byte("soup")}, nil
	}
	x = f(nil, "failed", "photo_unavailable", "")
	if p := x.Photos[0]; !p.Fetched || p.Error == nil || p.Error.Reason == "" || w.doubted.Load() != nil {
		t.Errorf("photo %+v, doubted %v", p, w.doubted.Load())
	}
	gone = &fetcher.Error{URL: photoURL, Reason: fetcher.OriginLimited, RetryAfter: time.Second, Err: errors.New("it rests")}
	w.photos = func(context.Context, string) (*fetcher.Photo, error) { return nil, gone }
	if x = f(nil, "refused", "", ""); x.Render.Refused == nil || x.Render.Refused.Reason != "origin_limited" || x.Render.Error != nil {
		t.Errorf("render %+v", x.Render)
	}

	w.photos = photos
	w.source.away.Store(true)
	if x = f(func(r *renderurl.Request) { r.Version = 2 }, "failed", "templates_away", "connection refused"); x.Render.Error.RetryAfter == 0 {
		t.Errorf("render %+v", x.Render)
	}
}

// What a render is refused for first, it is refused for here.
func TestExplainUnavailableFormat(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	for _, template := range []string{"card", "nothing"} {
		link := w.url(func(r *renderurl.Request) { r.Template, r.Format, r.Fields = template, templates.WebP, nil })
		want := w.get(link).problem(t)
		x := w.explain(link)
		if x.Render.Outcome != "failed" || x.Render.Error.Type != want["type"] || x.Render.Error.Detail != want["detail"] || x.Picture != nil {
			t.Errorf("%s: render %+v; the URL is answered %v", template, x.Render.Error, want)
		}
	}
}

// slowSource takes its time to say what is published.
type slowSource struct {
	design *renderer.Design
	takes  time.Duration
}

func (s slowSource) Design(context.Context, string, string, int) (*renderer.Design, error) {
	return s.design, nil
}

func (s slowSource) Published(ctx context.Context, _, _ string) (int, error) {
	select {
	case <-time.After(s.takes):
		return 2, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// A request that names its version does not wait for which one is published.
func TestExplainTimesTheRenderAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tmpl, err := templates.Decode([]byte(card), nil)
		if err != nil {
			t.Fatal(err)
		}
		engine := renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), renderer.Codecs{}, renderer.DefaultBudgets())
		design, err := engine.Compile(t.Context(), tmpl)
		if err != nil {
			t.Fatal(err)
		}
		e := &api.Explainer{Keys: noKeys{}, Pauses: noPauses{}, Engine: engine, Designs: slowSource{design, 3 * time.Second}}
		f := func(link string, want float64) {
			t.Helper()
			x, err := e.Explain(t.Context(), link)
			if err != nil {
				t.Fatal(err)
			}
			if x.Template == nil || x.Template.Published != 2 || x.Render.TotalMS != want {
				t.Errorf("%s: template %+v, render %+v", link, x.Template, x.Render)
			}
		}
		f("/r/acme/card@1.png?title=Hat", 0)
		f("/r/acme/card.png?title=Hat", 3000)
	})
}

type noKeys struct{}

type noPauses struct{}

func (noPauses) Paused(string, string) (paused, whole bool) { return false, false }

func (noKeys) Keys(string) ([]renderurl.Key, error) { return nil, nil }

// What the node has no room for is explained without a render.
func TestExplainRefused(t *testing.T) {
	t.Parallel()
	w := setup(t, func(_ *api.Config, p *api.Parts) {
		c := throttle.DefaultGateConfig()
		c.MaxQueue = 1
		var err error
		if p.Gate, err = throttle.NewGate(c); err != nil {
			t.Fatal(err)
		}
	})
	pass, err := w.gate.Enter("other")
	if err != nil {
		t.Fatal(err)
	}
	w.photos = func(context.Context, string) (*fetcher.Photo, error) { panic("no room for a photo") }
	a := w.explainRaw(url.Values{"url": {w.url(nil)}}.Encode())
	var x api.Explanation
	if err := json.Unmarshal(a.body, &x); err != nil {
		t.Fatal(err)
	}
	if x.Render.Outcome != "refused" || x.Render.Refused.Reason != "node_full" || x.Render.Refused.RetryAfter == 0 || x.Picture != nil || len(x.Layers) != 3 || len(x.Texts) != 1 {
		t.Errorf("%s", a.body)
	}
	pass.Leave()
	w.photos = setup(t, nil).photos
	if x := w.explain(w.url(nil)); x.Render.Outcome != "drawn" {
		t.Errorf("with room again: %+v", x.Render)
	}
}

// full is a limiter that refuses.
type full struct{ api.Limiter }

func (full) Acquire(_ context.Context, customer string) (*throttle.Lease, error) {
	return nil, &throttle.LimitedError{Customer: customer, Reason: throttle.CustomerSlowRenders, RetryAfter: time.Minute}
}

func TestExplainRefusedByTheLimiter(t *testing.T) {
	t.Parallel()
	w := setup(t, func(_ *api.Config, p *api.Parts) { p.Limiter = full{p.Limiter} })
	if x := w.explain(w.url(nil)); x.Render.Outcome != "refused" || x.Render.Refused.Reason != "customer_slow_renders" || x.Render.Refused.RetryAfter != 60_000 || len(x.Layers) == 0 {
		t.Errorf("render %+v", x.Render)
	}
}

// What an operator has paused can still be looked into.
func TestExplainPaused(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	for _, paused := range []string{"", "customer", "template"} {
		w.paused.Store(paused)
		if x := w.explain(w.url(nil)); x.Render.Outcome != "drawn" || x.Paused != paused {
			t.Errorf("render %+v, paused %q; want %q", x.Render, x.Paused, paused)
		}
	}
}

func TestExplainWithoutPictures(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	a := w.explainRaw("picture=no&url=" + url.QueryEscape(w.url(nil)))
	var x api.Explanation
	if err := json.Unmarshal(a.body, &x); err != nil || x.Picture == nil || x.Picture.Bytes == 0 || x.Picture.Data != nil {
		t.Errorf("%v: %s", err, a.body)
	}
}

// states are what a cache knows of photos.
type states map[string]api.PhotoState

func (s states) State(_ context.Context, url string) (api.PhotoState, error) {
	if state, ok := s[url]; ok {
		return state, nil
	}
	return api.PhotoState{}, errors.New("the cache is away")
}

func TestExplainPhotoStates(t *testing.T) {
	t.Parallel()
	known := states{photoURL: {State: "aging", Age: 90 * time.Minute, Bytes: 77, Failure: errors.New("it was away")}}
	w := setup(t, func(_ *api.Config, p *api.Parts) { p.PhotoStates = known })
	if s := w.explain(w.url(nil)).Photos[0].Cache; s == nil || s.State != "aging" || s.AgeMS != 5.4e6 || s.Bytes != 77 || s.Error != "it was away" {
		t.Errorf("state %+v", s)
	}
	delete(known, photoURL)
	if s := w.explain(w.url(nil)).Photos[0].Cache; s == nil || s.State != "unknown" || s.Error != "the cache is away" {
		t.Errorf("state %+v", s)
	}
}

// A panic is told like any error, and ends nothing.
func TestExplainPanics(t *testing.T) {
	t.Parallel()
	w := setup(t, func(_ *api.Config, p *api.Parts) { p.PhotoStates = panickingStates{} })
	a := w.explainRaw(url.Values{"url": {w.url(nil)}}.Encode())
	if p := a.problem(t); a.status != http.StatusInternalServerError || p["type"] != "internal" {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.empty("after a panic")
}

type panickingStates struct{}

func (panickingStates) State(context.Context, string) (api.PhotoState, error) { panic("a bug") }

// A template that repeats a long field everywhere does not make a long answer.
func TestExplainManyLongTexts(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	span := `{"text":"{{title}}{{title}}{{title}}"}`
	text := `{"id":"t%d","type":"text","width":40,"height":9,"size":8,"font":"Go","show":"title == 'x'","spans":[` + strings.Repeat(span+",", 19) + span + `]}`
	var layers []string
	for i := range 50 {
		layers = append(layers, fmt.Sprintf(text, i))
	}
	w.source.documents["long@1"] = `{"schema":1,"name":"long","width":40,"height":30,"fields":[{"name":"title","type":"text"}],"layers":[` + strings.Join(layers, ",") + `]}`
	title := strings.Repeat("é", 7000)
	x := w.explain(w.url(func(r *renderurl.Request) { r.Template, r.Fields = "long", templates.Fields{"title": title} }))
	first, last := x.Expressions[0], x.Expressions[len(x.Expressions)-1]
	if len(x.Expressions) != 3000 || first.Text != title || first.Value != title || last.Text != strings.Repeat("é", 100)+"…" || last.Value != last.Text {
		t.Errorf("%d expressions; the first has %d bytes, the last is %q", len(x.Expressions), len(first.Text), last.Text)
	}
	if body, err := json.Marshal(x); err != nil || len(body) > 8<<20 {
		t.Errorf("%d bytes, %v", len(body), err)
	}
}

func TestExplainHostileFields(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.documents["card@1"] = strings.Replace(card, `"src":"{{image_link}}"`, `"src":"{{image_link}}","fallback":"hide"`, 1)
	title := "</script><img src=x onerror=alert(1)>\u202e\u2028\n\"';--"
	x := w.explain(w.url(func(r *renderurl.Request) {
		r.Fields = templates.Fields{"title": title, "image_link": "https://user:secret@shop.test/\"><b>.jpg", "price": strings.Repeat("9", 3000)}
	}))
	if x.Fields[0].Given != title || x.Fields[1].Error == "" {
		t.Errorf("fields %+v", x.Fields)
	}
}
