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
}

const lineEvery = 5 * time.Second

// newProgress is for a work of so many steps, or bytes. Below 1 nobody knows.
func newProgress(w io.Writer, size int64, bytes bool) *progress {
	p := &progress{w: w, size: size, next: time.Now().Add(lineEvery)}
	if isTerminal(w) {
		if size < 1 {
			size = -1
		}
		p.bar = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(bytes), progressbar.OptionClearOnFinish(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(30), progressbar.OptionSetPredictTime(true))
	}
	return p
}

// show takes what is done in words, and as a part of the size.
func (p *progress) show(words string, done int64) {
	if p.bar != nil {
		p.bar.Describe(words)
		_ = p.bar.Set64(done) // a bar that cannot be drawn stops nothing
		return
	}
	now := time.Now()
	if !now.After(p.next) {
		return
	}
	p.next = now.Add(lineEvery)
	if p.size > 0 {
		words += fmt.Sprintf(", %d %%", min(100, 100*done/p.size))
	}
	fmt.Fprintln(p.w, words)
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
