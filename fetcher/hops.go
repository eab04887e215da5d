package fetcher

import (
	"context"
	"net/url"
)

// trip follows one request over its redirects, so that what happens counts for the host where it happens: a host that
// redirects has done its part. The places of hosts are not taken on the way, only the first host's: who waits for one
// place while holding another can wait in a circle.
//
// A trip belongs to one request and is used by one goroutine at a time: http.Client follows redirects in the goroutine
// that called Do.
type trip struct {
	origins *origins
	again   bool            // it is a retry
	name    string          // of the origin that is asked now
	origin  *origin         // that is
	tell    func(err error) // to it; nil when it was not asked
	done    func()
}

type tripKey struct{}

// begin asks the first host.
func (t *origins) begin(ctx context.Context, u *url.URL, again bool) (context.Context, *trip, error) {
	way := &trip{origins: t, again: again}
	if err := way.visit(u); err != nil {
		return ctx, nil, err
	}
	return context.WithValue(ctx, tripKey{}, way), way, nil
}

// hop goes on to next, when that is another host and may be asked.
func hop(ctx context.Context, next *url.URL) error {
	way, ok := ctx.Value(tripKey{}).(*trip)
	if !ok || originName(next) == way.name {
		return nil
	}
	way.end(nil)
	return way.visit(next)
}

func (w *trip) visit(u *url.URL) error {
	o, done := w.origins.use(u)
	tell, err := o.ask(w.again)
	if err != nil {
		done()
		return err
	}
	w.name, w.origin, w.tell, w.done = originName(u), o, tell, done
	return nil
}

// end tells the host that was asked last what came of it. It may be called again.
func (w *trip) end(err error) {
	if w.tell == nil {
		return
	}
	w.tell(err)
	w.done()
	w.tell, w.done = nil, nil
}
