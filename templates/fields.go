package templates

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"
	"golang.org/x/text/unicode/norm"
)

// Fields are the values of one product, by field name, as they stand in a feed.
// A missing key and an empty value mean the same: the product does not have it.
type Fields map[string]string

// MaxFieldLength bounds the text of one field, in bytes.
const MaxFieldLength = 16 << 10

// FieldError says what is wrong with a product's field.
type FieldError struct {
	Field    string
	Expected string
	Found    string // empty: the product does not have the field
}

func (e *FieldError) Error() string {
	if e.Found == "" {
		return fmt.Sprintf("field %s: expected %s; the product does not have it", e.Field, e.Expected)
	}
	return fmt.Sprintf("field %s: expected %s; found %q", e.Field, e.Expected, shorten(e.Found))
}

// Values are the fields of one product read by their types. They note which
// fields were asked for. Not safe for concurrent use.
type Values struct {
	env    map[string]any
	normal Fields
	wrong  map[string]*FieldError
	read   map[string]bool
}

// Values reads a product's fields as the template declares them. A field that
// cannot be read is an error only when something asks for it.
func (t *Template) Values(product Fields) *Values {
	v := &Values{
		env:    make(map[string]any, len(t.Fields)),
		normal: make(Fields, len(t.Fields)),
		wrong:  map[string]*FieldError{},
		read:   map[string]bool{},
	}
	for _, f := range t.Fields {
		value, normal, err := parseField(f, product[f.Name])
		v.env[f.Name] = value
		switch {
		case err != nil:
			v.wrong[f.Name] = err
		case normal != "":
			v.normal[f.Name] = normal
		case f.Required:
			v.wrong[f.Name] = &FieldError{Field: f.Name, Expected: "a value, which the template requires"}
		}
	}
	return v
}

// Read returns the fields asked for so far that the product has, in normal form.
func (v *Values) Read() Fields {
	read := Fields{}
	for name := range v.read {
		if value, ok := v.normal[name]; ok {
			read[name] = value
		}
	}
	return read
}

// Normal returns every declared field that the product has and that can be read, in
// normal form.
func (v *Values) Normal() Fields { return maps.Clone(v.normal) }

// Asked tells whether anything asked for a field so far, whether or not the product
// has it.
func (v *Values) Asked(name string) bool { return v.read[name] }

// Wrong is what keeps a field from being read; nil when nothing does.
func (v *Values) Wrong(name string) *FieldError { return v.wrong[name] }

// ask notes that the fields are read and returns what is wrong with the first bad one.
func (v *Values) ask(names []string) error {
	for _, name := range names {
		v.read[name] = true
		if err := v.wrong[name]; err != nil {
			return err
		}
	}
	return nil
}

// parseField returns a field's value for expressions and its normal form: two
// texts with the same normal form give the same picture.
func parseField(f Field, s string) (value any, normal string, err *FieldError) {
	wrong := func(expected string) (any, string, *FieldError) {
		return missing(f.Type), "", &FieldError{f.Name, expected, s}
	}
	if len(s) > MaxFieldLength {
		return wrong(fmt.Sprintf("at most %d bytes", MaxFieldLength))
	}
	if !utf8.ValidString(s) {
		return wrong("valid UTF-8")
	}
	if s = plain(s); f.Type != ImageField { // a URL is bytes: another form is another file
		s = norm.NFC.String(s)
	}
	if s == "" {
		return missing(f.Type), "", nil
	}
	if len(s) > MaxFieldLength {
		return wrong(fmt.Sprintf("at most %d bytes in NFC", MaxFieldLength))
	}
	switch f.Type {
	case MoneyField:
		m, err := ParseMoney(s)
		if err != nil {
			return wrong(err.(*FieldError).Expected)
		}
		return m, m.String(), nil
	case NumberField:
		d, _, err := apd.NewFromString(s)
		if err != nil || d.Form != apd.Finite || d.Exponent < -20 || d.Exponent > 20 {
			return wrong("a number such as 4.5")
		}
		n, err := d.Float64()
		if err != nil {
			return wrong("a number such as 4.5")
		}
		d.Reduce(d)
		return n, d.Text('f'), nil
	case ImageField:
		if u, err := url.Parse(s); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return wrong("an http or https URL")
		}
	}
	return s, s, nil
}

func missing(t FieldType) any {
	switch t {
	case MoneyField:
		return (*Money)(nil)
	case NumberField:
		return nil
	}
	return ""
}

// plain is a text without outer space, carriage returns, control characters and
// noncharacters, which are for a program's own use, as for SuperscriptStart.
func plain(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028' || r == '\u2029': // line and paragraph separator
			return '\n'
		case r == '\t' || r == '\r':
			return ' '
		case r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Noncharacter_Code_Point, r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
