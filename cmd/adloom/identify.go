package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
)

type identifyCmd struct {
	FetchMaxBytes  int64    `default:"16777216" help:"Bytes of one picture."`
	FetchMaxPixels int64    `default:"50000000" help:"Pixels of one picture."`
	Files          []string `arg:"" help:"Pictures, or what is taken for some."`
}

// Run prints TSV with a line for each file: what the engine would draw of it, or
// why it draws nothing. A refused picture is an answer and no failure.
func (c *identifyCmd) Run(ctx context.Context, o out) error {
	limits := imageinfo.DefaultLimits()
	limits.MaxPixels = c.FetchMaxPixels
	i := identifier{engine: renderer.New(typeset.NewFonts(nil), limits, machineCodecs(), renderer.Budgets{}), maxBytes: c.FetchMaxBytes}
	if _, err := fmt.Fprintln(o.stdout, "file\toutcome\tformat\twidth\theight\tr\tg\tb\tnote"); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	for _, path := range c.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(o.stdout, i.line(path)); err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
	}
	return nil
}

// identifier looks at one file after another in the same memory.
type identifier struct {
	engine   *renderer.Engine
	maxBytes int64
	data     bytes.Buffer
}

// line is the answer for a file, without its end.
func (i *identifier) line(path string) string {
	identity, err := i.identify(path)
	if err != nil {
		return fmt.Sprintf("%s\terror\t\t\t\t\t\t\t%s", path, oneLine(err.Error()))
	}
	var notes []string
	if identity.Profile != "" {
		notes = append(notes, oneLine(identity.Profile))
	}
	if identity.Frames > 1 {
		notes = append(notes, fmt.Sprintf("%d frames, first one", identity.Frames))
	}
	return fmt.Sprintf("%s\tok\t%s\t%d\t%d\t%.1f\t%.1f\t%.1f\t%s", path, identity.Format, identity.Width, identity.Height,
		identity.Mean[0], identity.Mean[1], identity.Mean[2], strings.Join(notes, "; "))
}

func (i *identifier) identify(path string) (renderer.Identity, error) {
	if err := i.read(path); err != nil {
		return renderer.Identity{}, err
	}
	return i.engine.Identify(i.data.Bytes())
}

// read takes a file into memory. It looks before it opens: opening a named pipe
// would wait for who writes into it.
func (i *identifier) read(path string) error {
	stat, err := os.Stat(path)
	switch {
	case err != nil:
		return err
	case stat.IsDir():
		return fmt.Errorf("read %s: expected a file; found a folder", path)
	case !stat.Mode().IsRegular():
		return fmt.Errorf("read %s: expected a file; found something else (%s)", path, stat.Mode().Type())
	case stat.Size() > i.maxBytes:
		return fmt.Errorf("read %s: expected at most %d bytes; found %d", path, i.maxBytes, stat.Size())
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	i.data.Reset()
	i.data.Grow(int(stat.Size()) + bytes.MinRead)
	n, err := i.data.ReadFrom(io.LimitReader(f, i.maxBytes+1)) // the file may grow meanwhile
	if err != nil {
		return err
	}
	if n > i.maxBytes {
		return fmt.Errorf("read %s: expected at most %d bytes; found more", path, i.maxBytes)
	}
	return nil
}

// oneLine makes a text fit for a column: what breaks lines or columns, or steers a
// terminal, becomes a space.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}
