package api_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

func TestRender(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	got := w.get(w.url(nil))
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "image/png" || got.header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Fatalf("%d %v %s", got.status, got.header, got.body)
	}
	img, err := png.Decode(bytes.NewReader(got.body))
	if err != nil || img.Bounds().Dx() != 40 || img.Bounds().Dy() != 30 {
		t.Fatalf("%v, %v", img, err)
	}
	for _, stage := range []string{"template", "wait", "download", "render", "encode"} {
		if !strings.Contains(got.header.Get("Server-Timing"), stage+";dur=") {
			t.Errorf("Server-Timing %q lacks %s", got.header.Get("Server-Timing"), stage)
		}
	}
	if a, b := got.header.Get("X-Request-Id"), w.get(w.url(nil)).header.Get("X-Request-Id"); len(a) != 16 || a == b {
		t.Errorf("request ids %q and %q", a, b)
	}
}

func TestHTTPManners(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	full := w.get(w.url(nil))
	ranged := w.do(http.MethodGet, w.url(nil), "Range", "bytes=0-9")
	if ranged.status != http.StatusOK || !bytes.Equal(ranged.body, full.body) {
		t.Errorf("Range: %d with %d bytes; want it ignored", ranged.status, len(ranged.body))
	}
	head := w.do(http.MethodHead, w.url(nil))
	if head.status != http.StatusOK || len(head.body) != 0 || head.header.Get("Content-Length") != full.header.Get("Content-Length") || head.header.Get("ETag") != full.header.Get("ETag") {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
	for match, want := range map[string]int{full.header.Get("ETag"): 304, `"a", W/` + full.header.Get("ETag"): 304, "*": 304, `"a"`: 200} {
		if known := w.do(http.MethodGet, w.url(nil), "If-None-Match", match); known.status != want || (len(known.body) == 0) != (want == 304) {
			t.Errorf("If-None-Match %s: %d with %d bytes; want %d", match, known.status, len(known.body), want)
		}
	}
	lines := w.do(http.MethodGet, w.url(nil), "If-None-Match", `"a"`, "If-None-Match", full.header.Get("ETag"))
	if lines.status != http.StatusNotModified {
		t.Errorf("If-None-Match in two lines: %d; want 304", lines.status)
	}
	published := w.get(w.url(func(r *renderurl.Request) { r.Version = 0 }))
	if published.status != http.StatusOK || published.header.Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("without a version: %d %v", published.status, published.header)
	}
	post := w.do(http.MethodPost, w.url(nil))
	if p := post.problem(t); post.status != http.StatusMethodNotAllowed || p["type"] != "method_not_allowed" || post.header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", post.status, post.header)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	f := func(url string, status int, kind, detail string) map[string]any {
		t.Helper()
		got := w.get(url)
		p := got.problem(t)
		if got.status != status || p["type"] != kind || !strings.Contains(p["detail"].(string), detail) {
			t.Errorf("%.120s\n got %d %v\nwant %d %s with %q", url, got.status, p, status, kind, detail)
		}
		return p
	}
	signed := w.url(nil)
	f(w.server.URL+"/r/acme/card", 400, "malformed_url", "expected")
	f(w.server.URL+"/r/acme/card@0.png", 400, "malformed_url", "version")
	f(w.server.URL+"/r/acme/card@1.gif?title=x", 400, "malformed_url", "expected one of jpg, png, webp")
	f(w.url(func(r *renderurl.Request) { r.Format = templates.WebP }), 400, "malformed_url", "found webp, which needs libwebp")
	f(w.server.URL+"/r/acme/card@1.png?title=%ff", 400, "malformed_url", "")
	f(w.server.URL+"/r/acme/card@1.png?title=Hat", 403, "bad_signature", "not signed")
	f(strings.Replace(signed, "Hat", "Cat", 1), 403, "bad_signature", "wrong signature")
	f(signed+"x", 403, "bad_signature", "wrong signature")
	f(signed+"&fbclid=1", 403, "bad_signature", "wrong signature")
	f(w.url(func(r *renderurl.Request) { r.Customer = "nobody" }), 403, "bad_signature", "")
	f(w.url(func(r *renderurl.Request) { r.Template = "other" }), 404, "unknown_template", "acme/other@1")
	f(w.url(func(r *renderurl.Request) { r.Version = 7 }), 404, "unknown_template", "acme/card@7")
	f(w.url(func(r *renderurl.Request) { r.Template, r.Version = "other", 0 }), 404, "unknown_template", "acme/other")
	p := f(w.url(func(r *renderurl.Request) { r.Fields = templates.Fields{"image_link": photoURL} }), 422, "bad_field", "field title: expected a value")
	if p["field"] != "title" {
		t.Errorf("problem %v; want the field named", p)
	}
	f(w.url(func(r *renderurl.Request) {
		r.Fields = templates.Fields{"title": "x", "price": "cheap", "sale_price": "1 USD"}
	}), 422, "bad_field", `found "cheap"`)
	f(w.url(func(r *renderurl.Request) {
		r.Fields = templates.Fields{"title": "x", "price": "2 EUR", "sale_price": "1 USD"}
	}), 422, "bad_expression", "one currency on both sides")
	f(w.server.URL+"/", 404, "unknown_path", "expected /r/")
	p = f(w.url(func(r *renderurl.Request) { r.Customer = "damaged" }), 500, "internal", "operator")
	if strings.Contains(p["detail"].(string), "secret") || w.logs.FilterMessage("internal error").Len() != 1 {
		t.Errorf("an internal error told %v and logged %v", p, w.logs.All())
	}
}

// A mistake of ours in a download is for the log and for operators alone.
func TestInternalPhotoProblem(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.photos = func(_ context.Context, url string) (*fetcher.Photo, error) {
		return nil, &fetcher.Error{URL: url, Reason: fetcher.Internal, Err: errors.New("panic: secret.go:12")}
	}
	got := w.get(w.url(nil))
	p := got.problem(t)
	if got.status != http.StatusFailedDependency || p["reason"] != "internal" || bytes.Contains(got.body, []byte("secret")) || !strings.Contains(p["detail"].(string), "operator") {
		t.Errorf("%d %v", got.status, p)
	}
	if w.logs.FilterMessage("internal error").Len() != 1 {
		t.Errorf("logged %v", w.logs.All())
	}
	if x := w.explain(w.url(nil)); !strings.Contains(x.Render.Error.Detail, "secret.go:12") || !strings.Contains(x.Photos[0].Error.Detail, "secret.go:12") {
		t.Errorf("operators are told %+v", x.Render.Error)
	}
}

func TestPhotoProblems(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	f := func(photo func(context.Context, string) (*fetcher.Photo, error), reason string, shopStatus any) {
		t.Helper()
		w.photos = photo
		got := w.get(w.url(nil))
		p := got.problem(t)
		if got.status != http.StatusFailedDependency || p["type"] != "photo_unavailable" || p["reason"] != reason || p["shop_status"] != shopStatus || p["layer"] != "photo" || p["photo"] != photoURL {
			t.Errorf("%d %v; want reason %s and shop status %v", got.status, p, reason, shopStatus)
		}
	}
	failing := func(reason fetcher.Reason, status int) func(context.Context, string) (*fetcher.Photo, error) {
		return func(_ context.Context, url string) (*fetcher.Photo, error) {
			return nil, &fetcher.Error{URL: url, Reason: reason, Status: status, Err: errors.New("as it is")}
		}
	}
	f(failing(fetcher.BadStatus, 503), "bad_status", 503.0)
	f(failing(fetcher.BlockedAddress, 0), "blocked_address", nil)
	if w.doubted.Load() != nil {
		t.Error("a photo that was never there was doubted")
	}
	f(func(_ context.Context, url string) (*fetcher.Photo, error) {
		return &fetcher.Photo{URL: url, Data: []byte("<html>")}, nil
	}, "not_an_image", nil)
	f(func(_ context.Context, url string) (*fetcher.Photo, error) {
		return &fetcher.Photo{URL: url, Data: onePNG(t)[:40]}, nil
	}, "corrupt", nil)
	if url := w.doubted.Load(); url == nil || *url != photoURL {
		t.Errorf("the cache was not told of a photo that cannot be decoded: %v", url)
	}
}

// A photo that is not downloaded now, because its shop gets a rest or the node is full, is a limit like others.
func TestLimitedPhotos(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	f := func(reason fetcher.Reason, wait time.Duration, ms float64, seconds string) {
		t.Helper()
		w.photos = func(_ context.Context, url string) (*fetcher.Photo, error) {
			return nil, &fetcher.Error{URL: url, Reason: reason, Err: errors.New("asked again soon"), RetryAfter: wait}
		}
		got := w.get(w.url(nil))
		p := got.problem(t)
		if got.status != http.StatusTooManyRequests || p["type"] != "limited" || p["reason"] != string(reason) || p["layer"] != "photo" || p["photo"] != photoURL ||
			p["retry_after_ms"] != ms || got.header.Get("Retry-After") != seconds || !strings.Contains(p["detail"].(string), "asked again soon") {
			t.Errorf("%d %v %v; want 429 with reason %s", got.status, got.header, p, reason)
		}
	}
	f(fetcher.OriginLimited, 7900*time.Millisecond, 7900, "8")
	f(fetcher.OriginLimited, 0, 1, "1")
	f(fetcher.NodeFull, time.Second, 1000, "1")
}

func TestDegradedPicture(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.documents["card@1"] = strings.Replace(card, `"src":"{{image_link}}"`, `"src":"{{image_link}}","fallback":"hide"`, 1)
	w.photos = func(_ context.Context, url string) (*fetcher.Photo, error) {
		return nil, &fetcher.Error{URL: url, Reason: fetcher.Timeout, Err: errors.New("slow")}
	}
	got := w.get(w.url(nil))
	if got.status != http.StatusOK || got.header.Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("%d %v; want a picture that is not kept for ever", got.status, got.header)
	}
}

// Characters without a font, and texts that are cut, are told of: with the request, or
// when the template is loaded if they are the same for every product.
func TestTextTroubles(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.documents["card@1"] = strings.Replace(card, `{"id":"badge"`, `{"id":"slogan","type":"text","width":40,"size":8,"font":"Go","text":"新着"},{"id":"badge"`, 1)
	w.source.documents["card@1"] = strings.Replace(w.source.documents["card@1"], `"{{title}}"`, `"{{title}}","maxLines":1`, 1)
	link := w.url(func(r *renderurl.Request) { r.Fields["title"] = "帽子 of a name that is far too long for its box" })
	for range 2 {
		if got := w.get(link); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	loads := w.logs.FilterMessage("text cut or without glyphs").All()
	if len(loads) != 1 || loads[0].ContextMap()["layer"] != "slogan" || loads[0].ContextMap()["missing_glyphs"] != "新着" {
		t.Errorf("expected one warning about the slogan; found %v", loads)
	}
	records := w.logs.FilterMessage("render").All()
	if len(records) != 2 || records[0].ContextMap()["missing_glyphs"] != "帽子" || fmt.Sprint(records[0].ContextMap()["text_cut"]) != "[title]" {
		t.Errorf("expected two records with the title's troubles; found %v", records)
	}
}

func TestBrokenTemplateNeverLoads(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.documents["card@1"] = `{"schema":1,"name":"x","width":0,"height":9,"layers":[],"extra":1}`
	p := w.get(w.url(nil)).problem(t)
	if p["type"] != "broken_template" || len(p["mistakes"].([]any)) != 2 {
		t.Errorf("%v; want both mistakes", p)
	}
}

// A version that cannot be drawn is found out once.
func TestUndrawableTemplate(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.documents["card@1"] = `{"schema":1,"name":"x","width":9,"height":9,"layers":[{"id":"s","type":"shape","shape":"path","width":9,"height":9,"fill":"red","path":"oops"}]}`
	for range 3 {
		if p := w.get(w.url(nil)).problem(t); p["type"] != "broken_template" || !strings.Contains(fmt.Sprint(p["mistakes"]), "layers[0].path") {
			t.Errorf("%v; want the mistake in the path", p)
		}
	}
	if n := w.source.loads.Load(); n != 1 {
		t.Errorf("loaded and compiled %d times; want once", n)
	}
}

func TestPictureTooLarge(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	noise := `{"type":"conic","stops":[[0,"red"],[0.3,"lime"],[0.6,"blue"],[1,"red"]]}`
	w.source.documents["card@1"] = `{"schema":1,"name":"x","width":1000,"height":1000,"background":` + noise + `,"output":{"maxBytes":1000},"layers":[]}`
	got := w.get(w.url(nil))
	if p := got.problem(t); got.status != http.StatusUnprocessableEntity || p["type"] != "picture_too_large" || !strings.Contains(fmt.Sprint(p["detail"]), "at most 1000 bytes") {
		t.Errorf("%d %v; want 422 with the bytes that are allowed", got.status, p)
	}
}

func TestUnsigned(t *testing.T) {
	t.Parallel()
	w := setup(t, func(c *api.Config, _ *api.Parts) { c.AllowUnsigned = true })
	if got := w.get(w.server.URL + "/r/acme/card@1.png?title=Hat"); got.status != http.StatusOK {
		t.Errorf("unsigned: %d %s", got.status, got.body)
	}
	if got := w.get(strings.Replace(w.url(nil), "Hat", "Cat", 1)); got.status != http.StatusForbidden {
		t.Errorf("a wrong signature: %d; want 403 all the same", got.status)
	}
}

type limited struct{ err error }

func (limited) Look(string) error { return nil }

func (l limited) Acquire(context.Context, string) (*throttle.Lease, error) { return nil, l.err }

func TestLimited(t *testing.T) {
	t.Parallel()
	w := setup(t, func(_ *api.Config, p *api.Parts) {
		p.Limiter = limited{&throttle.LimitedError{Customer: "acme", Reason: throttle.CustomerConcurrency, Limit: 4, RetryAfter: 1200 * time.Millisecond}}
	})
	got := w.get(w.url(nil))
	p := got.problem(t)
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "2" || p["reason"] != "customer_concurrency" || p["retry_after_ms"] != 1200.0 {
		t.Errorf("%d, Retry-After %q, %v", got.status, got.header.Get("Retry-After"), p)
	}
}

func TestOutOfTime(t *testing.T) {
	t.Parallel()
	w := setup(t, func(c *api.Config, p *api.Parts) {
		c.Timeout = time.Millisecond
		p.Limiter = limited{context.DeadlineExceeded}
	})
	got := w.get(w.url(nil))
	if p := got.problem(t); got.status != http.StatusGatewayTimeout || p["type"] != "out_of_time" {
		t.Errorf("%d %v", got.status, p)
	}
}

func TestPanicEndsOneRequest(t *testing.T) {
	t.Parallel()
	w := setup(t, func(_ *api.Config, p *api.Parts) { p.Limiter = panicking{} })
	got := w.get(w.url(nil))
	if p := got.problem(t); got.status != http.StatusInternalServerError || strings.Contains(p["detail"].(string), "broken inside") {
		t.Errorf("%d %v", got.status, p)
	}
	if logged := w.logs.FilterMessage("panic").All(); len(logged) != 1 || logged[0].ContextMap()["value"] != "broken inside" {
		t.Errorf("logged %v; want the panic's value", logged)
	}
	if !strings.Contains(w.metrics(), "adloom_panics_total 1") {
		t.Error("the panic was not counted")
	}
}

type panicking struct{}

func (panicking) Look(string) error { return nil }

func (panicking) Acquire(context.Context, string) (*throttle.Lease, error) { panic("broken inside") }

func TestClientGone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	w := setup(t, nil)
	left := make(chan struct{})
	w.photos = func(ctx context.Context, _ string) (*fetcher.Photo, error) {
		cancel() // the client leaves while its photo is under way
		<-ctx.Done()
		close(left)
		return nil, ctx.Err()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url(nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := w.server.Client().Do(req); err == nil {
		res.Body.Close()
		t.Fatalf("the client that left got %v", res.Status)
	}
	<-left
	w.server.Close() // waits for the handler
	records := w.logs.FilterMessage("render").All()
	if len(records) != 1 || records[0].ContextMap()["error"] != "client_gone" {
		t.Errorf("recorded %v", records)
	}
}

// Whoever has ended its half of the connection counts as gone, but listens.
func TestHalfOfTheClientGone(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.photos = func(ctx context.Context, _ string) (*fetcher.Photo, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	conn, err := net.Dial("tcp", w.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url(nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := req.Write(conn); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != 499 || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s, %v; want no picture that is none", res.Status, res.Header)
	}
}

func TestOneLoadForAll(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	w.source.entered, w.source.hold = make(chan struct{}, 100), make(chan struct{})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if got := w.get(w.url(nil)); got.status != http.StatusOK {
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
	<-w.source.entered
	close(w.source.hold)
	group.Wait()
	w.get(w.url(nil))
	if n := w.source.loads.Load(); n != 1 {
		t.Errorf("the template was loaded %d times", n)
	}
}

func TestSourceAway(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	current := w.url(func(r *renderurl.Request) { r.Version = 0 })
	if got := w.get(current); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	w.source.away.Store(true)
	if got := w.get(current); got.status != http.StatusOK {
		t.Errorf("the last known version does not serve on: %d %s", got.status, got.body)
	}
	if got := w.get(w.url(nil)); got.status != http.StatusServiceUnavailable || got.problem(t)["type"] != "templates_away" {
		t.Errorf("a version that was never loaded: %d %s", got.status, got.body)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n"} {
		if got := w.get(w.server.URL + path); got.status != http.StatusOK || string(got.body) != want {
			t.Errorf("%s: %d %q", path, got.status, got.body)
		}
	}
	w.api.Drain()
	if got := w.get(w.server.URL + "/readyz"); got.status != http.StatusServiceUnavailable || string(got.body) != "draining\n" {
		t.Errorf("/readyz while draining: %d %q", got.status, got.body)
	}
	if got := w.get(w.server.URL + "/healthz"); got.status != http.StatusOK {
		t.Errorf("/healthz while draining: %d", got.status)
	}
	rec := w.serve(w.url(nil))
	if rec.Code != http.StatusOK || rec.Header().Get("Connection") != "close" {
		t.Errorf("a render while draining: %d %v; want it served on a connection that ends", rec.Code, rec.Header())
	}
	ready := func(want int) {
		t.Helper()
		if got := w.get(w.server.URL + "/readyz"); got.status != want {
			t.Errorf("/readyz: %d; want %d", got.status, want)
		}
	}
	if err := w.api.Undrain(); err != nil {
		t.Error(err)
	}
	ready(http.StatusOK)
	w.api.Leave() // the process ends: an operator who undrains comes too late
	if err := w.api.Undrain(); !errors.Is(err, api.ErrLeaving) {
		t.Errorf("undrained while leaving: %v", err)
	}
	ready(http.StatusServiceUnavailable)
	metrics := w.metrics()
	for _, name := range []string{`adloom_requests_total{customer="acme",error="",status="200"} 1`, `adloom_stage_duration_seconds_count{stage="render"} 1`, "adloom_requests_running 0"} {
		if !strings.Contains(metrics, name) {
			t.Errorf("metrics lack %s", name)
		}
	}
}
