package api

import (
	"cmp"
	"fmt"
	"image"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/resultcache"
)

// Where a picture came from, as X-Cache and the request log have it.
const (
	cacheMiss   = "miss"   // drawn for this request
	cacheHit    = "hit"    // drawn a while ago, and fresh
	cacheStale  = "stale"  // drawn long ago, and sent because it could not be drawn anew
	cacheJoined = "joined" // drawn for another request that came a moment earlier
)

// outcome is what a render came to. All who asked for the same picture at the same
// time share it; nobody changes it once it is there.
type outcome struct {
	picture  *resultcache.Picture // nil when there is none
	from     string               // cacheMiss, cacheHit or cacheStale
	degraded bool                 // photos are missing in it
	passing  bool                 // those may come back soon
	refusal  error                // with cacheStale: why it was not drawn anew, or not whole
	cut      []string             // layers whose text was cut
	missing  string               // characters that no font has
	unfit    []error              // photos that could not be drawn
	photos   []reqlog.Photo       // that were asked for
	size     image.Point          // of the picture that was drawn
	laps     laps
}

// instead is an old picture that is sent because of err.
func instead(old *resultcache.Picture, err error) *outcome {
	return &outcome{picture: old, from: cacheStale, refusal: err}
}

// noted books an outcome that no other request has a part in.
func noted(o *outcome, x *exchange) *outcome {
	o.laps = laps{last: x.last}
	o.note(x, false)
	return o
}

// note books the outcome in the record of a request. Who joined waited for what
// others did: their stages are not its own.
func (o *outcome) note(x *exchange, joined bool) {
	x.record.Cache = o.from
	if joined {
		if o.from == cacheMiss {
			x.record.Cache = cacheJoined
		}
		x.lap("shared")
	} else {
		x.take(o.laps)
		x.record.Photos, x.record.Width, x.record.Height = o.photos, o.size.X, o.size.Y
	}
	if o.refusal != nil {
		p := explain(o.refusal)
		x.record.Reason = cmp.Or(p.Reason, p.Type)
	}
	x.record.Degraded, x.record.Cut, x.record.Missing = o.degraded, o.cut, o.missing
}

// newPicture is a picture drawn at that time. Its ETag tells it from other pictures of the same URL, which nobody would
// forge: a fast hash (XXH64) will do, where a cryptographic one takes 2 % of the render.
func newPicture(data []byte, now time.Time) *resultcache.Picture {
	return &resultcache.Picture{Data: data, ETag: fmt.Sprintf(`"%016x"`, xxhash.Sum64(data)), Made: now}
}

// laps are the stages of a request and how long each took.
type laps struct {
	last   time.Time
	stages []reqlog.Stage
	steps  []reqlog.Step
}

// lap books the time since the last lap under a stage, and returns it.
func (l *laps) lap(stage string) time.Duration {
	now := time.Now()
	took := now.Sub(l.last)
	l.steps = append(l.steps, reqlog.Step{Name: stage, Start: l.last, Took: took})
	l.last = now
	l.book(stage, took)
	return took
}

// take goes on from the laps of another, which began where these ended.
func (l *laps) take(other laps) {
	for _, s := range other.stages {
		l.book(s.Name, s.Took)
	}
	l.steps = append(l.steps, other.steps...)
	l.last = other.last
}

// book adds up what one stage took.
func (l *laps) book(stage string, took time.Duration) {
	for i := range l.stages {
		if l.stages[i].Name == stage {
			l.stages[i].Took += took
			return
		}
	}
	l.stages = append(l.stages, reqlog.Stage{Name: stage, Took: took})
}
