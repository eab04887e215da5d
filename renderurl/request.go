package renderurl

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/adloom/adloom/templates"
)

const (
	maxName    = 64          // characters of an ID or a field name
	maxVersion = 999_999_999 // nine digits, an int everywhere
)

// Request asks for one picture: a template of a customer, filled with the fields of a product.
type Request struct {
	Customer string
	Template string
	Version  int // 0: none given, the published version answers
	Fields   templates.Fields
	Format   templates.Format
}

// Normal returns r without empty fields, in a map of its own, or a [*FormatError] that names the first part
// that no URL can carry. Parsing a URL built from r gives exactly r.Normal().
func (r Request) Normal() (Request, error) {
	params, err := r.params(nil)
	if err != nil {
		return Request{}, err
	}
	r.Fields = make(templates.Fields, len(params))
	for _, p := range params {
		r.Fields[p.name] = p.value
	}
	return r, nil
}

// CacheKey is the same for two requests if and only if they ask for the same picture, whichever form their
// URLs had and however they were signed. It is the path and query of the readable form, without a signature. A
// request without a version gets a key without one: put the version that answers into r first. r must come from
// [Parse] or [Request.Normal].
func (r Request) CacheKey() string {
	params := make([]param, 0, len(r.Fields))
	for name, value := range r.Fields {
		params = append(params, param{name, value})
	}
	slices.SortFunc(params, byName)
	return string(r.appendCanonical(make([]byte, 0, typicalLength), "", params))
}

// params checks r and appends its fields that are not empty to dst, sorted by name.
func (r Request) params(dst []param) ([]param, error) {
	switch {
	case !ValidID(r.Customer):
		return nil, formatError("customer", idSyntax, r.Customer)
	case !ValidID(r.Template):
		return nil, formatError("template", idSyntax, r.Template)
	case r.Version < 0 || r.Version > maxVersion:
		return nil, formatError("version", versionSyntax, strconv.Itoa(r.Version))
	}
	if _, ok := templates.ParseFormat(string(r.Format)); !ok {
		return nil, formatError("extension", formatSyntax(), string(r.Format))
	}
	for name, value := range r.Fields {
		if value != "" {
			dst = append(dst, param{name, value})
		}
	}
	slices.SortFunc(dst, byName)
	for _, p := range dst { // after sorting, so that the same mistake is named every time
		if err := checkField(p.name, p.value); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// ValidID reports whether s can be the ID of a customer, a template or a key: [a-z0-9][a-z0-9_-]{0,63}.
func ValidID(s string) bool {
	if len(s) == 0 || len(s) > maxName || s[0] == '_' || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isNameByte(c) && c != '-' {
			return false
		}
	}
	return true
}

// ValidField reports whether s can be the name of a field: [a-z][a-z0-9_]{0,63} and not reserved.
func ValidField(s string) bool {
	if len(s) == 0 || len(s) > maxName || s[0] < 'a' || s[0] > 'z' || ReservedName(s) {
		return false
	}
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return true
}

// ReservedName reports whether s is a query parameter of the URL itself and so never a field.
func ReservedName(s string) bool { return s == "sig" || s == "kid" }

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_'
}

// checkField says what keeps a field out of a URL.
func checkField(name, value string) error {
	if !ValidField(name) {
		return formatError("field name", fieldSyntax, name)
	}
	if !utf8.ValidString(value) {
		return formatError(name, "text in UTF-8", value)
	}
	for i := range len(value) {
		if c := value[i]; c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			return formatError(name, "no control characters but tab and line breaks", value)
		}
	}
	return nil
}
