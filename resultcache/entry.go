package resultcache

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// An entry is a line of magic, a head of fixed and counted parts, and the picture:
//
//	magic | made, unix ns, 8 bytes | CRC-32C of the picture, 4 | its length, 4
//	      | length of engine, 2, engine | length of key, 4, key | length of ETag, 1, ETag
//	      | CRC-32C of the head so far, 4 | picture
//
// all numbers big-endian. What is not exactly that is a miss.
const (
	magic     = "adloom result 1\n"
	maxEngine = 1 << 10
	maxKey    = 1 << 20
)

var errNotWhole = errors.New("entry is not whole")

func encode(p *Picture, engine, key string) io.Reader {
	head := make([]byte, 0, len(magic)+64+len(engine)+len(key))
	head = append(head, magic...)
	head = binary.BigEndian.AppendUint64(head, uint64(p.Made.UnixNano()))
	head = binary.BigEndian.AppendUint32(head, checksum(p.Data))
	head = binary.BigEndian.AppendUint32(head, uint32(len(p.Data)))
	head = binary.BigEndian.AppendUint16(head, uint16(len(engine)))
	head = append(head, engine...)
	head = binary.BigEndian.AppendUint32(head, uint32(len(key)))
	head = append(head, key...)
	head = append(append(head, byte(len(p.ETag))), p.ETag...)
	head = binary.BigEndian.AppendUint32(head, checksum(head))
	return io.MultiReader(bytes.NewReader(head), bytes.NewReader(p.Data))
}

func decode(from io.Reader, engine, key string, maxBytes int) (*Picture, error) {
	r := headReader{from: bufio.NewReaderSize(from, 4<<10)}
	r.expect(magic)
	made := r.number(8)
	sum, size := uint32(r.number(4)), r.number(4)
	r.text(2, maxEngine, engine)
	r.text(4, maxKey, key)
	etag := r.bytes(int(r.number(1)))
	headSum := checksum(r.seen)
	if found := uint32(r.number(4)); r.err == nil && found != headSum {
		r.err = fmt.Errorf("%w: expected checksum %08x of the head, found %08x", errNotWhole, headSum, found)
	}
	if r.err == nil && size > uint64(maxBytes) {
		r.err = fmt.Errorf("%w: expected a picture of at most %d bytes, found %d", errNotWhole, maxBytes, size)
	}
	if r.err != nil {
		return nil, r.err
	}
	p := &Picture{Data: make([]byte, size), ETag: string(etag), Made: time.Unix(0, int64(made))}
	if _, err := io.ReadFull(r.from, p.Data); err != nil {
		return nil, fmt.Errorf("%w: %w", errNotWhole, err)
	}
	if _, err := r.from.ReadByte(); err != io.EOF {
		return nil, fmt.Errorf("%w: expected its end after %d bytes, found more", errNotWhole, size)
	}
	if found := checksum(p.Data); found != sum {
		return nil, fmt.Errorf("%w: expected checksum %08x, found %08x", errNotWhole, sum, found)
	}
	return p, nil
}

// headReader reads the parts of a head and remembers its bytes and the first error.
type headReader struct {
	from *bufio.Reader
	seen []byte
	err  error
}

func (r *headReader) bytes(n int) []byte {
	if r.err != nil {
		return nil
	}
	at := len(r.seen)
	r.seen = append(r.seen, make([]byte, n)...)
	if _, err := io.ReadFull(r.from, r.seen[at:]); err != nil {
		r.err = fmt.Errorf("%w: %w", errNotWhole, err)
		return nil
	}
	return r.seen[at:]
}

func (r *headReader) number(size int) uint64 {
	n := uint64(0)
	for _, b := range r.bytes(size) {
		n = n<<8 | uint64(b)
	}
	return n
}

func (r *headReader) expect(text string) {
	if found := r.bytes(len(text)); r.err == nil && string(found) != text {
		r.err = fmt.Errorf("%w: expected %q, found %q", errNotWhole, text, found)
	}
}

// text reads a counted text that must be the one expected. A count beyond most is not
// read at all.
func (r *headReader) text(countSize, most int, expected string) {
	n := r.number(countSize)
	if r.err == nil && n > uint64(most) {
		r.err = fmt.Errorf("%w: expected a text of at most %d bytes, found %d", errNotWhole, most, n)
		return
	}
	if found := r.bytes(int(n)); r.err == nil && string(found) != expected {
		r.err = fmt.Errorf("%w: expected %q, found %q", errNotWhole, expected, found)
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The hardware computes CRC-32C, so that checking a picture costs next to nothing.
func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }
