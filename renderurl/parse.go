package renderurl

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/adloom/adloom/templates"
)

// maxPart is how many bytes a path and a query may have; more is refused before any work.
const maxPart = 8 << 10

// Signed is a request together with what its URL says about who made it. [Parse] does not judge the
// signature; [Signed.Verify] does.
type Signed struct {
	Request   Request
	Canonical string // what is signed
	KeyID     string // the key that the URL names; empty when it names none
	Signature []byte // empty when the URL is not signed; a malformed one fits no key
}

// Parse reads the path and the query of a render URL; scheme, user, host and fragment do not matter.
// Empty fields are signed like all others but dropped from the request, which is therefore in normal form.
// Every error is a [*FormatError].
func Parse(u *url.URL) (Signed, error) {
	if n := len(u.Path); n > maxPart {
		return Signed{}, tooLarge("path", maxPart, n)
	}
	if n := len(u.RawQuery); n > maxPart {
		return Signed{}, tooLarge("query", maxPart, n)
	}
	request, payload, err := parsePath(u.Path)
	if err != nil {
		return Signed{}, err
	}
	params, err := parseQuery(u.RawQuery)
	if err != nil {
		return Signed{}, err
	}
	s := Signed{Request: request, Canonical: string(request.appendCanonical(make([]byte, 0, typicalLength), payload, params))}
	if payload != "" {
		if s.Request.Fields, err = parsePayload(payload); err != nil {
			return Signed{}, err
		}
	} else {
		s.Request.Fields = make(templates.Fields, len(params))
	}
	for _, p := range params {
		switch {
		case p.name == "sig":
			s.Signature = parseSignature(p.value)
		case p.name == "kid":
			s.KeyID, err = parseKeyID(p.value)
		case payload != "":
			err = formatError("query", "sig and kid alone beside a payload", p.name)
		default:
			err = s.Request.setField(p.name, p.value)
		}
		if err != nil {
			return Signed{}, err
		}
	}
	return s, nil
}

// setField adds a field from outside; an empty one is checked and dropped.
func (r *Request) setField(name, value string) error {
	if err := checkField(name, value); err != nil {
		return err
	}
	if value != "" {
		r.Fields[name] = value
	}
	return nil
}

const pathSyntax = "/r/{customer}/{template}@{version}.{ext} or /r/{customer}/{template}@{version}/{payload}.{ext}"

// parsePath reads all of a request but its fields, which are in the payload if that is not empty.
func parsePath(path string) (r Request, payload string, err error) {
	wrong := func() (Request, string, error) {
		return Request{}, "", formatError("path", pathSyntax, path)
	}
	rest, ok := strings.CutPrefix(path, "/r/")
	if !ok {
		return wrong()
	}
	dot := strings.LastIndexByte(rest, '.')
	if dot < 0 || strings.Contains(rest[dot:], "/") {
		return wrong()
	}
	rest, ext := rest[:dot], rest[dot+1:]
	customer, rest, ok := strings.Cut(rest, "/")
	if !ok {
		return wrong()
	}
	design, payload, compact := strings.Cut(rest, "/")
	if compact && payload == "" || strings.Contains(payload, "/") {
		return wrong()
	}
	template, version, versioned := strings.Cut(design, "@")
	r = Request{Customer: customer, Template: template}

	if r.Format, ok = templates.ParseFormat(ext); !ok {
		return Request{}, "", formatError("extension", formatSyntax(), ext)
	}
	if !ValidID(customer) {
		return Request{}, "", formatError("customer", idSyntax, customer)
	}
	if !ValidID(template) {
		return Request{}, "", formatError("template", idSyntax, template)
	}
	if versioned {
		if r.Version, ok = parseVersion(version); !ok {
			return Request{}, "", formatError("version", versionSyntax, version)
		}
	}
	return r, payload, nil
}

// parseVersion is strict, because two spellings of one version would be two URLs of one picture.
func parseVersion(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && n <= maxVersion && strconv.Itoa(n) == s
}

func tooLarge(part string, limit, found int) *FormatError {
	return &FormatError{part, fmt.Sprintf("at most %d bytes", limit), fmt.Sprintf("%d bytes", found)}
}
