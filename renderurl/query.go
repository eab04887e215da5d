package renderurl

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// typicalLength is room for most canonical strings.
const typicalLength = 512

// param is a query parameter, decoded.
type param struct{ name, value string }

func byName(a, b param) int { return strings.Compare(a.name, b.name) }

// parseQuery decodes a query into parameters sorted by name, each at most once.
func parseQuery(raw string) ([]param, error) {
	if i := strings.IndexByte(raw, ';'); i >= 0 {
		return nil, formatError("query", "parameters separated by &, and %3B for a semicolon", raw[i:])
	}
	params := make([]param, 0, strings.Count(raw, "&")+1)
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return nil, formatError("query", "percent-encoding such as %20", pair)
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, formatError("query", "percent-encoding such as %20", pair)
		}
		params = append(params, param{name, value})
	}
	slices.SortFunc(params, byName)
	for i := 1; i < len(params); i++ {
		if params[i].name == params[i-1].name {
			return nil, formatError("query", "each parameter once", params[i].name+" twice")
		}
	}
	return params, nil
}

// appendCanonical appends what is signed: the path and the sorted params without sig.
func (r Request) appendCanonical(dst []byte, payload string, params []param) []byte {
	dst = append(dst, "/r/"...)
	dst = append(dst, r.Customer...)
	dst = append(dst, '/')
	dst = append(dst, r.Template...)
	if r.Version != 0 {
		dst = append(dst, '@')
		dst = strconv.AppendInt(dst, int64(r.Version), 10)
	}
	if payload != "" {
		dst = append(dst, '/')
		dst = append(dst, payload...)
	}
	dst = append(dst, '.')
	dst = append(dst, r.Format...)

	separator := byte('?')
	for _, p := range params {
		if p.name == "sig" {
			continue
		}
		dst = append(dst, separator)
		dst = appendEscaped(dst, p.name)
		dst = append(dst, '=')
		dst = appendEscaped(dst, p.value)
		separator = '&'
	}
	return dst
}

// appendEscaped escapes all but RFC 3986's unreserved characters: the one spelling that every language has
// a function for, and that no proxy, feed reader or shell has an opinion about.
func appendEscaped(dst []byte, s string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '~':
			dst = append(dst, c)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}
