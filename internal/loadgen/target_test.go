package loadgen

import (
	"strings"
	"testing"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	f := func(base Base, text, want string) {
		t.Helper()
		u, err := base.resolve(text)
		if err != nil {
			t.Errorf("%q at %q: %v", text, base, err)
			return
		}
		if got := u.String(); got != want {
			t.Errorf("%q at %q: %s; want %s", text, base, got, want)
		}
	}
	f("", "https://ads.example/r/a/b.jpg?x=1", "https://ads.example/r/a/b.jpg?x=1")
	f("", "https://ads.example", "https://ads.example")
	f("", "HTTPS://ads.example/a", "https://ads.example/a")
	f("", "http://[::1]:80/a", "http://[::1]:80/a")
	f("", "http://ads.example/a?b c#part", "http://ads.example/a?b%20c")
	f("http://10.0.0.5:8080", "https://ads.example/r/a/b.jpg?x=1", "http://10.0.0.5:8080/r/a/b.jpg?x=1")
	f("http://10.0.0.5:8080", "https://ads.example?x=1", "http://10.0.0.5:8080/?x=1")
	f("http://10.0.0.5:8080", "https://ads.example", "http://10.0.0.5:8080/")
	f("http://10.0.0.5:8080", "/r/a/b.jpg?x=http://c/d", "http://10.0.0.5:8080/r/a/b.jpg?x=http://c/d")
	f("http://10.0.0.5/ads/", "/r/a/b.jpg", "http://10.0.0.5/ads/r/a/b.jpg")
	f("http://10.0.0.5", "//evil.example/x", "http://10.0.0.5//evil.example/x")
}

func TestResolveRefuses(t *testing.T) {
	t.Parallel()
	f := func(base Base, text, want string) {
		t.Helper()
		u, err := base.resolve(text)
		if err == nil {
			t.Errorf("%q at %q: %s; want an error", text, base, u)
			return
		}
		if !strings.Contains(err.Error(), want) || len(err.Error()) > 400 {
			t.Errorf("%q at %q: %v; want %q in few words", text, base, err, want)
		}
	}
	f("", "/r/a", `expected a whole URL, or a base to put in front of the path; found "/r/a"`)
	f("", "hat.jpg", `expected an http or https URL; found "hat.jpg"`)
	f("", "", `found ""`)
	f("", "ftp://a/b", `found "ftp://a/b"`)
	f("", "http:///b", `found "http:///b"`)
	f("", "http://a b/", `found "http://a b/"`)
	f("", "http://a/\x00", "invalid control character")
	f("", "http://a/%zz", "invalid URL escape")
	f("", "http://a/%zz"+strings.Repeat("x", 10_000), "invalid URL escape")
	f("http://a", "/\r\nX: y", "invalid control character")
}

func TestBaseValidate(t *testing.T) {
	t.Parallel()
	f := func(base Base, ok bool) {
		t.Helper()
		if err := base.Validate(); (err == nil) != ok {
			t.Errorf("%q: %v", base, err)
		}
	}
	f("", true)
	f("http://a", true)
	f("https://a:1/path", true)
	f("a:80", false)
	f("http://", false)
	f("http://a?b=c", false)
}
