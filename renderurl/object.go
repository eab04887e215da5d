package renderurl

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/adloom/adloom/templates"
)

// appendObject writes the JSON object of fields that passed checkField. It is written here because
// encoding/json escapes <, > and & or U+2028 or not as its version pleases, and every byte counts.
func appendObject(dst []byte, fields []param) []byte {
	dst = append(dst, '{')
	for i, p := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, p.name...)
		dst = append(dst, `":"`...)
		for i := range len(p.value) {
			switch c := p.value[i]; c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\t':
				dst = append(dst, `\t`...)
			case '\n':
				dst = append(dst, `\n`...)
			case '\r':
				dst = append(dst, `\r`...)
			default:
				dst = append(dst, c)
			}
		}
		dst = append(dst, '"')
	}
	return append(dst, '}')
}

// parseObject reads a JSON object of strings. It is stricter than encoding/json, which takes a key twice,
// replaces half a surrogate pair and invalid UTF-8, and is slower by far.
func parseObject(s string) (templates.Fields, error) {
	if !utf8.ValidString(s) {
		return nil, formatError("payload", "JSON in UTF-8", s)
	}
	r := Request{Fields: templates.Fields{}}
	seen := map[string]bool{}
	p := objectReader{rest: s}
	p.want('{')
	for first := true; !p.end('}'); first = false {
		if !first {
			p.want(',')
		}
		name := p.string()
		p.want(':')
		value := p.string()
		if p.err != nil {
			break
		}
		if seen[name] {
			return nil, formatError("payload", "each field once", name+" twice")
		}
		seen[name] = true
		if err := r.setField(name, value); err != nil {
			return nil, err
		}
	}
	p.space()
	if p.rest != "" {
		p.fail("nothing after the object")
	}
	if p.err != nil {
		return nil, p.err
	}
	return r.Fields, nil
}

// objectReader takes tokens from the front of rest. After the first mistake every method does nothing.
type objectReader struct {
	rest string
	err  error
}

func (p *objectReader) fail(expected string) {
	if p.err == nil {
		p.err = formatError("payload", "a JSON object of strings: "+expected, p.rest)
	}
}

func (p *objectReader) space() { p.rest = strings.TrimLeft(p.rest, " \t\r\n") }

func (p *objectReader) want(c byte) {
	if !p.take(c) {
		p.fail(strconv.QuoteRune(rune(c)))
	}
}

// end reports whether the object ends here, by its last brace or by a mistake.
func (p *objectReader) end(c byte) bool { return p.err != nil || p.take(c) }

func (p *objectReader) take(c byte) bool {
	p.space()
	if p.err != nil || p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *objectReader) string() string {
	p.want('"')
	var out []byte // stays nil while the text has no escapes
	for p.err == nil {
		i := strings.IndexFunc(p.rest, func(c rune) bool { return c == '"' || c == '\\' || c < ' ' })
		if i < 0 {
			p.fail(`the closing '"' of a string`)
			break
		}
		text, c := p.rest[:i], p.rest[i]
		p.rest = p.rest[i+1:]
		switch {
		case c == '"' && out == nil:
			return text
		case c == '"':
			return string(append(out, text...))
		case c == '\\':
			out = p.escape(append(out, text...))
		default:
			p.fail("no raw control characters in a string")
		}
	}
	return ""
}

// escape appends the character of the escape sequence whose backslash was just taken.
func (p *objectReader) escape(dst []byte) []byte {
	if p.rest == "" {
		p.fail("an escape sequence")
		return dst
	}
	c := p.rest[0]
	if c == 'u' {
		return p.unicode(dst)
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	i := strings.IndexByte(from, c)
	if i < 0 {
		p.fail("an escape sequence")
		return dst
	}
	p.rest = p.rest[1:]
	return append(dst, to[i])
}

func (p *objectReader) unicode(dst []byte) []byte {
	r := p.unit()
	if utf16.IsSurrogate(r) {
		low := rune(0)
		if strings.HasPrefix(p.rest, `\`) {
			p.rest = p.rest[1:]
			low = p.unit()
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			p.fail("a pair of surrogates")
		}
	}
	return utf8.AppendRune(dst, r)
}

// unit takes uXXXX, one unit of UTF-16.
func (p *objectReader) unit() rune {
	if len(p.rest) >= 5 && p.rest[0] == 'u' {
		if n, err := strconv.ParseUint(p.rest[1:5], 16, 16); err == nil {
			p.rest = p.rest[5:]
			return rune(n)
		}
	}
	p.fail("u and four hexadecimal digits")
	return 0
}
