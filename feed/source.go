package feed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// Encoding is how a feed's text was stored.
type Encoding string

const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// source unpacks and decodes a feed: whatever comes in, text is UTF-8 without
// a byte order mark.
type source struct {
	text io.Reader

	raw   *counter
	utf8  *utf8Reader // nil if the encoding is known from the first bytes
	utf16 Encoding
	bom   bool
	gzip  bool
}

const chunk = 64 << 10

func open(r io.Reader) (*source, error) {
	s := &source{raw: &counter{r: r}}
	br := bufio.NewReaderSize(s.raw, chunk)
	head, err := peek(br)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		s.gzip = true
		unpacked, err := gzip.NewReader(br)
		if err != nil {
			return nil, fmt.Errorf("unpack feed: %w", err)
		}
		br = bufio.NewReaderSize(unpacked, chunk)
		if head, err = peek(br); err != nil {
			return nil, err
		}
	}
	if err := sniffBinary(head); err != nil {
		return nil, err
	}
	s.utf16, s.bom = utf16Of(head)
	switch {
	case s.utf16 == UTF16LE:
		s.text = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(br)
	case s.utf16 == UTF16BE:
		s.text = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(br)
	default:
		if s.bom = bytes.HasPrefix(head, []byte("\xef\xbb\xbf")); s.bom {
			br.Discard(3)
		}
		s.utf8 = newUTF8Reader(br)
		s.text = s.utf8
	}
	return s, nil
}

// utf16Of recognises UTF-16 by its byte order mark, or by ASCII text without one.
func utf16Of(head []byte) (e Encoding, bom bool) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return UTF16LE, true
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return UTF16BE, true
	case len(head) < 4:
	case head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0:
		return UTF16LE, false
	case head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0:
		return UTF16BE, false
	}
	return "", false
}

func peek(br *bufio.Reader) ([]byte, error) {
	head, err := br.Peek(4)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("read feed: %w", err)
	}
	return head, nil
}

// encoding is what has been found so far; only windows-1252 shows late.
func (s *source) encoding() Encoding {
	switch {
	case s.utf8 == nil:
		return s.utf16
	case s.utf8.legacy():
		return Windows1252
	}
	return UTF8
}

// repaired counts the bytes read as windows-1252 because they are not UTF-8.
func (s *source) repaired() int64 {
	if s.utf8 == nil {
		return 0
	}
	return s.utf8.invalid
}

// counter counts what is read, and ends readers that never give anything.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	for range 100 {
		n, err := c.r.Read(p)
		c.n += int64(n)
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}
