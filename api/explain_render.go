package api

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/resultcache"
)

// freshRender draws one picture for an explanation, as a request would.
type freshRender struct {
	explainer *Explainer
	request   renderurl.Request // with the version that answers
	out       *Explanation
	laps
}

// draw goes the way of a request: let in first, photos outside of any CPU slot. What
// cannot be settled ends it before it takes a place.
func (f *freshRender) draw(ctx context.Context, design *renderer.Design) error {
	x := f.out.explained
	if x.Err != nil {
		return x.Err
	}
	var room Room = openRoom{}
	if f.explainer.Room != nil {
		room = f.explainer.Room
	}
	place, err := room.Enter(ctx, f.request.Customer)
	if err != nil {
		return err
	}
	defer place.Leave()
	f.lap("wait")
	scene, err := design.Resolve(f.request.Fields) // again: it is timed
	if err != nil {
		return err
	}
	f.lap("resolve")
	photos, bytes := f.download(ctx, scene)
	f.lap("download")
	place.Hold(bytes)
	if err := scene.Check(photos); err != nil {
		return f.photoFailed(err)
	}
	var drawn error
	if err := place.Compute(ctx, scene.Bytes(photos), func() {
		f.lap("wait")
		drawn = f.compute(ctx, scene, photos)
	}); err != nil {
		return err
	}
	return f.photoFailed(drawn)
}

// download fetches the photos, in parallel, and notes how each came.
func (f *freshRender) download(ctx context.Context, scene *renderer.Scene) (photos renderer.Photos, bytes int64) {
	notes := f.out.Photos // one for each URL of the scene
	got := make([]renderer.Photo, len(notes))
	var group errgroup.Group
	group.SetLimit(downloadsAtOnce)
	for i := range notes {
		group.Go(func() error {
			started := time.Now()
			photo, err := f.explainer.Photos.Fetch(ctx, notes[i].URL)
			notes[i].TookMS = ms(time.Since(started))
			if err != nil {
				got[i].Err = err
				notes[i].Error = problemOf(&renderer.PhotoError{Layer: notes[i].Layers[0], URL: notes[i].URL, Err: err})
				return nil
			}
			got[i] = renderer.Photo{Data: photo.Data, Info: photo.Info}
			notes[i].fetched(photo)
			return nil
		})
	}
	_ = group.Wait() // the functions return nil
	photos = make(renderer.Photos, len(notes))
	for i := range notes {
		photos[notes[i].URL] = got[i]
		bytes += int64(len(got[i].Data))
	}
	return photos, bytes
}

func (f *freshRender) compute(ctx context.Context, scene *renderer.Scene, photos renderer.Photos) error {
	painted, err := f.explainer.Engine.Paint(ctx, scene, photos)
	f.lap("render")
	if err != nil {
		return err
	}
	defer painted.Release()
	f.out.explained.Painted(painted.Missing...)
	for _, missing := range painted.Missing {
		f.out.Render.Outcome = "degraded"
		f.out.undrawable(missing)
	}
	data, err := f.explainer.Engine.Encode(ctx, painted, f.request.Format, scene.Template.Output)
	f.lap("encode")
	if err == nil {
		f.out.Picture = f.out.picture(newPicture(data, time.Now()))
	}
	return err
}

// photoFailed notes a photo that ends the render.
func (f *freshRender) photoFailed(err error) error {
	var failed *renderer.PhotoError
	if errors.As(err, &failed) {
		f.out.explained.Painted(failed)
		f.out.undrawable(failed)
	}
	return err
}

// undrawable notes why a photo that was fetched is not drawn.
func (x *Explanation) undrawable(failed *renderer.PhotoError) {
	for i := range x.Photos {
		if x.Photos[i].URL == failed.URL && x.Photos[i].Error == nil {
			x.Photos[i].Error = problemOf(failed)
		}
	}
}

// picture describes a picture of the request.
func (x *Explanation) picture(p *resultcache.Picture) *ExplainedPicture {
	info, _ := imageinfo.Read(p.Data) // pictures of ours can be read
	return &ExplainedPicture{ContentType: contentType(x.Request.Format), Width: info.Width, Height: info.Height,
		Bytes: len(p.Data), ETag: p.ETag, Data: p.Data}
}
