package renderurl_test

import (
	"encoding/base64"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

func TestParse(t *testing.T) {
	t.Parallel()
	f := func(in string, want renderurl.Request) {
		t.Helper()
		got := parse(t, in).Request
		if !reflect.DeepEqual(got, want) {
			t.Errorf("parse %s\n got %+v\nwant %+v", in, got, want)
		}
	}
	f("/r/acme/sale@7.jpg?title=Hat", request(templates.Fields{"title": "Hat"}))
	f("https://user@host:1/r/acme/sale@7.jpg?title=Hat#part", request(templates.Fields{"title": "Hat"}))
	f("/r/acme/sale@7.jpg", request(templates.Fields{}))
	f("/r/acme/sale@7.jpg?", request(templates.Fields{}))
	f("/r/0/x_-.webp", renderurl.Request{Customer: "0", Template: "x_-", Format: templates.WebP, Fields: templates.Fields{}})
	f("/r/acme/sale@999999999.png", renderurl.Request{Customer: "acme", Template: "sale", Version: 999999999, Format: templates.PNG, Fields: templates.Fields{}})
	f("/%72/acme%2Fsale%407%2Ejpg?%74itle=%48at", request(templates.Fields{"title": "Hat"}))
	f("/r/acme/sale@7.jpg?a=1+2%2B3%263&b=x=y&&c&d=", request(templates.Fields{"a": "1 2+3&3", "b": "x=y"}))
	f("/r/acme/sale@7.jpg?title=שלום", request(templates.Fields{"title": "שלום"}))
	f("/r/acme/sale@7.jpg?a=%0D%0A%09%22", request(templates.Fields{"a": "\r\n\t\""}))

	compact := func(object string) string { return "/r/acme/sale@7/" + payload(t, object) + ".jpg" }
	f(compact(`{"title":"Hat"}`), request(templates.Fields{"title": "Hat"}))
	f(compact(`{}`)+"?kid=k1&sig=", request(templates.Fields{}))
	f(compact(" {\n\"title\" : \"H\\u00e4t \\ud83d\\ude00 \\ufffd\\/\\\\ \\t\" , \"a\":\"\"}\t"), request(templates.Fields{"title": "Hät 😀 \ufffd/\\ \t"}))
	f(compact(`{"z":"<&>  ","a":"b"}`), request(templates.Fields{"z": "<&>  ", "a": "b"}))
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	check := func(u *url.URL, part, expected string) {
		t.Helper()
		signed, err := renderurl.Parse(u)
		var e *renderurl.FormatError
		switch {
		case !errors.As(err, &e):
			t.Errorf("%v: got %+v, %v, want a FormatError", u, signed, err)
		case e.Part != part || !strings.Contains(e.Expected, expected) || e.Found == "":
			t.Errorf("%v: got part %q, expected %q, found %q; want part %q, expected %q", u, e.Part, e.Expected, e.Found, part, expected)
		case utf8.RuneCountInString(e.Found) > 4*80+3:
			t.Errorf("%v: %d characters of foreign text in the error", u, len(e.Found))
		}
	}
	f := func(in, part, expected string) {
		t.Helper()
		check(mustParseURL(t, in), part, expected)
	}
	for _, path := range []string{"", "/", "/r", "/r/", "/r/a", "/r/a.jpg", "/r/a/b", "/x/a/b.jpg", "r/a/b.jpg", "/r/a/b/c/d.jpg", "/r/a/b/.jpg", "/r/a/b/c.jpg/", "/R/a/b.jpg", "/r/a/b//c.jpg"} {
		f(path, "path", "/r/{customer}")
	}
	f("mailto:x@y", "path", "/r/{customer}")
	f("/r//b.jpg", "customer", "1 to 64")
	f("/r/Acme/b.jpg", "customer", "1 to 64")
	f("/r/-a/b.jpg", "customer", "first")
	f("/r/"+strings.Repeat("a", 65)+"/b.jpg", "customer", "1 to 64")
	f("/r/../b.jpg", "customer", "1 to 64")
	f("/r/a/.jpg", "template", "1 to 64")
	f("/r/a/b.c.jpg", "template", "1 to 64")
	f("/r/a/ü.jpg", "template", "1 to 64")
	for _, version := range []string{"", "0", "01", "+1", "-1", "1e3", "1.0", "1_0", "%20", "٣", "1000000000", "99999999999999999999", "1@2"} {
		f("/r/a/b@"+version+".jpg", "version", "1 to 999999999")
	}
	for _, ext := range []string{"", "jpeg", "JPG", "gif", "jpg%20", "jpg%00"} {
		f("/r/a/b."+ext, "extension", "jpg, png, webp")
	}
	f("/r/a/b.jpg?a=1&b=2&%61=3", "query", "once")
	f("/r/a/b.jpg?a=&a=", "query", "once")
	f("/r/a/b.jpg?sig=&sig=", "query", "once")
	f("/r/a/b.jpg?a=1;b=2", "query", "%3B")
	for _, text := range []string{"%", "%2", "%zz", "a%"} {
		f("/r/a/b.jpg?a="+text, "query", "%20")
		f("/r/a/b.jpg?"+text+"=a", "query", "%20")
	}
	for _, name := range []string{"", "A", "1a", "_a", "a-b", "a%20", "ä", "a.b", strings.Repeat("a", 65)} {
		f("/r/a/b.jpg?"+name+"=1", "field name", "a-z")
	}
	f("/r/a/b.jpg?utm-source=", "field name", "a-z")
	for _, text := range []string{"%ff", "%C0%80", "%ED%A0%80", "a%E2%82"} {
		f("/r/a/b.jpg?title="+text, "title", "UTF-8")
	}
	for _, text := range []string{"%00", "a%01", "%1b[31m", "%7F", "%0B"} {
		f("/r/a/b.jpg?title="+text, "title", "control")
	}
	f("/r/a/b.jpg?kid=", "kid", "1 to 64")
	f("/r/a/b.jpg?kid=K", "kid", "1 to 64")
	f("/r/a/b.jpg?title="+strings.Repeat("x", 8<<10), "query", "at most 8192")
	f("/r/a/b.jpg?"+strings.Repeat("&", 8<<10+1), "query", "at most 8192")
	f("/r/a/"+strings.Repeat("b", 8<<10)+".jpg", "path", "at most 8192")
	check(&url.URL{Path: "/r/\xff/b.jpg"}, "customer", "1 to 64")
	check(&url.URL{Path: "/r/a/b.jpg", RawQuery: "a=\xff"}, "a", "UTF-8")
	check(&url.URL{}, "path", "/r/{customer}")
}

func TestParseRefusesPayload(t *testing.T) {
	t.Parallel()
	f := func(payload, query, part, expected string) {
		t.Helper()
		_, err := renderurl.Parse(&url.URL{Path: "/r/acme/sale/" + payload + ".jpg", RawQuery: query})
		var e *renderurl.FormatError
		if !errors.As(err, &e) || e.Part != part || !strings.Contains(e.Expected, expected) {
			t.Errorf("payload %.40q: got %v, want part %q, expected %q", payload, err, part, expected)
		}
	}
	raw := base64.RawURLEncoding.EncodeToString
	object := func(s, part, expected string) {
		t.Helper()
		f(payload(t, s), "", part, expected)
	}
	whole := deflate(t, `{"title":"Hat"}`)

	f("a", "", "payload", "base64url")
	f("****", "", "payload", "base64url")
	f(raw(whole)+"=", "", "payload", "base64url")
	f(raw(whole)[:4]+"\n"+raw(whole)[4:], "", "payload", "base64url")
	f("ä", "", "payload", "base64url")
	f(raw([]byte("\x07garbage")), "", "payload", "DEFLATE")
	for n := range whole {
		if n > 0 {
			f(raw(whole[:n]), "", "payload", "DEFLATE")
		}
	}
	f(raw(append(whole, 0)), "", "payload", "nothing after")
	f(raw(append(whole, whole...)), "", "payload", "nothing after")
	f(raw(whole), "title=Hat", "query", "sig and kid")
	f(raw(whole), "fbclid=", "query", "sig and kid")

	object(`{"a":"`+strings.Repeat("x", 64<<10)+`"}`, "payload", "65536")
	object(strings.Repeat(" ", 4<<20), "payload", "65536") // 4 MB in 4 kB
	for _, s := range []string{
		``, ` `, `null`, `[]`, `"a"`, `{`, `{"a"`, `{"a":`, `{"a":"b"`, `{"a":"b",}`, `{,}`, `{"a":1}`, `{"a":null}`, `{"a":["b"]}`,
		`{"a":{"b":"c"}}`, `{a:"b"}`, `{'a':'b'}`, `{"a":"b"}{}`, `{"a":"b"}x`, `{"a":"b" "c":"d"}`, `{"a" "b"}`, `{"a":"\x"}`, `{"a":"\`,
		`{"a":"\u12"}`, `{"a":"\u12g4"}`, `{"a":"\ud800"}`, `{"a":"\ud800x"}`, `{"a":"\ud800\n"}`, `{"a":"\ud800\u0041"}`, `{"a":"\udc00\ud800"}`,
		"{\"a\":\"x\ny\"}", "\ufeff{}", `{"a":"b"}//`, `{}}`,
	} {
		object(s, "payload", "object")
	}
	object(`{"a":"b","a":"b"}`, "payload", "once")
	object(`{"a":"","\u0061":"b"}`, "payload", "once")
	object("{\"a\":\"\xff\"}", "payload", "UTF-8")
	object(`{"a":"\u0000"}`, "a", "control")
	object(`{"A":"b"}`, "field name", "a-z")
	object(`{"":"b"}`, "field name", "a-z")
	object(`{"sig":"b"}`, "field name", "sig")
	object(`{"kid":""}`, "field name", "kid")
}

func TestFormatErrorIsOneShortLine(t *testing.T) {
	t.Parallel()
	_, err := renderurl.Parse(&url.URL{Path: "/r/acme/sale.jpg", RawQuery: "a%0Ab" + strings.Repeat("%F0%9F%91%97", 500) + "=1"})
	if err == nil || strings.ContainsRune(err.Error(), '\n') || utf8.RuneCountInString(err.Error()) > 250 {
		t.Errorf("got %v", err)
	}
}
