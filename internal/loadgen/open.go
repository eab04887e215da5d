package loadgen

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"time"
)

// Format is how an input is written.
type Format string

const (
	Auto Format = "auto" // found out from the first line
	Feed Format = "feed" // a catalog feed, see package feed
	List Format = "list" // one URL a line, # begins a comment
	Log  Format = "log"  // combined log format
)

// InputConfig says how an input is read.
type InputConfig struct {
	// Format of the input. Default Auto.
	Format Format
	// Column of a feed that holds the URLs. Default image_link.
	Column string
	// Base stands in for the scheme and host of all URLs. Paths need it.
	Base Base
	// OnlyOK skips the requests of a log that were not answered by a picture then.
	OnlyOK bool
	// Replay spreads the requests of a log over its seconds.
	Replay bool
	// Passes over the input; 0 never ends.
	Passes int
}

// Validate names every mistake.
func (c InputConfig) Validate() error {
	var errs []error
	switch c.Format {
	case "", Auto, Feed, List, Log:
	default:
		errs = append(errs, fmt.Errorf("loadgen.InputConfig.Format: expected auto, feed, list or log; found %q", c.Format))
	}
	if err := c.Base.Validate(); err != nil {
		errs = append(errs, fmt.Errorf("loadgen.InputConfig.Base: %w", err))
	}
	if c.Passes < 0 {
		errs = append(errs, fmt.Errorf("loadgen.InputConfig.Passes: expected at least 0; found %d", c.Passes))
	}
	return errors.Join(errs...)
}

// Reader is a source that reads an input as often as it is told.
type Reader struct {
	cfg    InputConfig
	open   func() (io.Reader, error)
	source Source
	tally  tally
	found  Format
	given  bool          // this pass gave a request
	shift  time.Duration // by the passes before this one
	last   time.Duration // moment of a request, shift included
}

// Open begins to read. open is called for each pass and returns the input's
// beginning; whoever gave it closes what it opened.
func Open(open func() (io.Reader, error), cfg InputConfig) (*Reader, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	cfg.Column = cmp.Or(cfg.Column, "image_link")
	r := &Reader{cfg: cfg, open: open}
	return r, r.rewind()
}

// Format is what the input was taken for.
func (r *Reader) Format() Format { return r.found }

// Input is what was read so far. It may be called while Next runs.
func (r *Reader) Input() Input { return r.tally.now() }

// Next gives the next request, of the next pass if one ends. A pass without a
// request is the last. The moments of a pass follow those of the one before it.
func (r *Reader) Next() (Target, error) {
	for {
		t, err := r.source.Next()
		if err == nil {
			r.given = true
			t.At += r.shift
			r.last = max(r.last, t.At)
			return t, nil
		}
		passes := r.tally.now().Passes
		if !errors.Is(err, io.EOF) || !r.given || r.cfg.Passes != 0 && passes >= int64(r.cfg.Passes) {
			return t, err
		}
		if err := r.rewind(); err != nil {
			return Target{}, err
		}
		r.shift = r.last.Truncate(time.Second) + time.Second // logs know whole seconds
	}
}

func (r *Reader) rewind() error {
	raw, err := r.open()
	if err != nil {
		return err
	}
	r.tally.pass()
	r.given = false
	text := bufio.NewReaderSize(&counted{raw, &r.tally}, sniffed)
	if head, _ := text.Peek(2); string(head) == "\x1f\x8b" {
		unpacked, err := gzip.NewReader(text)
		if err != nil {
			return fmt.Errorf("unpack input: %w", err)
		}
		text = bufio.NewReaderSize(unpacked, sniffed)
	}
	if r.found = r.cfg.Format; r.found == Auto || r.found == "" {
		head, err := text.Peek(sniffed)
		if len(head) == 0 {
			if err != nil && !errors.Is(err, io.EOF) {
				return fmt.Errorf("read input: %w", err)
			}
			return errors.New("expected a feed, a list of URLs or an access log; found nothing")
		}
		r.found = sniff(head)
	}
	switch r.found {
	case Feed:
		r.source, err = newCatalog(text, r.cfg.Column, r.cfg.Base, &r.tally)
	case Log:
		r.source = &accessLog{lines: newLines(text), base: r.cfg.Base, tally: &r.tally, onlyOK: r.cfg.OnlyOK}
		if r.cfg.Replay {
			r.source = &spread{from: r.source}
		}
	default:
		r.source = &list{lines: newLines(text), base: r.cfg.Base, tally: &r.tally}
	}
	return err
}

// sniffed is how much of an input is looked at.
const sniffed = 16 << 10

// sniff tells a list by a URL or a path at the beginning of its first line, a log by
// a bracket and a quote behind each other, and takes all else for a feed, whose
// reader knows best what it lacks.
func sniff(head []byte) Format {
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if _, rest, ok := bytes.Cut(line, []byte(" [")); ok {
			if _, rest, ok = bytes.Cut(rest, []byte(`] "`)); ok && bytes.IndexByte(rest, '"') > 0 {
				return Log
			}
		}
		lower := bytes.ToLower(line[:min(len(line), len("https://"))])
		if line[0] == '/' || bytes.HasPrefix(lower, []byte("http://")) || bytes.HasPrefix(lower, []byte("https://")) {
			return List
		}
		return Feed
	}
	return List // comments alone
}

// counted tells the tally what is read.
type counted struct {
	r io.Reader
	t *tally
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.t.bytes(n)
	return n, err
}
