package api

import (
	"context"

	"github.com/adloom/adloom/throttle"
)

// Room is where a fresh render finds a place.
type Room interface {
	// Enter refuses with a *throttle.LimitedError, or waits until the customer may
	// render. The caller leaves the place.
	Enter(ctx context.Context, customer string) (Place, error)
}

// Place is that of one render.
type Place interface {
	// Hold says how many bytes of photos the render holds.
	Hold(bytes int64)
	// Compute waits for a CPU slot and bytes of memory and runs f in them.
	Compute(ctx context.Context, bytes int64, f func()) error
	Leave()
}

// nodeRoom is the room of a node: the process's gate, and a lease of the customer's. What
// an operator looks into does not count as slow for the customer, and may be paused.
type nodeRoom struct{ a *API }

func (r nodeRoom) Enter(ctx context.Context, customer string) (Place, error) {
	pass, err := r.a.knock(customer)
	if err != nil {
		return nil, err
	}
	lease, err := r.a.parts.Limiter.Acquire(ctx, customer)
	if err != nil {
		pass.Leave()
		return nil, err
	}
	return &nodePlace{a: r.a, customer: customer, pass: pass, lease: lease}, nil
}

type nodePlace struct {
	a        *API
	customer string
	pass     *throttle.Pass
	lease    *throttle.Lease
}

func (p *nodePlace) Hold(bytes int64) { p.pass.Hold(bytes) }

func (p *nodePlace) Compute(ctx context.Context, bytes int64, f func()) error {
	release, err := p.a.parts.Gate.Run(ctx, p.customer, bytes)
	if err != nil {
		return err
	}
	defer release()
	p.a.parts.Threads.Do(f)
	return nil
}

func (p *nodePlace) Leave() {
	p.lease.Release()
	p.pass.Leave()
}

// openRoom is that of a process without other renders.
type openRoom struct{}

func (openRoom) Enter(context.Context, string) (Place, error) { return openRoom{}, nil }

func (openRoom) Hold(int64) {}

func (openRoom) Compute(ctx context.Context, _ int64, f func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f()
	return nil
}

func (openRoom) Leave() {}
