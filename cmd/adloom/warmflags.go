package main

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

// warmInput says where the URLs come from.
type warmInput struct {
	Input  string `arg:"" help:"Feed, list of URLs or access log, gzipped or not; - is standard input."`
	From   string `enum:"auto,feed,list,log" default:"auto" help:"What the input is: ${enum}."`
	Column string `default:"image_link" help:"Column of a feed that holds the URLs."`
	Base   string `placeholder:"URL" help:"Scheme and host in place of those in the input, such as http://10.0.0.5:8080 to reach a node behind its CDN. Paths, as in logs, need it."`
	OnlyOK bool   `name:"only-ok" help:"Of a log, only requests that were answered 2xx or 304 then."`
	Repeat int    `default:"1" help:"How often the input is gone through. 0: until --duration or --limit ends it."`

	stdin io.Reader
}

// warmPace says when requests are sent.
type warmPace struct {
	Rate        float64       `help:"Requests a second that are due whatever the answers (open loop); latency counts from when a request was due."`
	Arrivals    string        `enum:"fixed,poisson" default:"fixed" help:"How they come: ${enum}. Poisson is how visitors come."`
	Seed        uint64        `default:"1" help:"Seed of poisson."`
	Concurrency int           `help:"Requests at once, each followed by the next (closed loop); latency counts from sending. 8 if nothing else says when."`
	Replay      bool          `help:"Send the requests of a log at its own times."`
	Speed       speed         `default:"1x" help:"How much faster, such as 2x."`
	MaxInFlight int           `default:"1000" help:"Requests that wait for an answer at most, in an open loop. Those due beyond are sent late, and their wait counts."`
	Limit       int64         `help:"Requests at most."`
	Duration    time.Duration `help:"How long requests are sent at most."`
}

// warmRequest says what is sent.
type warmRequest struct {
	Timeout      time.Duration     `default:"30s" help:"A whole request, to the last byte."`
	Header       map[string]string `mapsep:"none" help:"Headers to send, such as X-Team=ads."`
	UserAgent    string            `help:"User-Agent to send. adloom-warm/VERSION by default."`
	LogAgent     bool              `help:"Send the User-Agent that the log has."`
	RetryRefused int               `help:"How often a request is sent again after 429, or 503 with Retry-After, when the answer says so. A load test wants none."`
	Insecure     bool              `help:"Trust any certificate, as of a node behind its CDN."`
}

// check finds what flags together cannot mean.
func (c *warmCmd) check() error {
	modes := 0
	for _, set := range []bool{c.Rate != 0, c.Concurrency != 0, c.Replay} {
		if set {
			modes++
		}
	}
	switch {
	case modes > 1:
		return wrongUse("expected one of --rate, --concurrency and --replay; found %d", modes)
	case c.Input == "-" && c.Repeat != 1:
		return wrongUse("--repeat: standard input can be read once; expected a file")
	case c.Repeat == 0 && c.Duration == 0 && c.Limit == 0:
		return wrongUse("--repeat 0: expected --duration or --limit, or it never ends")
	}
	return nil
}

// warmed is an input that is open.
type warmed struct {
	file *os.File
	size int64 // 0 if nobody knows
}

func (w *warmed) close() {
	if w.file != nil {
		_ = w.file.Close() // it was only read
	}
}

func (c *warmCmd) open() (*loadgen.Reader, *warmed, error) {
	w := &warmed{}
	config := loadgen.InputConfig{Format: loadgen.Format(c.From), Column: c.Column, Base: loadgen.Base(c.Base),
		OnlyOK: c.OnlyOK, Replay: c.Replay, Passes: c.Repeat}
	if err := config.Validate(); err != nil {
		return nil, w, wrongUse("%v", err)
	}
	open := func() (io.Reader, error) {
		if c.stdin != nil {
			return c.stdin, nil
		}
		return os.Stdin, nil
	}
	if c.Input != "-" {
		var err error
		if w.file, err = os.Open(c.Input); err != nil {
			return nil, w, fmt.Errorf("read input: %w", err)
		}
		if info, err := w.file.Stat(); err == nil {
			w.size = info.Size()
		}
		open = func() (io.Reader, error) {
			if c.Repeat == 1 { // it may be a pipe
				return w.file, nil
			}
			_, err := w.file.Seek(0, io.SeekStart)
			return w.file, err
		}
	}
	source, err := loadgen.Open(open, config)
	if err == nil && c.Replay && source.Format() != loadgen.Log {
		err = wrongUse("--replay: expected an access log; found a %s", source.Format())
	}
	if err != nil {
		w.close()
		return nil, w, fmt.Errorf("%s: %w", c.Input, err)
	}
	return source, w, nil
}

func (c *warmCmd) config() loadgen.Config {
	config := loadgen.DefaultConfig()
	config.Rate, config.Poisson, config.Seed, config.Concurrency = c.Rate, c.Arrivals == "poisson", c.Seed, c.Concurrency
	if c.Replay {
		config.Replay = float64(c.Speed)
	} else if c.Rate == 0 && c.Concurrency == 0 {
		config.Concurrency = 8
	}
	config.MaxInFlight, config.Limit, config.Duration = c.MaxInFlight, c.Limit, c.Duration
	config.Timeout, config.RetryRefused, config.KeepAgent = c.Timeout, c.RetryRefused, c.LogAgent
	config.Agent = cmp.Or(c.UserAgent, "adloom-warm/"+strings.ReplaceAll(version(), "+", "-"))
	config.Header = http.Header{}
	for name, value := range c.Header {
		config.Header.Set(name, value)
	}
	if c.Insecure {
		config.TLS = &tls.Config{InsecureSkipVerify: true}
	}
	return config
}
