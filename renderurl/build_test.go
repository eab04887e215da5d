package renderurl_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// forms are requests whose URLs are readable, readable without fields, and compact.
func forms() []renderurl.Request {
	return []renderurl.Request{
		request(templates.Fields{"title": "Linen shirt", "price": "129.00 USD"}),
		request(nil),
		request(templates.Fields{"title": "قميص من الكتان الطبيعي", "price": "129.00 SAR"}),
	}
}

// The URLs of the world's catalogs hang on these bytes: a change of any of them makes ad networks fetch
// every picture again.
func TestPinnedURLs(t *testing.T) {
	t.Parallel()
	f := func(r renderurl.Request, withKeyID bool, want string) {
		t.Helper()
		b := renderurl.Builder{Base: base, Key: key(), WithKeyID: withKeyID}
		got, err := b.Build(r)
		if err != nil || got != want {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
	f(forms()[0], false, "https://ads.example.com/r/acme/sale@7.jpg?price=129.00%20USD&title=Linen%20shirt&sig=alNan9pSYDhEieHI4vsWNQ")
	f(forms()[1], false, "https://ads.example.com/r/acme/sale@7.jpg?sig=dMZpTIMod826SwvhJK5C1A")
	f(forms()[2], false, "https://ads.example.com/r/acme/sale@7/qlYqKMpMTlWyUjI0stQzMFAIdgxS0lEqySzJAQnebLrZerPrxlaFm6032xRuLL_ZcrP5xqoby6GcG9tvrLjZdWPnzS6lWsAA.jpg?sig=wp-Bqud66m74T07C1e7X7A")
	f(forms()[0], true, "https://ads.example.com/r/acme/sale@7.jpg?kid=k1&price=129.00%20USD&title=Linen%20shirt&sig=3JW8Vdg_Bes1CXLRVCD6rw")
	f(forms()[2], true, "https://ads.example.com/r/acme/sale@7/qlYqKMpMTlWyUjI0stQzMFAIdgxS0lEqySzJAQnebLrZerPrxlaFm6032xRuLL_ZcrP5xqoby6GcG9tvrLjZdWPnzS6lWsAA.jpg?kid=k1&sig=FAV55qpPMGG26mGGuaUUaQ")
	f(renderurl.Request{Customer: "acme", Template: "story_2", Format: templates.WebP, Fields: templates.Fields{
		"title": "リネンシャツ 👕 \"夏\" & <春>\n100%", "brand": "織物工房", "image_link": "https://shop.example.com/i/1.jpg?v=2&w=3",
	}}, false, "https://ads.example.com/r/acme/story_2/AIgAd_97ImJyYW5kIjoi57mU54mp5bel5oi_IiwiaW1hZ2VfbGluayI6Imh0dHBzOi8vc2hvcC5leGFtcGxlLmNvbS9pLzEuanBnP3Y9MiZ3PTMiLCJ0aXRsZSI6IuODquODjeODs-OCt-ODo-ODhCDwn5GVIFwi5aSPXCIgJiA85pilPlxuMTAwJSJ9AwA.webp?sig=ZnTCOfsrHvTKoQteUaM53w")
	f(request(templates.Fields{"title": "100% cotton & \"silk\" + more;\n<b>", "image_link": "https://shop.example.com/i/1.jpg?v=2&w=3"}), false, "https://ads.example.com/r/acme/sale@7.jpg?image_link=https%3A%2F%2Fshop.example.com%2Fi%2F1.jpg%3Fv%3D2%26w%3D3&title=100%25%20cotton%20%26%20%22silk%22%20%2B%20more%3B%0A%3Cb%3E&sig=AnWDXIKmcz3LZ2mh_YjaPQ")
}

func TestBuildPicksTheShorterForm(t *testing.T) {
	t.Parallel()
	f := func(title string, compact bool) {
		t.Helper()
		s := build(t, request(templates.Fields{"title": title}))
		if got := !strings.Contains(s, "?title="); got != compact {
			t.Errorf("title %q: got %s, want compact %v", title, s, compact)
		}
	}
	f("Hat", false)
	f("帽", false)
	f(strings.Repeat("a", 100), true)
	f("قميص من الكتان الطبيعي", true)

	compact := build(t, forms()[2])
	if readable := base + parse(t, compact).Request.CacheKey() + "&" + compact[strings.Index(compact, "sig="):]; len(compact) >= len(readable) {
		t.Errorf("compact %d characters, readable %d", len(compact), len(readable))
	}
}

func TestBuildIsPureASCIIAndEndsInTheFormat(t *testing.T) {
	t.Parallel()
	for _, r := range forms() {
		for _, r.Format = range templates.Formats() {
			s := build(t, r)
			if i := strings.IndexFunc(s, func(c rune) bool { return c <= ' ' || c > '~' }); i >= 0 {
				t.Errorf("%s has %q", s, s[i:])
			}
			if path, _, _ := strings.Cut(s, "?"); !strings.HasSuffix(path, "."+string(r.Format)) {
				t.Errorf("the path of %s does not end in %s", s, r.Format)
			}
		}
	}
}

func TestBuildTooLong(t *testing.T) {
	t.Parallel()
	r := request(templates.Fields{"title": "Hat", "description": noise(3000)})
	b := renderurl.Builder{Base: base, Key: key()}
	_, err := b.Build(r)
	var e *renderurl.TooLongError
	if !errors.As(err, &e) || e.Max != 2000 || e.Length <= 2000 || !strings.Contains(err.Error(), "description") {
		t.Fatalf("got %v", err)
	}
	b.MaxLength = e.Length - 1
	if _, err := b.Build(r); !errors.As(err, &e) {
		t.Errorf("one character too long: got %v", err)
	}
	b.MaxLength = e.Length
	if s, err := b.Build(r); err != nil || len(s) != e.Length {
		t.Errorf("just fitting: got %d characters, %v", len(s), err)
	}
	b.MaxLength = 10
	if _, err := b.Build(request(nil)); !errors.As(err, &e) || !strings.Contains(err.Error(), "base") {
		t.Errorf("no fields: got %v", err)
	}
	// What compresses to nothing still has to be expanded by the server, which refuses it.
	b.MaxLength = 0
	if _, err := b.Build(request(templates.Fields{"title": strings.Repeat("a", 70_000)})); !errors.As(err, &e) {
		t.Errorf("70 kB of the same letter: got %v", err)
	}
}

// noise does not compress well.
func noise(n int) string {
	b := make([]byte, n)
	for i, state := 0, uint32(1); i < n; i++ {
		state = state*1664525 + 1013904223
		b[i] = 'a' + byte(state>>24)%26
	}
	return string(b)
}

func TestBuildRefusesRequests(t *testing.T) {
	t.Parallel()
	b := renderurl.Builder{Base: base, Key: key()}
	f := func(part string, change func(r *renderurl.Request)) {
		t.Helper()
		r := request(templates.Fields{"title": "Hat"})
		change(&r)
		var e *renderurl.FormatError
		if s, err := b.Build(r); !errors.As(err, &e) || e.Part != part {
			t.Errorf("got %s, %v, want a FormatError of %s", s, err, part)
		}
		if _, err := r.Normal(); !errors.As(err, &e) || e.Part != part {
			t.Errorf("normal: got %v, want a FormatError of %s", err, part)
		}
	}
	f("customer", func(r *renderurl.Request) { r.Customer = "" })
	f("template", func(r *renderurl.Request) { r.Template = "a/b" })
	f("version", func(r *renderurl.Request) { r.Version = -1 })
	f("version", func(r *renderurl.Request) { r.Version = 1_000_000_000 })
	f("extension", func(r *renderurl.Request) { r.Format = "gif" })
	f("title", func(r *renderurl.Request) { r.Fields["title"] = "\xff" })
	f("title", func(r *renderurl.Request) { r.Fields["title"] = "a\x00" })
	for _, name := range []string{"", "Title", "sig", "kid", "a=b"} {
		f("field name", func(r *renderurl.Request) { r.Fields[name] = "x" })
	}
}

func TestBuilderValidate(t *testing.T) {
	t.Parallel()
	good := renderurl.Builder{Base: base, Key: key()}
	f := func(mistakes int, change func(b *renderurl.Builder)) {
		t.Helper()
		b := good
		change(&b)
		got := 0
		if err := b.Validate(); err != nil {
			got = strings.Count(err.Error(), "expected")
		}
		if got != mistakes {
			t.Errorf("%+v: got %v, want %d mistakes", b, b.Validate(), mistakes)
		}
		if _, err := b.Build(request(nil)); (err != nil) != (mistakes > 0) {
			t.Errorf("%+v: build: %v", b, err)
		}
	}
	f(0, func(*renderurl.Builder) {})
	f(0, func(b *renderurl.Builder) { b.Base = "http://[::1]:8080/ads/" })
	for _, s := range []string{"", "ads.example.com", "//ads.example.com", "ftp://a", "https://", "https://u@a", "https://a?b", "https://a#b", "https://bücher.example", "https://a b", "https://a/%zz"} {
		f(1, func(b *renderurl.Builder) { b.Base = s })
	}
	f(0, func(b *renderurl.Builder) { b.Key.ID = "" })
	f(1, func(b *renderurl.Builder) { b.Key.ID, b.WithKeyID = "", true })
	f(1, func(b *renderurl.Builder) { b.Key.Secret = b.Key.Secret[:15] })
	f(1, func(b *renderurl.Builder) { b.MaxLength = -1 })
	f(1, func(b *renderurl.Builder) { b.MaxLength = 8193 })
	f(4, func(b *renderurl.Builder) { *b = renderurl.Builder{WithKeyID: true, MaxLength: -1} })
}

func TestBaseWithPath(t *testing.T) {
	t.Parallel()
	b := renderurl.Builder{Base: "https://example.com/ads/", Key: key()}
	s, err := b.Build(request(nil))
	rest, ok := strings.CutPrefix(s, "https://example.com/ads")
	if err != nil || !ok {
		t.Fatalf("got %s, %v", s, err)
	}
	if err := parse(t, rest).Verify([]renderurl.Key{key()}); err != nil {
		t.Error(err)
	}
}

func TestNormalAndCacheKey(t *testing.T) {
	t.Parallel()
	r := request(templates.Fields{"title": "Hat", "brand": "", "bad name": ""})
	n, err := r.Normal()
	if want := request(templates.Fields{"title": "Hat"}); err != nil || !reflect.DeepEqual(n, want) {
		t.Errorf("got %+v, %v", n, err)
	}
	n.Fields["x"] = "y"
	if _, ok := r.Fields["x"]; ok {
		t.Error("the normal form shares its fields with the request")
	}
	compact, readable := parse(t, build(t, forms()[2])), parse(t, parse(t, build(t, forms()[2])).Request.CacheKey())
	if compact.Canonical == readable.Canonical || compact.Request.CacheKey() != readable.Request.CacheKey() {
		t.Errorf("two forms, keys %s and %s", compact.Request.CacheKey(), readable.Request.CacheKey())
	}
	keys := map[string]bool{}
	for _, fields := range []templates.Fields{nil, {"a": "b"}, {"a": "b&c=d"}, {"a": "b", "c": "d"}, {"a": "b%26c"}, {"a": "b+"}, {"a": "b "}} {
		n, err := request(fields).Normal()
		if err != nil {
			t.Fatal(err)
		}
		keys[n.CacheKey()] = true
	}
	if len(keys) != 7 {
		t.Errorf("7 requests, %d keys: %q", len(keys), slices.Sorted(maps.Keys(keys)))
	}
}

func TestBuilderIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	b := renderurl.Builder{Base: base, Key: key()}
	var want []string
	for _, r := range forms() {
		want = append(want, build(t, r))
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 60 {
				got, err := b.Build(forms()[i%3])
				if err != nil || got != want[i%3] {
					t.Errorf("got %s, %v, want %s", got, err, want[i%3])
				}
				parse(t, got)
			}
		})
	}
	wg.Wait()
}
