package reqlog

import (
	"maps"
	"net/netip"
	"slices"
	"time"

	"go.uber.org/zap/zapcore"
)

// How much of each part is written.
const (
	mostFields     = 50
	mostFieldName  = 64
	mostFieldValue = 256
	mostFieldBytes = 4 << 10 // names and values together
	mostPhotos     = 20
	mostURL        = 512
	mostDetail     = 1 << 10
	mostAgent      = 256
	mostWord       = 128 // customers, templates, errors
	mostLayers     = 20
)

// Entry is a record that is kept. Its JSON keys are stable; docs/requestlog.md lists them.
type Entry struct {
	*Record
	Weight  float64 // how many requests it stands for
	Node    string
	Network string
	Dropped *Dropped // set if it is no request but tells what was dropped of a customer in the minute that begins at Time
}

// Dropped is what was not kept: failures, or successes, apart from those that their share left out.
type Dropped struct {
	Failures       uint64
	Budget, Buffer uint64  // of those, by cause
	Successes      float64 // that those stand for which the buffer had no room for
	Commonest      []Kind
}

// Kind counts failures of one kind.
type Kind struct {
	Error, Reason string
	Count         uint64
}

// MarshalLogObject writes the entry, bounded and without secrets.
func (e Entry) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("time", e.Time.UTC().Format("2006-01-02T15:04:05.000Z"))
	enc.AddString("request_id", short(e.RequestID, mostWord))
	word(enc, "node", e.Node)
	enc.AddFloat64("weight", e.Weight)
	word(enc, "customer", e.Account())
	if e.Dropped != nil {
		enc.AddString("event", "dropped")
		enc.AddBool("failed", e.Dropped.Failures > 0)
		return enc.AddObject("dropped", e.Dropped)
	}
	enc.AddString("event", "request")
	if !e.Signed {
		word(enc, "claimed_customer", e.Customer)
	}
	e.asked(enc)
	if err := e.answered(enc); err != nil {
		return err
	}
	for _, s := range e.Stages {
		enc.AddFloat64(short(s.Name, mostWord)+"_ms", ms(s.Took))
	}
	if len(e.Photos) > 0 {
		if err := enc.AddArray("photos", photos(e.Photos)); err != nil {
			return err
		}
	}
	return e.product(enc)
}

// asked writes what the request was.
func (e Entry) asked(enc zapcore.ObjectEncoder) {
	word(enc, "template", e.Template)
	number(enc, "version", e.Version)
	word(enc, "format", e.Format)
	if ip, err := netip.ParseAddr(e.Client); err == nil {
		enc.AddString("client", ip.WithZone("").String())
	}
	enc.AddString("network", e.Network)
	if e.Agent != "" {
		enc.AddString("user_agent", short(e.Agent, mostAgent))
	}
}

// answered writes what came of it.
func (e Entry) answered(enc zapcore.ObjectEncoder) error {
	enc.AddInt("status", e.Status)
	enc.AddBool("failed", e.Failed())
	word(enc, "error", e.Error)
	if e.Detail != "" {
		enc.AddString("detail", short(e.Detail, mostDetail))
	}
	word(enc, "reason", e.Reason)
	word(enc, "cache", e.Cache)
	number(enc, "bytes", e.Bytes)
	number(enc, "width", e.Width)
	number(enc, "height", e.Height)
	if e.Degraded {
		enc.AddBool("degraded", true)
	}
	word(enc, "missing_glyphs", e.Missing)
	enc.AddFloat64("total_ms", ms(e.Total))
	if len(e.Cut) == 0 {
		return nil
	}
	return enc.AddArray("text_cut", layers(e.Cut))
}

// product writes the fields, in the order of their names, as far as they fit.
func (e Entry) product(enc zapcore.ObjectEncoder) error {
	if len(e.Fields) == 0 {
		return nil
	}
	cut := false
	err := enc.AddObject("fields", zapcore.ObjectMarshalerFunc(func(enc zapcore.ObjectEncoder) error {
		written, left := map[string]bool{}, mostFieldBytes
		for _, key := range slices.Sorted(maps.Keys(e.Fields)) {
			name, shortened := bounded(key, mostFieldName)
			value, shorter := bounded(e.Fields[key], mostFieldValue)
			cut = cut || shortened || shorter
			if name == "" || written[name] || len(written) == mostFields || len(name)+len(value) > left {
				cut = true
				continue
			}
			written[name] = true
			left -= len(name) + len(value)
			enc.AddString(name, value)
		}
		return nil
	}))
	if cut {
		enc.AddBool("fields_cut", true)
	}
	return err
}

// MarshalLogObject writes what was dropped.
func (d *Dropped) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddUint64("failures", d.Failures)
	enc.AddUint64("budget", d.Budget)
	enc.AddUint64("buffer", d.Buffer)
	enc.AddFloat64("successes", d.Successes)
	return enc.AddArray("commonest", zapcore.ArrayMarshalerFunc(func(enc zapcore.ArrayEncoder) error {
		for _, k := range d.Commonest {
			if err := enc.AppendObject(k); err != nil {
				return err
			}
		}
		return nil
	}))
}

// MarshalLogObject writes the count of a kind.
func (k Kind) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	word(enc, "error", k.Error)
	word(enc, "reason", k.Reason)
	enc.AddUint64("count", k.Count)
	return nil
}

type photos []Photo

func (list photos) MarshalLogArray(enc zapcore.ArrayEncoder) error {
	for _, p := range list[:min(len(list), mostPhotos)] {
		if err := enc.AppendObject(p); err != nil {
			return err
		}
	}
	return nil
}

// ShownURL is its URL as it may be written: without secrets, in UTF-8, and not endless.
func (p Photo) ShownURL() string { return short(p.URL, mostURL) }

// MarshalLogObject writes a photo.
func (p Photo) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("url", p.ShownURL())
	enc.AddFloat64("took_ms", ms(p.Took))
	number(enc, "bytes", p.Bytes)
	number(enc, "width", p.Width)
	number(enc, "height", p.Height)
	enc.AddBool("cached", p.Cached)
	word(enc, "error", p.Error)
	return nil
}

type layers []string

func (list layers) MarshalLogArray(enc zapcore.ArrayEncoder) error {
	for _, name := range list[:min(len(list), mostLayers)] {
		enc.AppendString(short(name, mostWord))
	}
	return nil
}

// word writes a short text, unless it is empty.
func word(enc zapcore.ObjectEncoder, key, value string) {
	if value != "" {
		enc.AddString(key, short(value, mostWord))
	}
}

// number writes a number, unless it is not known.
func number(enc zapcore.ObjectEncoder, key string, n int) {
	if n != 0 {
		enc.AddInt64(key, int64(n))
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// sizeOf is about how much memory a record holds.
func sizeOf(r *Record) int64 {
	n := 1<<10 + len(r.Detail) + len(r.Missing) + len(r.Agent)
	for key, value := range r.Fields {
		n += 64 + len(key) + len(value)
	}
	for _, p := range r.Photos {
		n += 128 + len(p.URL)
	}
	for _, c := range r.Cut {
		n += 16 + len(c)
	}
	return int64(n)
}
