package fetcher

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"time"

	"github.com/adloom/adloom/internal/imageinfo"
)

// An entry in the cache is a line of magic, a line of JSON (head), and the body. Whatever is wrong with it makes it a
// miss, and the next download overwrites it.
const (
	entryMagic = "adloom photo 1\n"
	maxHead    = 64 << 10
	maxValue   = 1 << 10 // of a header; longer ones are not kept
)

// head is what is kept about a body.
type head struct {
	URL          string    `json:"url"`
	ContentType  string    `json:"content_type,omitempty"` // as sent; for people, never believed
	Size         int64     `json:"size"`
	CRC32C       uint32    `json:"crc32c"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	FetchedAt    time.Time `json:"fetched_at"`          // or confirmed by a 304
	RecheckAt    time.Time `json:"recheck_at,omitzero"` // the shop was in trouble; leave it alone until then
	Doubted      bool      `json:"doubted,omitzero"`    // could not be decoded; download it again at RecheckAt
	Refused      bool      `json:"refused,omitzero"`    // the shop sent something else; ask before it is served
	Gone         int       `json:"gone,omitzero"`       // the status with which the shop took it down; not served any more
}

// entry is a photo with its head. An entry without a URL stands for none.
type entry struct {
	head
	body []byte
	info imageinfo.Info
}

func newEntry(key string, got *downloaded, now time.Time) *entry {
	e := &entry{body: got.body, info: got.info, head: head{
		URL:         key,
		ContentType: kept(got.response.Header.Get("Content-Type")),
		Size:        int64(len(got.body)),
		CRC32C:      checksum(got.body),
	}}
	return e.confirmed(got.response, now)
}

// confirmed returns a copy that the shop has just said is right.
func (e *entry) confirmed(response *http.Response, now time.Time) *entry {
	c := *e
	c.FetchedAt, c.RecheckAt, c.Doubted, c.Refused, c.Gone = now.UTC(), time.Time{}, false, false, 0
	if v := kept(response.Header.Get("ETag")); v != "" {
		c.ETag = v
	}
	if v := kept(response.Header.Get("Last-Modified")); v != "" {
		c.LastModified = v
	}
	return &c
}

// rested returns a copy that is served without asking the shop until then.
func (e *entry) rested(until time.Time) *entry {
	c := *e
	c.RecheckAt = until.UTC()
	return &c
}

// refused returns a copy that is not served before the shop was asked, and not before it sends the photo again when it
// has said that there is none.
func (e *entry) refused(cause *fault) *entry {
	c := *e
	c.Refused = true
	if isGone(cause) {
		c.Gone = cause.status
	}
	return &c
}

// doubt returns a copy that is downloaded anew from then on.
func (e *entry) doubt(from time.Time) *entry {
	c := *e
	c.Doubted, c.RecheckAt, c.ETag, c.LastModified = true, from.UTC(), "", ""
	return &c
}

func (e *entry) stored() bool { return e.URL != "" }

// younger counts from the last confirmation. One from the future, as after a clock was set back, ages likewise.
func (e *entry) younger(limit time.Duration, now time.Time) bool {
	return now.Sub(e.FetchedAt).Abs() < limit
}

func (e *entry) photo(fromCache bool) *Photo {
	return &Photo{URL: e.URL, Data: e.body, Info: e.info, FromCache: fromCache}
}

// encode returns the bytes of the entry.
func (e *entry) encode() (io.Reader, error) {
	var line bytes.Buffer
	line.WriteString(entryMagic)
	if err := json.NewEncoder(&line).Encode(e.head); err != nil {
		return nil, fmt.Errorf("write entry: %w", err)
	}
	return io.MultiReader(&line, bytes.NewReader(e.body)), nil
}

// readEntry takes only what is whole, belongs to key and keeps the limits of today.
func readEntry(from io.Reader, key string, maxBytes int64, limits imageinfo.Limits) (*entry, error) {
	r := bufio.NewReaderSize(from, 4<<10)
	magic := make([]byte, len(entryMagic))
	if _, err := io.ReadFull(r, magic); err != nil || string(magic) != entryMagic {
		return nil, fmt.Errorf("read entry: expected %q, found %q", entryMagic, magic)
	}
	line, err := readLine(r, maxHead)
	if err != nil {
		return nil, fmt.Errorf("read entry head: %w", err)
	}
	e := &entry{}
	if err := json.Unmarshal(line, &e.head); err != nil {
		return nil, fmt.Errorf("read entry head: %w", err)
	}
	if e.URL != key {
		return nil, fmt.Errorf("read entry: expected URL %s, found %s", key, e.URL)
	}
	if e.Size < 0 || e.Size > maxBytes {
		return nil, fmt.Errorf("read entry: expected at most %d bytes, found %d", maxBytes, e.Size)
	}
	e.body = make([]byte, e.Size)
	if _, err := io.ReadFull(r, e.body); err != nil {
		return nil, fmt.Errorf("read entry body: %w", err)
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return nil, fmt.Errorf("read entry: expected its end after %d bytes, found more", e.Size)
	}
	if sum := checksum(e.body); sum != e.CRC32C {
		return nil, fmt.Errorf("read entry: expected checksum %08x, found %08x", e.CRC32C, sum)
	}
	if e.info, err = imageinfo.Read(e.body); err != nil {
		return nil, fmt.Errorf("read entry: %w", err)
	}
	if err := limits.Check(e.info); err != nil {
		return nil, fmt.Errorf("read entry: %w", err)
	}
	return e, nil
}

// readLine reads up to the newline, but no more than limit bytes.
func readLine(r *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if line = append(line, part...); len(line) > limit {
			return nil, fmt.Errorf("expected a line of at most %d bytes", limit)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// kept drops a header value of no sensible length.
func kept(value string) string {
	if len(value) > maxValue {
		return ""
	}
	return value
}

// The hardware computes CRC-32C, so that checking a photo costs next to nothing.
func checksum(body []byte) uint32 { return crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)) }
