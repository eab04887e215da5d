package feed

import (
	"context"
	"io"
	"sync"
)

// Convert copies a feed from src to dst with the link of every row made by
// link, which must be safe for concurrent use unless opts.Workers is 1. The
// Row that link gets is valid during the call.
//
// The report is true also for a conversion that failed. The output is whole
// only if the error is nil, so that dst should be a file that is swapped in
// afterwards. When ctx ends, Convert returns its error as soon
// as the calls of link and of src.Read that are under way have returned.
func Convert(ctx context.Context, dst io.Writer, src io.Reader, opts Options, link func(Row) (string, error)) (Report, error) {
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	in, err := NewReader(src, opts)
	if err != nil {
		return Report{}, err
	}
	c := &conversion{in: in, link: link, report: Report{Dialect: in.dialect, Duplicates: in.columns.duplicates}}
	if c.out, err = NewWriter(dst, in); err != nil {
		return c.report, err
	}
	if in.opts.Workers == 1 {
		err = c.sequential(ctx)
	} else {
		err = c.parallel(ctx)
	}
	if err == nil {
		err = c.out.Close()
	}
	c.report.Encoding, c.report.Repaired = in.src.encoding(), in.src.repaired()
	if err == nil && in.opts.Progress != nil {
		in.opts.Progress(c.report.Rows, c.report.BytesRead)
	}
	return c.report, err
}

type conversion struct {
	in     *Reader
	out    *Writer
	link   func(Row) (string, error)
	report Report
}

func (c *conversion) sequential(ctx context.Context) error {
	b := newBatch()
	for {
		b.fill(c.in)
		b.link(ctx, c.out.link, c.in.opts.OnError, c.link)
		if err := c.write(b); err != nil {
			return ended(err)
		}
	}
}

// parallel reads on one goroutine, links on some and writes on the caller's.
// The batches go round: free -> reader -> (work -> linkers, order) -> writer ->
// free. There is room for all of them in every channel, hence only taking one
// can block, and the reader, who waits for free ones, also waits for ctx.
func (c *conversion) parallel(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := c.in.opts.Workers
	batches := workers + 2 // one being read, one being written
	free := make(chan *batch, batches)
	work := make(chan *batch, batches)
	order := make(chan *batch, batches)
	for range batches {
		free <- newBatch()
	}
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() {
		defer close(order)
		defer close(work)
		c.read(ctx, free, order, work)
	})
	for range workers {
		running.Go(func() {
			for b := range work {
				b.link(ctx, c.out.link, c.in.opts.OnError, c.link)
				b.linked <- struct{}{}
			}
		})
	}
	for b := range order {
		<-b.linked
		if err := c.write(b); err != nil {
			return ended(err)
		}
		free <- b
	}
	return ctx.Err()
}

// read fills batches and sends them on until the feed or ctx ends.
func (c *conversion) read(ctx context.Context, free <-chan *batch, order, work chan<- *batch) {
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-free:
			b.fill(c.in)
			end := b.end // b is not ours any more once it has been sent
			order <- b
			work <- b
			if end != nil {
				return
			}
		}
	}
}

// write writes out a batch whose links are made, and returns what ends the
// conversion after it.
func (c *conversion) write(b *batch) error {
	if err := c.out.write(b.out); err != nil {
		return err
	}
	thousands := c.report.Rows / 1000
	c.report.add(&b.report)
	c.report.BytesRead = b.read
	if p := c.in.opts.Progress; p != nil && c.report.Rows/1000 > thousands {
		p(c.report.Rows, c.report.BytesRead)
	}
	return b.result()
}

func ended(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
