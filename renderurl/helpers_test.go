package renderurl_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"net/url"
	"testing"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

const base = "https://ads.example.com"

// key is the key of the pinned URLs.
func key() renderurl.Key {
	return renderurl.Key{ID: "k1", Secret: []byte("0123456789abcdef0123456789abcdef")}
}

func request(fields templates.Fields) renderurl.Request {
	return renderurl.Request{Customer: "acme", Template: "sale", Version: 7, Fields: fields, Format: templates.JPEG}
}

func build(t testing.TB, r renderurl.Request) string {
	t.Helper()
	b := renderurl.Builder{Base: base, Key: key()}
	s, err := b.Build(r)
	if err != nil {
		t.Fatalf("build %+v: %v", r, err)
	}
	return s
}

func mustParseURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func parse(t testing.TB, s string) renderurl.Signed {
	t.Helper()
	signed, err := renderurl.Parse(mustParseURL(t, s))
	if err != nil {
		t.Fatalf("parse %s: %v", s, err)
	}
	return signed
}

// deflate compresses with another implementation than the package does.
func deflate(t testing.TB, object string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(object)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func payload(t testing.TB, object string) string {
	t.Helper()
	return base64.RawURLEncoding.EncodeToString(deflate(t, object))
}
