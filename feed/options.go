package feed

import (
	"errors"
	"fmt"
	"math"
	"runtime"
)

// OnError says what becomes of a row whose link cannot be made.
type OnError string

const (
	Fail OnError = "fail" // stop at the first such row
	Keep OnError = "keep" // write the row with the link it had
	Skip OnError = "skip" // leave the row out
)

// Compression says how the output is packed.
type Compression string

const (
	AsRead Compression = "as-read" // gzipped if the input was
	Gzip   Compression = "gzip"
	Plain  Compression = "plain"
)

// Options are the choices of a conversion. The zero value of every field means
// its default, so that Options{} is DefaultOptions().
type Options struct {
	// From is the column that holds the photo, by any spelling of its name.
	// A feed without it is refused. Defaults to image_link.
	From string
	// To is the column that receives the link; the feed must have it.
	// Defaults to From.
	To string
	// OnError decides about rows whose link cannot be made. Defaults to Fail.
	OnError OnError
	// Compression of the output. Defaults to AsRead.
	Compression Compression
	// MaxRow is the most bytes a row may have, as UTF-8. Defaults to 5 MiB,
	// which is Meta's limit.
	MaxRow int
	// Workers is how many links are made at once. 1 makes them one after the
	// other on the caller's goroutine. Defaults to GOMAXPROCS.
	Workers int
	// Progress, if set, is called about every thousand rows and once at the
	// end, always from the goroutine that called Convert. bytesRead counts the
	// input as it is stored, before it is unpacked.
	Progress func(rows, bytesRead int64)
}

// DefaultOptions returns the defaults written out.
func DefaultOptions() Options { return Options{}.withDefaults() }

func (o Options) withDefaults() Options {
	o.From = CanonicalName(o.From)
	o.To = CanonicalName(o.To)
	if o.From == "" {
		o.From = "image_link"
	}
	if o.To == "" {
		o.To = o.From
	}
	if o.OnError == "" {
		o.OnError = Fail
	}
	if o.Compression == "" {
		o.Compression = AsRead
	}
	if o.MaxRow == 0 {
		o.MaxRow = 5 << 20
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// Validate reports every mistake at once.
func (o Options) Validate() error {
	var errs []error
	switch o.OnError {
	case "", Fail, Keep, Skip:
	default:
		errs = append(errs, fmt.Errorf("feed.Options.OnError: expected fail, keep or skip, found %q", o.OnError))
	}
	switch o.Compression {
	case "", AsRead, Gzip, Plain:
	default:
		errs = append(errs, fmt.Errorf("feed.Options.Compression: expected as-read, gzip or plain, found %q", o.Compression))
	}
	if o.MaxRow < 0 || o.MaxRow > math.MaxInt32/2 {
		errs = append(errs, fmt.Errorf("feed.Options.MaxRow: expected 1 to %d bytes, or 0 for the default, found %d", math.MaxInt32/2, o.MaxRow))
	}
	if o.Workers < 0 {
		errs = append(errs, fmt.Errorf("feed.Options.Workers: expected 1 or more, or 0 for one per CPU, found %d", o.Workers))
	}
	return errors.Join(errs...)
}
