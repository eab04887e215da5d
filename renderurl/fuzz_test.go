package renderurl_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"reflect"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// texts are values of many scripts and of every character that means something to a URL or to JSON.
func texts() []string {
	return []string{
		"", "Linen shirt", "قميص كتان ٪٣٠", "ผ้าลินินแท้ ๑๐๐%", "リネンシャツ「夏」ﾊﾝﾄﾞ", "帽子", "한국 전통 부채", "हाथ से बुनी", "חולצה", "Größe ß",
		"👩‍👩‍👧‍👦🏳️‍🌈🧥", "a+b c%20d&e=f;g#h?i/j\\k", "\"quotes\" 'single' <b>", "line\nbreak\ttab\r\n", "e\u0301 \u00e9", "\u2028\u2029\ufeff\ufffd",
		"\u200f\u202e\u0000", "\xff", "http://shop.example/i.jpg?a=b&c=d", "%", "{{title}}", "\U0010ffff",
	}
}

// products adds the titles of real products where the data is at hand.
func products(f *testing.F) []string {
	file, err := os.Open("/work/shared/data/text/products_i18n.jsonl")
	if err != nil {
		return nil
	}
	defer file.Close()
	var out []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var p struct{ Title, Price, Brand string }
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			f.Fatal(err)
		}
		out = append(out, p.Title, p.Price, p.Brand)
	}
	return out
}

func FuzzRoundTrip(f *testing.F) {
	all := append(texts(), products(f)...)
	for i, s := range all {
		f.Add("title", s, "price", all[(i+1)%len(all)], "image_link", all[(i+2)%len(all)], i%5, i%2 == 0)
	}
	f.Add("kid", "a", "sig", "b", "a", "c", 1, true)
	f.Fuzz(func(t *testing.T, n1, v1, n2, v2, n3, v3 string, version int, withKeyID bool) {
		r := request(templates.Fields{n1: v1, n2: v2, n3: v3})
		r.Version = version
		r.Format = templates.Formats()[uint(version)%3]
		b := renderurl.Builder{Base: base, Key: key(), WithKeyID: withKeyID, MaxLength: 8 << 10}
		want, err := r.Normal()
		s, buildErr := b.Build(r)
		if tooLong := new(renderurl.TooLongError); errors.As(buildErr, &tooLong) {
			t.Skip("longer than a URL can be")
		}
		if (err == nil) != (buildErr == nil) {
			t.Fatalf("normal: %v, build: %v", err, buildErr)
		}
		if err != nil {
			for name, value := range r.Fields {
				if value != "" && (!renderurl.ValidField(name) || !utf8.ValidString(value) || hasControl(value)) {
					return
				}
			}
			if version >= 0 && version < 1e9 {
				t.Fatalf("refused without a reason: %v", err)
			}
			return
		}
		signed := parse(t, s)
		if !reflect.DeepEqual(signed.Request, want) {
			t.Fatalf("%s\n got %+v\nwant %+v", s, signed.Request, want)
		}
		if err := signed.Verify([]renderurl.Key{key()}); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if again, _ := b.Build(signed.Request); again != s {
			t.Fatalf("equal requests, two URLs:\n%s\n%s", s, again)
		}
		i := len(base) + int(uint(version+len(v1)*7+len(v2)*31)%uint(len(s)-len(base)))
		checkChanged(t, s, s[:i]+string(s[i]^1)+s[i+1:])
	})
}

func hasControl(s string) bool {
	return slices.ContainsFunc([]byte(s), func(c byte) bool {
		return c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f
	})
}

// checkChanged fails if a changed URL verifies, unless the change is only another spelling of the same.
func checkChanged(t testing.TB, whole, changed string) {
	t.Helper()
	u, err := url.Parse(changed)
	if err != nil {
		return
	}
	got, err := renderurl.Parse(u)
	if err != nil {
		return
	}
	want := parse(t, whole)
	same := got.Canonical == want.Canonical && slices.Equal(got.Signature, want.Signature)
	if err := got.Verify([]renderurl.Key{key()}); (err == nil) != same {
		t.Errorf("%s\nchanged from %s\nverifies: %v, the same: %v", changed, whole, err, same)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range texts() {
		f.Add("/r/acme/sale@7.jpg", "title="+url.QueryEscape(s)+"&sig=AAAAAAAAAAAAAAAAAAAAAA")
	}
	for _, r := range forms() {
		u := mustParseURL(f, build(f, r))
		f.Add(u.Path, u.RawQuery)
	}
	for _, path := range []string{"", "/r/a/b@1.png", "/r/a/b@01.png", "/r/a/b/" + payload(f, `{"a":"\ud83d\ude00"}`) + ".webp", "/r/a/b//c.jpg"} {
		f.Add(path, "kid=k1&a=1;b&%zz")
	}
	f.Fuzz(func(t *testing.T, path, query string) {
		signed, err := renderurl.Parse(&url.URL{Path: path, RawQuery: query})
		if err != nil {
			if e := new(renderurl.FormatError); !errors.As(err, &e) {
				t.Fatalf("%v is no FormatError", err)
			}
			return
		}
		n, err := signed.Request.Normal()
		if err != nil || !reflect.DeepEqual(n, signed.Request) {
			t.Fatalf("not normal: %+v, %v", signed.Request, err)
		}
		again := parse(t, signed.Canonical)
		if again.Canonical != signed.Canonical || !reflect.DeepEqual(again.Request, signed.Request) {
			t.Fatalf("canonical %s is canonical %s", signed.Canonical, again.Canonical)
		}
		b := renderurl.Builder{Base: base, Key: key(), MaxLength: 8 << 10}
		s, err := b.Build(signed.Request)
		if tooLong := new(renderurl.TooLongError); errors.As(err, &tooLong) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := parse(t, s).Request; !reflect.DeepEqual(got, signed.Request) {
			t.Fatalf("rebuilt\n got %+v\nwant %+v", got, signed.Request)
		}
	})
}

// FuzzPayload holds the reader of JSON against encoding/json, which takes more but reads the same.
func FuzzPayload(f *testing.F) {
	for _, s := range texts() {
		object, err := json.Marshal(map[string]string{"title": s, "a": s})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(object))
	}
	for _, s := range []string{`{}`, ` { "a" : "\ud83d\ude00\u00e9\/\b" } `, `{"a":"b","a":"c"}`, `{"a":1}`, `{"a":"\ud800"}`, `{"a":"b"} x`, `[]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, object string) {
		if len(object) > 4000 {
			t.Skip("longer than a URL can be")
		}
		signed, err := renderurl.Parse(&url.URL{Path: "/r/a/b/" + payload(t, object) + ".jpg"})
		var want templates.Fields
		oracleErr := json.Unmarshal([]byte(object), &want)
		for name, value := range want {
			if value == "" {
				delete(want, name)
			}
		}
		if err == nil && (oracleErr != nil || !reflect.DeepEqual(signed.Request.Fields, want)) {
			t.Fatalf("%q\n got %+v\nwant %+v, %v", object, signed.Request.Fields, want, oracleErr)
		}
	})
}
