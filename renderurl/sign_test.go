package renderurl_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	var (
		k1  = key()
		k2  = renderurl.Key{ID: "k2", Secret: []byte("another secret of 26 bytes")}
		bad = renderurl.Key{ID: "k3", Secret: []byte("fifteen bytes..")}
	)
	build := func(k renderurl.Key, withID bool) renderurl.Signed {
		t.Helper()
		b := renderurl.Builder{Base: base, Key: k, WithKeyID: withID}
		s, err := b.Build(request(templates.Fields{"title": "Hat", "zone": "eu", "brand": "x"}))
		if err != nil {
			t.Fatal(err)
		}
		return parse(t, s)
	}
	f := func(s renderurl.Signed, want error, keys ...renderurl.Key) {
		t.Helper()
		if err := s.Verify(keys); !errors.Is(err, want) {
			t.Errorf("signed by %q, verified with %v: got %v, want %v", s.KeyID, keys, err, want)
		}
	}
	f(build(k1, false), nil, k1)
	f(build(k1, false), nil, k2, k1)
	f(build(k2, false), nil, k1, k2)
	f(build(k1, false), renderurl.ErrBadSignature, k2)
	f(build(k1, false), renderurl.ErrBadSignature)
	f(build(k1, true), nil, k1)
	f(build(k1, true), nil, k2, k1)
	f(build(k1, true), renderurl.ErrUnknownKey, k2)
	f(build(k1, true), renderurl.ErrUnknownKey)
	f(build(k1, true), renderurl.ErrBadSignature, renderurl.Key{ID: "k1", Secret: k2.Secret})
	f(build(k1, true), nil, renderurl.Key{ID: "k1", Secret: k2.Secret}, k1)
	f(build(k1, true), renderurl.ErrUnknownKey, renderurl.Key{ID: "k9", Secret: k1.Secret})
	f(parse(t, "/r/acme/sale.jpg"), renderurl.ErrNoSignature, k1)
	f(parse(t, "/r/acme/sale.jpg?sig="), renderurl.ErrNoSignature, k1)
	f(parse(t, "/r/acme/sale.jpg?sig=AAAAAAAAAAAAAAAAAAAAAA"), renderurl.ErrBadSignature, k1)
	for _, sig := range []string{"a", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAA%0A", "AAAAAAAAAAA%0AAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA%2B%2F"} {
		f(parse(t, "/r/acme/sale.jpg?sig="+sig), renderurl.ErrBadSignature, k1)
	}
	f(renderurl.Signed{}, renderurl.ErrNoSignature, k1)

	// The HMAC of an empty secret is anybody's to make.
	weak := build(k1, false)
	f(weak, renderurl.ErrBadSignature, renderurl.Key{}, bad)
	if _, err := bad.Sign("x"); err == nil || strings.Contains(err.Error(), "fifteen") {
		t.Errorf("signing with 15 bytes: got %v, want an error without the secret", err)
	}
}

func TestSignatureSurvivesProxies(t *testing.T) {
	t.Parallel()
	b := renderurl.Builder{Base: base, Key: key(), WithKeyID: true}
	s, err := b.Build(request(templates.Fields{"title": "Red Hat", "price": "5+1", "a": "~"}))
	if err != nil {
		t.Fatal(err)
	}
	sig := s[strings.Index(s, "&sig=")+1:]
	f := func(in string, want error) {
		t.Helper()
		if err := parse(t, in).Verify([]renderurl.Key{key()}); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", in, err, want)
		}
	}
	const path = "/r/acme/sale@7.jpg?"
	f(path+"a=~&kid=k1&price=5%2B1&title=Red%20Hat&"+sig, nil)
	f("http://elsewhere/r/acme/sale@7.jpg?a=~&kid=k1&price=5%2B1&title=Red%20Hat&"+sig+"#x", nil)
	f(path+sig+"&title=Red+Hat&price=5%2b1&a=%7E&kid=k1", nil)
	f("/%72/acme/sale%407.jpg?a=~&&k%69d=k1&price=5%2B1&title=%52ed%20Hat&"+sig+"&", nil)

	bad := renderurl.ErrBadSignature
	f(path+"a=~&kid=k1&price=5+1&title=Red%20Hat&"+sig, bad)       // a plus lost
	f(path+"a=~&kid=k1&price=5%2B1&title=Red%20Hat&b=1&"+sig, bad) // added
	f(path+"a=~&kid=k1&price=5%2B1&title=Red%20Hat&b=&"+sig, bad)  // added, though empty
	f(path+"kid=k1&price=5%2B1&title=Red%20Hat&"+sig, bad)         // taken away
	f(path+"a=~&price=5%2B1&title=Red%20Hat&"+sig, bad)            // kid taken away
	f("/r/acme/sale@8.jpg?a=~&kid=k1&price=5%2B1&title=Red%20Hat&"+sig, bad)
	f("/r/acme/sale.jpg?a=~&kid=k1&price=5%2B1&title=Red%20Hat&"+sig, bad)
	f("/r/acme/sale@7.png?a=~&kid=k1&price=5%2B1&title=Red%20Hat&"+sig, bad)
	f("/r/acme2/sale@7.jpg?a=~&kid=k1&price=5%2B1&title=Red%20Hat&"+sig, bad)
	f(path+"a=~&kid=k2&price=5%2B1&title=Red%20Hat&"+sig, renderurl.ErrUnknownKey)
}

// Every character counts, in both forms: after any change the URL is malformed, or means the same, or has
// a wrong signature.
func TestOneChangedCharacter(t *testing.T) {
	t.Parallel()
	for _, r := range forms() {
		whole := build(t, r)
		for i := len(base); i < len(whole); i++ {
			for _, c := range "aA0~%&=+/.@\x00" {
				checkChanged(t, whole, whole[:i]+string(c)+whole[i+1:])
			}
			checkChanged(t, whole, whole[:i]+whole[i+1:])
		}
	}
}

func TestKeyKeepsItsSecret(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if got := fmt.Sprintf(verb, key()); got != "key k1" {
			t.Errorf("%s: got %q", verb, got)
		}
	}
}
