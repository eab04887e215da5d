package fetcher

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/adloom/adloom/internal/imageinfo"
)

const (
	firstLook  = 64 << 10 // bytes after which the picture's headers are read for the first time
	firstBuild = 64 << 10 // bytes reserved at most on the strength of a Content-Length alone
	trust      = 8        // times what has come: reserved at most on the strength of a Content-Length
)

// receive reads the body of a response that should be a picture. Cancel ends the request when the shop falls silent.
func (f *Fetcher) receive(ctx context.Context, cancel context.CancelCauseFunc, response *http.Response, way *trip) ([]byte, imageinfo.Info, error) {
	none := imageinfo.Info{}
	if response.StatusCode != http.StatusOK {
		return nil, none, badStatus(response, time.Now())
	}
	announced := response.ContentLength
	if announced > f.cfg.MaxBytes {
		return nil, none, faultf(TooLarge, "expected at most %d bytes, found Content-Length %d", f.cfg.MaxBytes, announced)
	}
	silence := faultf(TooSlow, "expected more bytes within %v, found none", f.cfg.IdleTimeout)
	idle := time.AfterFunc(f.cfg.IdleTimeout, func() { cancel(silence) })
	defer idle.Stop()
	wire := &meter{from: response.Body, left: f.cfg.MaxBytes, limit: f.cfg.MaxBytes, onBytes: func(n int) {
		idle.Reset(f.cfg.IdleTimeout)
		f.counters.bytes.Add(uint64(n))
	}}
	plain, packed, err := decoded(wire, response.Header.Get("Content-Encoding"))
	if packed {
		announced = -1
	}
	var data []byte
	if err == nil {
		room := f.buffers.room(way.origin)
		defer room.release()
		data, err = f.gather(plain, announced, response.Header.Get("Content-Type"), room)
	}
	if err != nil {
		return nil, none, bodyFault(ctx, err, wire.limit-wire.left, response.ContentLength)
	}
	info, err := f.judge(data, response.Header.Get("Content-Type"))
	return data, info, err
}

// meter counts what comes over the wire and ends it at the limit.
type meter struct {
	from        io.Reader
	left, limit int64
	onBytes     func(n int)
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	if n > 0 {
		m.onBytes(n)
	}
	if m.left -= int64(n); m.left < 0 {
		return n, faultf(TooLarge, "expected at most %d bytes, found more", m.limit)
	}
	return n, err
}

// decoded undoes gzip, which some shops send although identity was asked for. Others only say that they pack, so the
// bytes decide. What follows the end of gzip is left, as browsers do. Packed says that lengths on the wire tell nothing
// about the picture.
func decoded(wire io.Reader, encoding string) (plain io.Reader, packed bool, err error) {
	const enough = 12 // bytes to tell a picture by
	switch encoding = strings.ToLower(strings.TrimSpace(encoding)); encoding {
	case "gzip", "x-gzip":
		buffered := bufio.NewReader(wire)
		if start, _ := buffered.Peek(2); string(start) != "\x1f\x8b" {
			return buffered, false, nil // an error of Peek comes again with the next Read
		}
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, true, err
		}
		unpacked.Multistream(false)
		return unpacked, true, nil
	case "br", "zstd", "deflate", "compress", "x-compress":
		buffered := bufio.NewReader(wire)
		start, err := buffered.Peek(enough)
		if err != nil && err != io.EOF {
			return nil, false, err
		}
		var format *imageinfo.FormatError
		if _, err := imageinfo.Read(start); errors.As(err, &format) {
			return nil, false, faultf(BadEncoding, "expected an unpacked picture, found Content-Encoding %q", encoding)
		}
		return buffered, false, nil
	}
	return wire, false, nil
}

// gather reads all of body into one buffer that grows as bytes come, within room. The picture's headers are judged as
// soon as they are there.
func (f *Fetcher) gather(body io.Reader, announced int64, contentType string, room *room) ([]byte, error) {
	most, factor := f.cfg.MaxBytes, int64(2)
	if announced >= 0 {
		most, factor = announced, trust
	}
	var data []byte
	for look := firstLook; ; {
		if len(data) == cap(data) {
			// One more byte than there should be, to see the end without growing.
			size := max(min(factor*int64(cap(data)), most+1), min(most, firstBuild)+1, int64(cap(data))+1)
			if err := room.grow(size); err != nil {
				return nil, err
			}
			larger := make([]byte, len(data), size)
			copy(larger, data)
			data = larger
		}
		n, err := body.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if int64(len(data)) > f.cfg.MaxBytes {
			return nil, faultf(TooLarge, "expected at most %d bytes, found more", f.cfg.MaxBytes)
		}
		if err == io.EOF {
			return data[:len(data):len(data)], nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) >= look {
			look *= 2
			if _, err := f.judge(data, contentType); err != nil && !errors.Is(err, imageinfo.ErrShort) {
				return nil, err
			}
		}
	}
}

// judge reads the picture's headers and holds them to the limits.
func (f *Fetcher) judge(data []byte, contentType string) (imageinfo.Info, error) {
	info, err := imageinfo.Read(data)
	if err == nil {
		err = f.cfg.Limits.Check(info)
	}
	var (
		format *imageinfo.FormatError
		limit  *imageinfo.LimitError
	)
	switch {
	case err == nil:
		return info, nil
	case errors.As(err, &format):
		reason := NotAnImage
		if format.Picture() {
			reason = UnsupportedFormat
		}
		return info, faultf(reason, "%w (%d bytes sent as %q)", err, len(data), contentType)
	case errors.As(err, &limit) && limit.Limit == "scans":
		return info, &fault{reason: TooManyScans, err: err}
	case errors.As(err, &limit):
		return info, &fault{reason: TooManyPixels, err: err}
	}
	return info, &fault{reason: Corrupt, err: err}
}

// bodyFault tells why reading the body ended early.
func bodyFault(ctx context.Context, err error, received, announced int64) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var own *fault
	if errors.As(err, &own) {
		return own
	}
	if isPacking(err) {
		return faultf(BadEncoding, "unpack gzip: %w", err)
	}
	if received == announced {
		return faultf(Truncated, "unpack gzip: expected its end, found that of the body after %d bytes: %w", received, err)
	}
	expected := "the whole body"
	if announced >= 0 {
		expected = fmt.Sprintf("%d bytes", announced)
	}
	return faultf(Truncated, "expected %s, found the end after %d: %w", expected, received, err)
}

// isPacking says that the bytes came, but are no gzip.
func isPacking(err error) bool {
	var flaw flate.CorruptInputError
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &flaw)
}
