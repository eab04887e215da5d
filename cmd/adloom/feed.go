package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/adloom/adloom/feed"
	"github.com/adloom/adloom/internal/atomicfile"
)

type feedCmd struct {
	linkFlags
	Input   string `arg:"" type:"existingfile" help:"Feed to read: CSV or TSV, gzipped or not."`
	Output  string `short:"o" required:"" type:"path" help:"Feed to write. It is written aside and swapped in whole; it may be the input."`
	Column  string `default:"image_link" help:"Column that holds the photo and gets the render URL."`
	OnError string `enum:"fail,keep,skip" default:"keep" help:"For a product that no URL can be made for: fail, keep its own link, or skip its row (Meta deletes products that are missing from a feed)."`
	Workers int    `default:"0" help:"Rows worked on at once. 0: one for each CPU."`

	now func() time.Time
}

func (c *feedCmd) Run(ctx context.Context, o out) error {
	l, err := c.linker(ctx)
	if err != nil {
		return err
	}
	if c.now == nil {
		c.now = time.Now
	}
	in, err := os.Open(c.Input)
	if err != nil {
		return fmt.Errorf("read feed: %w", err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return fmt.Errorf("read feed: %w", err)
	}
	bar := newProgress(o.stderr, info.Size(), true)
	options := feed.Options{From: c.Column, OnError: feed.OnError(c.OnError), Workers: c.Workers,
		Progress: func(rows, bytesRead int64) { bar.show(fmt.Sprintf("%d products", rows), bytesRead) }}
	// One moment for all rows: a sale that ends meanwhile must not split the feed.
	now := c.now()
	var report feed.Report
	err = atomicfile.Write(c.Output, 0o644, func(w io.Writer) error {
		var err error
		report, err = feed.Convert(ctx, w, in, options, func(row feed.Row) (string, error) {
			return linkRow(l, row, c.Column, now)
		})
		if err == nil && report.Rows > 0 && report.Linked == 0 && len(report.Errors) > 0 {
			return fmt.Errorf("no product fits the template; the first: %w", report.Errors[0])
		}
		return err
	})
	bar.end()
	c.tell(o, report)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Input, err)
	}
	return nil
}

// linkRow makes the URL of one product. A sale price outside its window does not
// exist: pictures know no time.
func linkRow(l *linker, row feed.Row, column string, now time.Time) (string, error) {
	product := row.Fields()
	if product["sale_price"] != "" {
		active, err := feed.SaleActive(product["sale_price_effective_date"], now)
		if err != nil {
			return "", fmt.Errorf("field sale_price_effective_date: %w", err)
		}
		if !active {
			delete(product, "sale_price")
		}
	}
	if column = feed.CanonicalName(column); column != "image_link" {
		product["image_link"] = product[column]
	}
	return l.link(product)
}

func (c *feedCmd) tell(o out, r feed.Report) {
	for _, name := range r.Duplicates {
		fmt.Fprintf(o.stderr, "warning: expected each column once; found several named %s, of which the first is read\n", name)
	}
	for _, e := range r.Warnings {
		fmt.Fprintf(o.stderr, "warning: %v\n", e)
	}
	if c.OnError != string(feed.Fail) {
		for _, e := range r.Errors {
			fmt.Fprintf(o.stderr, "%v\n", e)
		}
	}
	if more := r.Kept + r.Skipped - int64(len(r.Errors)); more > 0 {
		fmt.Fprintf(o.stderr, "and %d more\n", more)
	}
	if r.Repaired > 0 {
		fmt.Fprintf(o.stderr, "warning: %d bytes were not UTF-8 and were read as windows-1252\n", r.Repaired)
	}
	if r.Rows == 0 {
		return
	}
	fmt.Fprintf(o.stderr, "%d products: %d linked, %d kept with their own link, %d skipped\n", r.Rows, r.Linked, r.Kept, r.Skipped)
}
