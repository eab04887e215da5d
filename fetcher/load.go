package fetcher

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
)

// load is the way of one photo through the cache and the shop. Save writes the cache and is nil when there is nothing
// to write.
func (f *Fetcher) load(ctx context.Context, u *url.URL, key string) (photo *Photo, save func(), err error) {
	old := f.lookup(ctx, key)
	switch f.freshness(old, key, f.cfg.Now()) {
	case Absent:
		old = &entry{}
	case Fresh:
		f.counters.hits.Add(1)
		return old.photo(true), nil, nil
	case Resting:
		f.counters.stale.Add(1)
		return old.photo(true), nil, nil
	case Aging:
		f.counters.servedFirst.Add(1)
		f.refresh(ctx, u, key, old)
		return old.photo(true), nil, nil
	}
	got, err := f.ask(ctx, u, key, old.head, false)
	return f.settle(ctx, key, old, got, err)
}

// settle turns the shop's answer, and the copy we had, into the photo.
func (f *Fetcher) settle(ctx context.Context, key string, old *entry, got *downloaded, err error) (photo *Photo, save func(), _ error) {
	now := f.cfg.Now()
	switch {
	case err == nil && got.notModified:
		f.counters.revalidated.Add(1)
		confirmed := old.confirmed(got.response, now)
		return confirmed.photo(true), f.saving(ctx, key, confirmed), nil
	case err == nil:
		fresh := newEntry(key, got, now)
		return fresh.photo(false), f.saving(ctx, key, fresh), nil
	case old.Gone != 0 && inTrouble(err): // it is no excuse to show what the shop has taken down
		return nil, nil, takenDown(old.Gone, faultOf(err))
	case old.stored() && isGone(faultOf(err)) && old.Gone == 0:
		return nil, f.saving(ctx, key, old.refused(faultOf(err))), err
	case old.stored() && old.younger(f.cfg.MaxStale, now) && inTrouble(err):
		f.counters.stale.Add(1)
		if faultOf(err).local { // what decided it remembers it, without a write to disk for each photo
			return old.photo(true), nil, nil
		}
		return old.photo(true), f.saving(ctx, key, old.rested(now.Add(f.cfg.Recheck))), nil
	}
	return nil, nil, err
}

// lookup returns the usable entry for key, or nil.
func (f *Fetcher) lookup(ctx context.Context, key string) *entry {
	found, err := f.read(ctx, key)
	switch {
	case errors.Is(err, errBadEntry):
		f.counters.badEntries.Add(1)
	case err != nil:
		f.counters.cacheErrors.Add(1)
	}
	return found
}

// read returns the entry for key, or nil where there is none. One that cannot be used is errBadEntry.
func (f *Fetcher) read(ctx context.Context, key string) (*entry, error) {
	if f.cache == nil {
		return nil, nil
	}
	body, err := f.cache.Get(ctx, key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer body.Close()
	found, err := readEntry(body, key, f.cfg.MaxBytes, f.cfg.Limits)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBadEntry, err)
	}
	return found, nil
}

// errBadEntry is a cached photo that cannot be used: the next download overwrites it.
var errBadEntry = errors.New("bad entry")

// saving returns what writes e to the cache. It does not run on the flight's context, which ends when the waiters have
// their photo, but has a time limit like it.
func (f *Fetcher) saving(ctx context.Context, key string, e *entry) func() {
	if f.cache == nil {
		return nil
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.cfg.Timeout)
		defer cancel()
		defer func() {
			if recover() != nil {
				f.counters.cacheErrors.Add(1)
			}
		}()
		if err := f.put(ctx, key, e); err != nil {
			f.counters.cacheErrors.Add(1)
		}
	}
}

func (f *Fetcher) put(ctx context.Context, key string, e *entry) error {
	body, err := e.encode()
	if err != nil {
		return err
	}
	return f.cache.Put(ctx, key, body)
}

// inTrouble says that err is the shop's, or this node's, and may pass.
func inTrouble(err error) bool {
	cause := faultOf(err)
	return cause != nil && cause.temporary()
}

// isGone says that the shop has taken the photo down.
func isGone(cause *fault) bool {
	return cause != nil && cause.reason == BadStatus && (cause.status == http.StatusNotFound || cause.status == http.StatusGone)
}

// takenDown is the answer for a photo that was gone when the shop could last be asked.
func takenDown(status int, trouble *fault) *fault {
	return &fault{reason: BadStatus, status: status, local: true,
		err: fmt.Errorf("expected status 200, found %d when the shop last told; now: %w", status, trouble)}
}
