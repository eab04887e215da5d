package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long work is: a bar on a terminal, a line every few
// seconds elsewhere. It belongs to one goroutine.
type progress struct {
	w    io.Writer
	bar  *progressbar.ProgressBar // nil elsewhere
	size int64
	next time.Time
	rows int64
}

const lineEvery = 5 * time.Second

func newProgress(w io.Writer, size int64) *progress {
	p := &progress{w: w, size: size, next: time.Now().Add(lineEvery)}
	if isTerminal(w) {
		p.bar = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(30), progressbar.OptionSetPredictTime(true))
	}
	return p
}

// show takes the rows done and the bytes read so far.
func (p *progress) show(rows, bytesRead int64) {
	p.rows = rows
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d products", rows))
		_ = p.bar.Set64(bytesRead) // a bar that cannot be drawn stops nothing
		return
	}
	if now := time.Now(); now.After(p.next) {
		p.next = now.Add(lineEvery)
		fmt.Fprintf(p.w, "%d products, %d %%\n", rows, 100*bytesRead/max(p.size, 1))
	}
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
