package api

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

const (
	downloadsAtOnce = 8 // of one request

	// heavyFields is how many bytes of fields are set in lines within a CPU slot. The
	// texts of an ordinary product take a fraction of a millisecond, less than it costs
	// to queue twice.
	heavyFields = 4 << 10
)

// produce returns the picture of a request: a fresh one, if another flight has kept
// one since the request looked; or one drawn now; or, when that is refused or the shop
// is in trouble, an old one after all. The outcome is there with an error, too.
func (a *API) produce(ctx context.Context, request renderurl.Request, key string, pass *throttle.Pass) (*outcome, error) {
	kept, fresh := a.parts.Results.Get(ctx, key)
	if fresh {
		return &outcome{picture: kept, from: cacheHit, laps: laps{last: time.Now()}}, nil
	}
	o := &outcome{from: cacheMiss, laps: laps{last: time.Now()}}
	err := a.draw(ctx, request, pass, o)
	if kept == nil || err == nil && !o.passing || err != nil && !passing(err) {
		return o, err
	}
	if err == nil {
		err = errors.Join(o.unfit...)
	}
	old := instead(kept, err)
	old.laps = o.laps
	return old, nil
}

// passing says that the same request may well be answered later.
func passing(err error) bool {
	var (
		limited *throttle.LimitedError
		source  *sourceError
		photo   *fetcher.Error
	)
	switch {
	case errors.As(err, &limited), errors.As(err, &source), errors.Is(err, context.DeadlineExceeded):
		return true
	case errors.As(err, &photo):
		return photo.Temporary()
	}
	return false
}

// draw is the whole way of one picture. Everything that can refuse comes before
// everything that costs: this process first, which refuses in microseconds and has
// given the pass, then the node. Photos are downloaded outside any CPU slot.
func (a *API) draw(ctx context.Context, request renderurl.Request, pass *throttle.Pass, o *outcome) error {
	design, err := a.designs.get(ctx, name{request.Customer, request.Template, request.Version})
	if err != nil {
		return err
	}
	o.laps.lap("template")
	lease, err := a.parts.Limiter.Acquire(ctx, request.Customer)
	if err != nil {
		return err
	}
	defer lease.Release()
	o.laps.lap("wait")

	scene, err := a.resolve(ctx, request, design, o)
	if err != nil {
		return err
	}
	photos, bytes := a.download(ctx, scene, o)
	lease.Downloaded(o.laps.lap("download"))
	pass.Hold(bytes)
	if err := scene.Check(photos); err != nil {
		return err
	}
	err = a.paint(ctx, request, scene, photos, lease, o)
	a.doubt(ctx, photos, o.unfit)
	return err
}

// resolve turns a template and a product into a scene.
func (a *API) resolve(ctx context.Context, request renderurl.Request, design *renderer.Design, o *outcome) (*renderer.Scene, error) {
	if size(request.Fields) > heavyFields {
		release, err := a.parts.Gate.Run(ctx, request.Customer, 0)
		if err != nil {
			return nil, err
		}
		defer release()
		o.laps.lap("wait")
	}
	defer o.laps.lap("template")
	return design.Resolve(request.Fields)
}

func size(fields templates.Fields) int {
	n := 0
	for _, value := range fields {
		n += len(value)
	}
	return n
}

// download fetches a scene's photos, in parallel, and tells how many bytes they are.
// A photo that fails is a fact for the scene to judge, not an error.
func (a *API) download(ctx context.Context, scene *renderer.Scene, o *outcome) (photos renderer.Photos, bytes int64) {
	urls := scene.PhotoURLs()
	got := make([]renderer.Photo, len(urls))
	o.photos = make([]reqlog.Photo, len(urls))
	var group errgroup.Group
	group.SetLimit(downloadsAtOnce)
	for i, url := range urls {
		group.Go(func() error {
			started := time.Now()
			photo, err := a.parts.Photos.Fetch(ctx, url)
			o.photos[i] = photoRecord(photo, err, started)
			if err != nil {
				got[i] = renderer.Photo{Err: err}
				return nil
			}
			got[i] = renderer.Photo{Data: photo.Data, Info: photo.Info}
			return nil
		})
	}
	_ = group.Wait() // the functions return nil
	photos = make(renderer.Photos, len(urls))
	for i, url := range urls {
		photos[url] = got[i]
		bytes += int64(len(got[i].Data))
	}
	return photos, bytes
}

// photoRecord is what the request log has of a photo.
func photoRecord(photo *fetcher.Photo, err error, started time.Time) reqlog.Photo {
	took := time.Since(started)
	if err != nil {
		record := reqlog.Photo{Start: started, Took: took, Error: "left"}
		var shop *fetcher.Error
		if errors.As(err, &shop) {
			record.URL, record.Error = shop.URL, string(shop.Reason) // without secrets
		}
		return record
	}
	return reqlog.Photo{URL: photo.URL, Start: started, Took: took, Bytes: len(photo.Data), Width: photo.Info.Width, Height: photo.Info.Height, Cached: photo.FromCache}
}

// paint draws and encodes in a CPU slot.
func (a *API) paint(ctx context.Context, request renderurl.Request, scene *renderer.Scene, photos renderer.Photos, lease *throttle.Lease, o *outcome) error {
	release, err := a.parts.Gate.Run(ctx, request.Customer, scene.Bytes(photos))
	if err != nil {
		return err
	}
	defer release()
	o.laps.lap("wait")
	var data []byte
	a.parts.Threads.Do(func() { data, err = a.compute(ctx, request, scene, photos, lease, o) })
	if err != nil {
		return err
	}
	o.picture = newPicture(data, time.Now())
	return nil
}

// compute is all of a render that takes long.
func (a *API) compute(ctx context.Context, request renderurl.Request, scene *renderer.Scene, photos renderer.Photos, lease *throttle.Lease, o *outcome) ([]byte, error) {
	started := time.Now()
	defer func() { lease.Rendered(time.Since(started)) }() // those that fail are as slow
	painted, err := a.parts.Engine.Paint(ctx, scene, photos)
	if err != nil {
		o.unfit = append(o.unfit, err)
		return nil, err
	}
	defer painted.Release()
	o.size = painted.Image.Bounds().Size()
	for _, missing := range painted.Missing {
		o.unfit = append(o.unfit, missing)
		o.degraded = true
		o.passing = o.passing || passing(missing)
	}
	o.laps.lap("render")
	o.cut, o.missing = textTroubles(painted.Texts)
	data, err := a.parts.Engine.Encode(ctx, painted, request.Format, scene.Template.Output)
	o.laps.lap("encode")
	return data, err
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

// doubt tells the cache of photos that were there but could not be decoded.
func (a *API) doubt(ctx context.Context, photos renderer.Photos, unfit []error) {
	for _, err := range unfit {
		var bad *renderer.PhotoError
		if errors.As(err, &bad) && photos[bad.URL].Err == nil {
			a.parts.Photos.Doubt(context.WithoutCancel(ctx), bad.URL)
		}
	}
}
