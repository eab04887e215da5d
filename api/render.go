package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
)

const (
	forever   = "public, max-age=31536000, immutable" // a URL with a version
	shortTime = "public, max-age=60"                  // the published version may change, a missing photo may come back

	downloadsAtOnce = 8 // of one request

	sendTimeout = 30 * time.Second // for a whole picture
)

// render is the whole way of one picture. Everything that can refuse comes before
// everything that costs; photos are downloaded outside any CPU slot.
func (a *API) render(w http.ResponseWriter, r *http.Request, x *exchange) error {
	ctx := r.Context()
	request, err := a.accept(r, x)
	if err != nil {
		return err
	}
	design, err := a.designs.get(ctx, name{request.Customer, request.Template, request.Version})
	if err != nil {
		return err
	}
	x.record.Version = design.Template.Version
	scene, err := design.Resolve(request.Fields)
	if err != nil {
		return err
	}
	x.lap("template")

	leave, err := a.parts.Gate.Enter()
	if err != nil {
		return err
	}
	defer leave()
	lease, err := a.parts.Limiter.Acquire(ctx, request.Customer)
	if err != nil {
		return err
	}
	defer lease.Release()
	x.lap("wait")

	photos := a.download(ctx, scene)
	x.lap("download")
	if err := scene.Check(photos); err != nil {
		return err
	}
	picture, err := a.draw(ctx, request, scene, photos, x)
	if err != nil {
		return err
	}
	// A client that reads slowly holds nothing that others wait for.
	lease.Release()
	leave()
	return answer(w, r, request, picture, x)
}

// accept reads the URL and its signature. It does no I/O but for a customer's keys.
func (a *API) accept(r *http.Request, x *exchange) (renderurl.Request, error) {
	signed, err := renderurl.Parse(r.URL)
	if err != nil {
		return renderurl.Request{}, err
	}
	request := signed.Request
	x.record.Customer, x.record.Template, x.record.Version = request.Customer, request.Template, request.Version
	if err := a.parts.Engine.CanEncode(request.Format); err != nil {
		return request, err
	}
	if a.cfg.AllowUnsigned && len(signed.Signature) == 0 {
		return request, nil
	}
	keys, err := a.parts.Keys.Keys(request.Customer)
	if err != nil {
		return request, err
	}
	return request, signed.Verify(keys)
}

// download fetches a scene's photos, in parallel. A photo that fails is a fact for
// the scene to judge, not an error.
func (a *API) download(ctx context.Context, scene *renderer.Scene) renderer.Photos {
	urls := scene.PhotoURLs()
	got := make([]renderer.Photo, len(urls))
	var group errgroup.Group
	group.SetLimit(downloadsAtOnce)
	for i, url := range urls {
		group.Go(func() error {
			photo, err := a.parts.Photos.Fetch(ctx, url)
			if err != nil {
				got[i] = renderer.Photo{Err: err}
				return nil
			}
			got[i] = renderer.Photo{Data: photo.Data, Info: photo.Info}
			return nil
		})
	}
	_ = group.Wait() // the functions return nil
	photos := make(renderer.Photos, len(urls))
	for i, url := range urls {
		photos[url] = got[i]
	}
	return photos
}

// picture is an encoded render.
type picture struct {
	data     []byte
	degraded bool // photos were missing
}

// draw paints and encodes in a CPU slot.
func (a *API) draw(ctx context.Context, request renderurl.Request, scene *renderer.Scene, photos renderer.Photos, x *exchange) (picture, error) {
	release, err := a.parts.Gate.Run(ctx, request.Customer, scene.Bytes(photos))
	if err != nil {
		return picture{}, err
	}
	defer release()
	x.lap("wait")
	painted, err := a.parts.Engine.Paint(ctx, scene, photos)
	if err != nil {
		a.doubt(ctx, photos, err)
		return picture{}, err
	}
	defer painted.Release()
	for _, missing := range painted.Missing {
		a.doubt(ctx, photos, missing)
	}
	x.lap("render")
	x.record.Cut, x.record.Missing = textTroubles(painted.Texts)
	data, err := a.parts.Engine.Encode(ctx, painted, request.Format, scene.Template.Output)
	if err != nil {
		return picture{}, err
	}
	x.lap("encode")
	return picture{data, len(painted.Missing) > 0}, nil
}

// textTroubles lists the layers whose text was cut, and the characters that no font has.
func textTroubles(texts []renderer.TextOutcome) (cut []string, missing string) {
	for _, t := range texts {
		if !t.Whole {
			cut = append(cut, t.Layer)
		}
		missing += string(t.Missing)
	}
	return cut, missing
}

// doubt tells the cache of a photo that was there but could not be decoded.
func (a *API) doubt(ctx context.Context, photos renderer.Photos, err error) {
	var bad *renderer.PhotoError
	if errors.As(err, &bad) && photos[bad.URL].Err == nil {
		a.parts.Photos.Doubt(context.WithoutCancel(ctx), bad.URL)
	}
}

// answer writes a picture. Range is ignored, as HTTP allows and Meta's crawler accepts.
func answer(w http.ResponseWriter, r *http.Request, request renderurl.Request, p picture, x *exchange) error {
	sum := sha256.Sum256(p.data)
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	x.record.Degraded = p.degraded
	h := w.Header()
	h.Set("ETag", etag)
	h.Set("Server-Timing", x.serverTiming())
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", forever)
	if request.Version == 0 || p.degraded {
		h.Set("Cache-Control", shortTime)
	}
	if strings.Contains(r.Header.Get("If-None-Match"), etag) { // it may list several
		x.record.Status = http.StatusNotModified
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", request.Format.ContentType())
	h.Set("Content-Length", strconv.Itoa(len(p.data)))
	if r.Method == http.MethodHead {
		return nil
	}
	x.record.Bytes = len(p.data)
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendTimeout)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("bound the answer's time: %w", err)
	}
	if _, err := w.Write(p.data); err != nil {
		return errors.Join(errClientGone, err)
	}
	return nil
}
