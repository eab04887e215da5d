package feed

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
)

// sniff refuses what is clearly no delimited text, and says what it is. Another
// format begins here: with its own reader instead of an error.
func sniff(head []byte) error {
	if len(bytes.TrimSpace(head)) == 0 && len(head) < sniffed {
		return fmt.Errorf("%w: expected a header line, found %d bytes of white space", ErrEmpty, len(head))
	}
	return unsupported(foreign(head))
}

func unsupported(found string) error {
	if found == "" {
		return nil
	}
	return fmt.Errorf("%w: expected CSV or TSV (the formats read today), found %s", ErrUnsupported, found)
}

// sniffed is how many bytes sniff wants to see.
const sniffed = 4096

// sniffBinary looks at the first bytes before anything is decoded.
func sniffBinary(head []byte) error {
	magic := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case magic("PK\x03\x04"):
		return unsupported("a zip archive or an Excel workbook")
	case magic("\xd0\xcf\x11\xe0"):
		return unsupported("an old Excel workbook")
	case magic("%PDF"):
		return unsupported("a PDF document")
	}
	return nil
}

func foreign(head []byte) string {
	text := bytes.TrimSpace(head)
	lower := bytes.ToLower(text)
	switch {
	case len(text) == 0:
		return ""
	case text[0] == '<' && (bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.Contains(lower, []byte("<html"))):
		return "an HTML page" + pageTitle(text)
	case text[0] == '<':
		return "XML, which is not read yet"
	case isJSON(text):
		return "JSON, which is not read yet"
	}
	line := text
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	if bytes.IndexByte(line, 0) >= 0 {
		return "binary data"
	}
	return ""
}

func isJSON(text []byte) bool {
	if text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := bytes.TrimSpace(text[1:])
	return len(rest) > 0 && strings.IndexByte(`"{}[]`, rest[0]) >= 0
}

func pageTitle(page []byte) string {
	m := regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`).FindSubmatch(page)
	if m == nil {
		return ""
	}
	title := strings.Join(strings.Fields(html.UnescapeString(string(m[1]))), " ")
	return fmt.Sprintf(" titled %q", shorten(title, 80))
}
