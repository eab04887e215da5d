package fetcher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/adloom/adloom/internal/imageinfo"
)

// Freshness says what a fetch would do with a cached photo now. Its words are stable.
type Freshness string

const (
	Absent  Freshness = "absent"  // there is none: it is downloaded
	Fresh   Freshness = "fresh"   // it is served, and the shop is not asked
	Aging   Freshness = "aging"   // it is served, and the shop is asked in the background
	Resting Freshness = "resting" // it is served until State.Recheck is over: the shop was in trouble, or it is doubted
	Stale   Freshness = "stale"   // the shop is asked first; it is served when that is in trouble
	Refused Freshness = "refused" // likewise, and the last time the shop sent something else
	Doubted Freshness = "doubted" // likewise, and it is downloaded whatever its validators say: it could not be decoded
	Expired Freshness = "expired" // the shop is asked first; without its word it is not served any more
	Gone    Freshness = "gone"    // likewise: the shop has said that there is none
)

// State is what is known of a photo without asking for it.
type State struct {
	URL       string // normalised
	Freshness Freshness

	// Of the cached copy, where there is one.
	Age     time.Duration // since it was downloaded or confirmed
	Recheck time.Duration // for how much longer the shop is left alone because of it; 0 when it is not
	Doubted bool          // it could not be decoded
	Size    int64         // bytes
	Info    imageinfo.Info

	// Failure is why the shop is not asked for this photo now, and for how much longer; nil when it would be. That of
	// its host stands in Hosts.
	Failure *Error
}

// Lookup says how it stands with the photo at rawURL. It asks no shop, writes nothing to the cache, and is not counted
// in Stats. The error is that of the cache, or an *Error for a URL that is none; a cached copy that cannot be used is as
// good as none.
func (f *Fetcher) Lookup(ctx context.Context, rawURL string) (State, error) {
	u, err := normalise(rawURL)
	if err != nil {
		return State{}, &Error{URL: redacted(rawURL), Reason: BadURL, Err: err}
	}
	key := u.String()
	old, err := f.read(ctx, key)
	if err != nil && !errors.Is(err, errBadEntry) {
		return State{}, fmt.Errorf("look up photo %s: %w", key, err)
	}
	now := f.cfg.Now()
	s := State{URL: key, Freshness: f.freshness(old, key, now)}
	if cause := faultOf(f.failures.recall(key)); cause != nil {
		s.Failure = cause.at(key)
	}
	if old != nil {
		s.Age, s.Recheck = max(now.Sub(old.FetchedAt), 0), max(old.RecheckAt.Sub(now), 0)
		s.Doubted, s.Size, s.Info = old.Doubted, old.Size, old.info
	}
	return s, nil
}

// freshness decides what becomes of an entry, nil for none.
func (f *Fetcher) freshness(old *entry, key string, now time.Time) Freshness {
	switch {
	case old == nil:
		return Absent
	case old.Gone != 0: // nothing but the shop's word brings it back
		return Gone
	case old.younger(f.cfg.Fresh, now) && !old.Doubted && !old.Refused:
		return Fresh
	case now.Before(old.RecheckAt) && old.younger(f.cfg.MaxStale, now):
		return Resting
	case f.mayServeFirst(old, key, now):
		return Aging
	case !old.younger(f.cfg.MaxStale, now):
		return Expired
	case old.Doubted:
		return Doubted
	case old.Refused:
		return Refused
	}
	return Stale
}
