package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/internal/flight"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/throttle"
)

// grace is how much longer a request waits than a picture may take, so that what ended
// the picture is told, or an old one is sent.
const grace = 500 * time.Millisecond

// render answers with a picture: one kept from before, one that another request is
// having drawn, or one drawn now.
func (a *API) render(w http.ResponseWriter, r *http.Request, x *exchange) error {
	ctx := r.Context()
	asked, err := a.accept(r, x)
	if err != nil {
		return err
	}
	request := asked
	if request.Version == 0 {
		if request.Version, err = a.designs.current(ctx, name{request.Customer, request.Template, 0}); err != nil {
			return err
		}
		x.record.Version = request.Version
	}
	x.lap("template")
	o, err := a.picture(ctx, request, x)
	if err != nil {
		return err
	}
	return a.answer(w, r, asked, o, x)
}

// picture finds the picture of a request or has it drawn. What is kept and what is
// refused at the door costs no more than a look; for the rest there is one flight.
func (a *API) picture(ctx context.Context, request renderurl.Request, x *exchange) (*outcome, error) {
	key := request.CacheKey()
	x.record.Path = key
	kept, fresh := a.parts.Results.Get(ctx, key)
	x.lap("cache")
	if fresh {
		return noted(&outcome{picture: kept, from: cacheHit}, x), nil
	}
	var pass *throttle.Pass
	if !a.flights.Flying(key) { // who joins a flight takes no room
		var err error
		if pass, err = a.enter(request); err != nil {
			if kept != nil {
				return noted(instead(kept, err), x), nil
			}
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, a.cfg.Timeout+grace)
	defer cancel()
	o, joined, err := a.flights.Do(ctx, key, func(ctx context.Context) (*outcome, func(), error) {
		return a.fly(ctx, request, key, pass)
	})
	if pass != nil && (joined || errors.Is(err, flight.ErrClosed)) {
		pass.Leave() // the flight has its own
	}
	if errors.Is(err, flight.ErrLeft) {
		err = fmt.Errorf("wait for the picture: %w", ctx.Err())
	}
	switch {
	case o != nil:
		o.note(x, joined)
	case kept != nil && err != nil && passing(err): // no flight came to look for it
		return noted(instead(kept, err), x), nil
	}
	return o, err
}

// enter refuses in microseconds what would be refused later, and what is paused.
func (a *API) enter(request renderurl.Request) (*throttle.Pass, error) {
	if paused, whole := a.parts.Pauses.Paused(request.Customer, request.Template); paused {
		template := request.Template
		if whole {
			template = ""
		}
		return nil, throttle.PausedError(request.Customer, template)
	}
	return a.knock(request.Customer)
}

// knock asks what costs microseconds: whether the customer was refused a moment ago, and
// whether the process has room.
func (a *API) knock(customer string) (*throttle.Pass, error) {
	if err := a.parts.Limiter.Look(customer); err != nil {
		return nil, err
	}
	return a.parts.Gate.Enter(customer)
}

// accept reads the URL and its signature. It does no I/O but for a customer's keys.
func (a *API) accept(r *http.Request, x *exchange) (renderurl.Request, error) {
	signed, err := renderurl.Parse(r.URL)
	if err != nil {
		return renderurl.Request{}, err
	}
	request := signed.Request
	x.record.Customer, x.record.Template, x.record.Version = request.Customer, request.Template, request.Version
	x.record.Format, x.record.Fields = string(request.Format), request.Fields
	if err := a.parts.Engine.CanEncode(request.Format); err != nil {
		return request, err
	}
	if a.cfg.AllowUnsigned && len(signed.Signature) == 0 {
		x.record.Signed = true
		return request, nil
	}
	keys, err := a.parts.Keys.Keys(request.Customer)
	if err != nil {
		return request, err
	}
	if err := signed.Verify(keys); err != nil {
		return request, err
	}
	x.record.Signed = true
	return request, nil
}

// fly is one flight: all who ask for the picture of this key meanwhile get its
// outcome. It goes on while one of them waits, whoever came first, and no longer than
// a request may take. The picture is kept after it is delivered, still in flight, so
// that whoever comes next finds either the flight or the file.
func (a *API) fly(ctx context.Context, request renderurl.Request, key string, pass *throttle.Pass) (o *outcome, save func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, a.cfg.Timeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil { // one product's picture must not end the node
			a.metrics.panics.Inc()
			a.parts.Log.Error("panic", zap.String("picture", reqlog.Shown(key, len(key))), zap.Any("value", v), zap.ByteString("stack", debug.Stack()))
			o, save, err = nil, nil, errors.New("panic")
		}
	}()
	if pass == nil { // the flight that was to be joined had ended
		if pass, err = a.enter(request); err != nil {
			return nil, nil, err
		}
	}
	defer pass.Leave()
	if o, err = a.produce(ctx, request, key, pass); err != nil || o.from != cacheMiss || o.degraded {
		return o, nil, err
	}
	return o, func() { a.parts.Results.Put(context.WithoutCancel(ctx), key, o.picture) }, nil
}
