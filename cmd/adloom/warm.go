package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

type warmCmd struct {
	warmInput
	warmPace
	warmRequest
	Accept []int  `help:"Statuses that are no failure, besides 2xx and 304, such as 429 in a load test."`
	JSON   bool   `name:"json" help:"Print the report as JSON."`
	Out    string `type:"path" placeholder:"FILE" help:"Also write a line for each request: TSV."`
}

// Run fetches until the input ends or a limit is reached, and prints the report, of
// what was done if it was stopped. A failed request is an error, so that scripts see it.
func (c *warmCmd) Run(ctx context.Context, o out) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	config := c.config()
	if err := config.Validate(); err != nil {
		return wrongUse("%v", err)
	}
	source, input, err := c.open()
	if err != nil {
		return err
	}
	defer input.close()
	lines, closeLines, err := c.lines()
	if err != nil {
		return err
	}
	failed := int64(0)
	config.Observe = func(r *loadgen.Result) {
		if r.Err != nil || !r.OK() && !slices.Contains(c.Accept, r.Status) {
			failed++
		}
		if lines != nil {
			lines.Add(r)
		}
	}
	load, err := loadgen.New(config)
	if err != nil {
		return errors.Join(err, closeLines())
	}
	// What lives is a few MB: at Go's own pace half of the generator's time would be
	// the collector's, beside the server that it measures.
	defer debug.SetGCPercent(debug.SetGCPercent(1000))
	stopBar := c.watch(o.stderr, load, source, input.size)
	report, err := load.Run(ctx, source)
	stopBar()
	read := source.Input()
	report.Input = &read
	err = errors.Join(err, closeLines(), c.tell(o, report, read))
	failed += report.Unsent
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", c.Input, err)
	case failed > 0:
		return fmt.Errorf("%d of %d requests failed", failed, report.Requests+report.Unsent)
	case report.Requests == 0 && report.Stopped == 0:
		return fmt.Errorf("%s: expected requests to make; found none in %d lines read as a %s", c.Input, read.Lines, source.Format())
	}
	return nil
}

func (c *warmCmd) tell(o out, report loadgen.Report, read loadgen.Input) error {
	for _, bad := range read.First {
		fmt.Fprintln(o.stderr, bad)
	}
	if more := read.Broken - int64(len(read.First)); more > 0 {
		fmt.Fprintf(o.stderr, "and %d more broken lines\n", more)
	}
	if !c.JSON {
		return report.Write(o.stdout)
	}
	e := json.NewEncoder(o.stdout)
	e.SetIndent("", "  ")
	return e.Encode(report)
}

// lines opens the file that gets a line for each request, if one is wanted.
func (c *warmCmd) lines() (lines *loadgen.TSV, end func() error, err error) {
	if c.Out == "" {
		return nil, func() error { return nil }, nil
	}
	file, err := os.Create(c.Out)
	if err != nil {
		return nil, nil, fmt.Errorf("write results: %w", err)
	}
	lines = loadgen.NewTSV(file)
	return lines, func() error {
		if err := errors.Join(lines.Close(), file.Close()); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
		return nil
	}, nil
}

// watch shows progress until stop is called: of the time if it bounds the load, of
// the number of requests, or of the input.
func (c *warmCmd) watch(w io.Writer, load *loadgen.Load, source *loadgen.Reader, size int64) (stop func()) {
	var bar *progress
	done := func(loadgen.Progress) int64 { return source.Input().Bytes }
	switch {
	case c.Duration > 0:
		bar = newProgress(w, c.Duration.Milliseconds(), false)
		done = func(p loadgen.Progress) int64 { return min(p.Took, c.Duration).Milliseconds() }
	case c.Limit > 0:
		bar = newProgress(w, c.Limit, false)
		done = func(p loadgen.Progress) int64 { return p.Requests }
	default:
		bar = newProgress(w, size*int64(c.Repeat), true)
	}
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p := load.Progress()
				bar.show(fmt.Sprintf("%d requests, %d failed, %.0f/s, p99 %s", p.Requests, p.Failed,
					float64(p.Requests)/max(p.Took.Seconds(), 1e-3), p.P99.Round(100*time.Microsecond)), done(p))
			case <-quit:
				bar.end()
				return
			}
		}
	}()
	return func() {
		close(quit)
		<-ended
	}
}

// speed is a factor such as "2x" or "0.5".
type speed float64

func (s *speed) UnmarshalText(text []byte) error {
	if n := len(text); n > 1 && text[n-1] == 'x' {
		text = text[:n-1]
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(f > 0) {
		return fmt.Errorf("expected a factor such as 2x or 0.5; found %q", text)
	}
	*s = speed(f)
	return nil
}
