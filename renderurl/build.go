package renderurl

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// DefaultMaxLength is the longest URL that Google takes, in ASCII characters.
const DefaultMaxLength = 2000

// Builder makes signed render URLs. It is safe for concurrent use; its fields must not change meanwhile.
type Builder struct {
	// Base is what stands before /r/, such as "https://ads.example.com". It may have a path, which the
	// server must take off again: it is not part of what is signed.
	Base string
	// Key signs.
	Key Key
	// WithKeyID writes the key's ID into the URL as kid. Without it the server tries all of the customer's keys.
	WithKeyID bool
	// MaxLength is how many characters a URL may have, up to 8192. 0 means DefaultMaxLength.
	MaxLength int
}

// Validate reports all mistakes at once.
func (b *Builder) Validate() error {
	var errs []error
	if !validBase(b.Base) {
		errs = append(errs, formatError("base", "http(s)://host or http(s)://host/path in ASCII, without user, query and fragment", b.Base))
	}
	if b.WithKeyID && !ValidID(b.Key.ID) {
		errs = append(errs, formatError("key ID", idSyntax, b.Key.ID))
	}
	if b.MaxLength < 0 || b.MaxLength > maxPart {
		errs = append(errs, formatError("MaxLength", fmt.Sprintf("0 to %d", maxPart), strconv.Itoa(b.MaxLength)))
	}
	return errors.Join(append(errs, b.Key.Validate())...)
}

func validBase(base string) bool {
	for i := range len(base) {
		if c := base[i]; c <= ' ' || c > '~' || c == '?' || c == '#' || c == '@' {
			return false
		}
	}
	u, err := url.Parse(base)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Build gives the shorter of the two forms of r, the readable one if they are equally long. Requests with the
// same [Request.Normal] get the same URL, byte for byte. The error is a [*FormatError] for a request that no
// URL can carry, a [*TooLongError], or what Validate finds.
func (b *Builder) Build(r Request) (string, error) {
	if err := b.Validate(); err != nil {
		return "", err
	}
	fields, err := r.params(make([]param, 0, len(r.Fields)+1))
	if err != nil {
		return "", err
	}
	d := deflaters.Get().(*deflater)
	payload := d.payload(fields)
	deflaters.Put(d)

	var kid []param
	if b.WithKeyID {
		kid = []param{{"kid", b.Key.ID}}
	}
	all := slices.Concat(fields, kid)
	slices.SortFunc(all, byName)
	canonical := r.appendCanonical(make([]byte, 0, typicalLength), "", all)
	if payload != "" {
		if compact := r.appendCanonical(make([]byte, 0, typicalLength), payload, kid); len(compact) < len(canonical) {
			canonical = compact
		}
	}
	return b.finish(string(canonical), fields)
}

// finish signs and measures.
func (b *Builder) finish(canonical string, fields []param) (string, error) {
	sig, err := b.Key.Sign(canonical)
	if err != nil {
		return "", err
	}
	separator := "?sig="
	if strings.Contains(canonical, "?") {
		separator = "&sig="
	}
	u := strings.TrimRight(b.Base, "/") + canonical + separator + sig
	limit := cmp.Or(b.MaxLength, DefaultMaxLength)
	if len(u) <= limit {
		return u, nil
	}
	tooLong := &TooLongError{Length: len(u), Max: limit}
	if len(fields) > 0 {
		tooLong.Longest = slices.MaxFunc(fields, func(a, b param) int { return len(a.value) - len(b.value) }).name
	}
	return "", tooLong
}
