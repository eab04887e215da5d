package fetcher_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/fetcher"
)

func TestFetch(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	s := newShop(t, serving(photo))
	cache := &memory{}
	got, stats, err := fetchOnce(t, local(), cache, s.URL+"/a.jpg#top")
	if err != nil {
		t.Fatal(err)
	}
	if got.URL != s.URL+"/a.jpg" || !bytes.Equal(got.Data, photo) || got.Info.Width != 30 || got.Info.Height != 20 || got.FromCache {
		t.Errorf("got %+v", got)
	}
	if stats.Downloads != 1 || stats.Bytes != uint64(len(photo)) || stats.Hits != 0 || stats.InFlight != 0 {
		t.Errorf("stats %+v", stats)
	}
	request := s.asked()[0]
	if ua, enc := request.UserAgent(), request.Header.Get("Accept-Encoding"); !strings.HasPrefix(ua, "Adloom/1.0 (+https://") || enc != "identity" {
		t.Errorf("asked as %q for encoding %q", ua, enc)
	}

	got, stats, err = fetchOnce(t, local(), cache, strings.ToUpper(s.URL[:4])+s.URL[4:]+"/a.jpg")
	if err != nil || !got.FromCache || !bytes.Equal(got.Data, photo) || got.Info.Width != 30 {
		t.Errorf("from the cache: got %+v, %v", got, err)
	}
	if stats.Hits != 1 || stats.Downloads != 0 || len(s.asked()) != 1 {
		t.Errorf("a hit asked the shop: %+v", stats)
	}
}

func TestFetchWithoutCache(t *testing.T) {
	t.Parallel()
	s := newShop(t, serving(jpegOf(t, 3, 2)))
	f := start(t, local(), nil)
	for range 2 {
		if _, err := f.Fetch(t.Context(), s.URL); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBrokenCacheCostsADownloadOnly(t *testing.T) {
	t.Parallel()
	s := newShop(t, serving(jpegOf(t, 3, 2)))
	cache := &memory{broken: errors.New("disk on fire")}
	_, stats, err := fetchOnce(t, local(), cache, s.URL)
	if err != nil || stats.CacheErrors != 2 || stats.Downloads != 1 {
		t.Errorf("got %v, %+v; want a download and two cache errors", err, stats)
	}
}

func TestCorruptEntryIsAMiss(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	f := func(name string, change func(body []byte) []byte) {
		t.Helper()
		s := newShop(t, serving(photo))
		cache := &memory{}
		if _, _, err := fetchOnce(t, local(), cache, s.URL); err != nil {
			t.Fatal(err)
		}
		cache.change(change)
		got, stats, err := fetchOnce(t, local(), cache, s.URL)
		if err != nil || got.FromCache || stats.BadEntries != 1 || !bytes.Equal(got.Data, photo) {
			t.Errorf("%s: got %v, %+v; want a new download", name, err, stats)
		}
		if got, _, err = fetchOnce(t, local(), cache, s.URL); err != nil || !got.FromCache {
			t.Errorf("%s: the bad entry was not overwritten", name)
		}
	}
	f("empty", func([]byte) []byte { return nil })
	f("rubbish", func([]byte) []byte { return []byte("rubbish\nrubbish\n") })
	f("cut", func(b []byte) []byte { return b[:len(b)-1] })
	f("longer", func(b []byte) []byte { return append(b, 0) })
	f("one bit", func(b []byte) []byte { b[len(b)-9] ^= 1; return b })
	f("no head", func(b []byte) []byte { return b[:bytes.IndexByte(b, '\n')+1] })
	f("endless head", func(b []byte) []byte {
		return append(b[:bytes.IndexByte(b, '\n')+1], bytes.Repeat([]byte{'x'}, 1<<20)...)
	})
	f("other URL", func(b []byte) []byte { return bytes.Replace(b, []byte("http://1"), []byte("http://2"), 1) })
	f("size of a bomb", func(b []byte) []byte { return bytes.Replace(b, []byte(`"size":`), []byte(`"size":99999999`), 1) })
}

func TestErrors(t *testing.T) {
	t.Parallel()
	f := func(name string, handler http.HandlerFunc, reason fetcher.Reason, status int, words ...string) {
		t.Helper()
		s := newShop(t, handler)
		cfg := local()
		cfg.MaxBytes = 1 << 20
		cache := &memory{}
		_, stats, err := fetchOnce(t, cfg, cache, s.URL+"/p.jpg")
		var e *fetcher.Error
		if !errors.As(err, &e) || e.Reason != reason || e.Status != status || e.URL != s.URL+"/p.jpg" {
			t.Fatalf("%s: got %v, want %s with status %d", name, err, reason, status)
		}
		for _, word := range words {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %q does not say %q", name, err, word)
			}
		}
		if stats.Errors[reason] != 1 || len(cache.bodies) != 0 {
			t.Errorf("%s: counted %v, cached %d", name, stats.Errors, len(cache.bodies))
		}
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	for _, code := range []int{204, 206, 300, 302, 304, 403, 404, 410, 429, 500, 503} {
		f(fmt.Sprint(code), status(code), fetcher.BadStatus, code, "expected status 200", fmt.Sprint(code))
	}
	typed := func(contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, body)
		}
	}
	f("HTML", typed("image/jpeg", "<!doctype html><p>Sorry"), fetcher.NotAnImage, 200, "found HTML", `"image/jpeg"`)
	f("empty", typed("image/png", ""), fetcher.NotAnImage, 200, "found empty")
	f("SVG", typed("image/svg+xml", "<svg/>"), fetcher.UnsupportedFormat, 200, "found SVG")
	f("brotli", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		_, _ = io.WriteString(w, "...")
	}, fetcher.BadEncoding, 200, `"br"`)
	photo := jpegOf(t, 30, 20)
	f("header only", typed("image/jpeg", string(photo[:50])), fetcher.Corrupt, 200)
	bomb := bytes.Replace(photo, []byte{0, 20, 0, 30}, []byte{0xff, 0xff, 0xff, 0xff}, 1)
	f("too many pixels", typed("image/jpeg", string(bomb)), fetcher.TooManyPixels, 200, "65535x65535", "50.0")
	sos := bytes.Index(photo, []byte{0xff, 0xda})
	scans := append(bytes.Clone(photo[:len(photo)-2]), bytes.Repeat(photo[sos:len(photo)-2], 100)...)
	f("too many scans", typed("image/jpeg", string(scans)), fetcher.TooManyScans, 200, "101 scans")
	f("Content-Length says too much", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1048577")
	}, fetcher.TooLarge, 200, "1048576", "1048577")
	f("too much without Content-Length", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(photo)
		for range 40 {
			_, _ = w.Write(make([]byte, 32<<10))
			_ = http.NewResponseController(w).Flush()
		}
	}, fetcher.TooLarge, 200, "1048576")
	f("fewer bytes than announced", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5000")
		_, _ = w.Write(photo)
	}, fetcher.Truncated, 200, "5000 bytes", fmt.Sprint(len(photo)))
	f("connection cut", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(photo)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}, fetcher.Truncated, 200)
	f("no HTTP", func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_, _ = io.WriteString(conn, "220 mail.example ESMTP\r\n")
			_ = conn.Close()
		}
	}, fetcher.Broken, 0)
}

func packed(t *testing.T, write func(w io.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	write(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(body)
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	cfg := local()
	cfg.MaxBytes = 1 << 20

	unasked := newShop(t, gzipped(packed(t, func(w io.Writer) { _, _ = w.Write(photo) })))
	got, _, err := fetchOnce(t, cfg, nil, unasked.URL)
	if err != nil || !bytes.Equal(got.Data, photo) {
		t.Errorf("gzip that was not asked for: got %v", err)
	}
	claimed := newShop(t, gzipped(photo))
	if got, _, err = fetchOnce(t, cfg, nil, claimed.URL); err != nil || !bytes.Equal(got.Data, photo) {
		t.Errorf("plain bytes that claim to be gzip: got %v", err)
	}
	bomb := newShop(t, gzipped(packed(t, func(w io.Writer) {
		_, _ = w.Write(photo)
		_, _ = w.Write(make([]byte, 8<<20))
	})))
	_, _, err = fetchOnce(t, cfg, nil, bomb.URL)
	wantError(t, err, fetcher.TooLarge, 200)
	flawed := packed(t, func(w io.Writer) { _, _ = w.Write(photo) })
	flawed[len(flawed)-8] ^= 1 // the checksum
	_, _, err = fetchOnce(t, cfg, nil, newShop(t, gzipped(flawed)).URL)
	wantError(t, err, fetcher.BadEncoding, 200)
	cut := packed(t, func(w io.Writer) { _, _ = w.Write(photo) })
	_, _, err = fetchOnce(t, cfg, nil, newShop(t, gzipped(cut[:len(cut)/2])).URL)
	wantError(t, err, fetcher.Truncated, 200)
	if want := fmt.Sprintf("expected its end, found that of the body after %d bytes", len(cut)/2); !strings.Contains(err.Error(), want) {
		t.Errorf("%q does not say %q", err, want)
	}
	for _, behind := range []string{"\x00\x00\x00\x00", "<!-- cached -->"} {
		longer := append(packed(t, func(w io.Writer) { _, _ = w.Write(photo) }), behind...)
		if got, _, err = fetchOnce(t, cfg, nil, newShop(t, gzipped(longer)).URL); err != nil || !bytes.Equal(got.Data, photo) {
			t.Errorf("gzip with %q behind it: got %v", behind, err)
		}
	}
	// Blocks without content would go on for ever and never reach a limit on unpacked bytes.
	hollow := newShop(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
		for r.Context().Err() == nil {
			_, _ = w.Write(bytes.Repeat([]byte("\x00\x00\x00\xff\xff"), 6553))
		}
	})
	_, stats, err := fetchOnce(t, cfg, nil, hollow.URL)
	wantError(t, err, fetcher.TooLarge, 200)
	if stats.Bytes > 2<<20 {
		t.Errorf("received %d bytes of a hollow gzip", stats.Bytes)
	}
}

// Servers that are set to pack say so of pictures that they send as they are.
func TestPlainThatClaimsToBePacked(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	for _, encoding := range []string{"br", "Deflate", "zstd"} {
		s := newShop(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", encoding)
			_, _ = w.Write(photo)
		})
		if got, _, err := fetchOnce(t, local(), nil, s.URL); err != nil || !bytes.Equal(got.Data, photo) {
			t.Errorf("%s: got %v", encoding, err)
		}
	}
}

// A bomb is refused when its header has come; the shop is still sending.
func TestRefusesEarly(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 30, 20)
	bomb := append(bytes.Replace(photo, []byte{0, 20, 0, 30}, []byte{0xff, 0xff, 0xff, 0xff}, 1), make([]byte, 64<<10)...)
	page := append([]byte("<!doctype html>"), bytes.Repeat([]byte("sorry "), 12<<10)...)
	f := func(start []byte, reason fetcher.Reason) {
		t.Helper()
		s := newShop(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "10000000")
			_, _ = w.Write(start)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		})
		cfg := local()
		cfg.IdleTimeout = time.Minute
		cfg.Timeout = time.Minute
		_, _, err := fetchOnce(t, cfg, nil, s.URL)
		wantError(t, err, reason, 200)
	}
	f(bomb, fetcher.TooManyPixels)
	f(page, fetcher.NotAnImage)
}

func TestConfig(t *testing.T) {
	t.Parallel()
	if err := fetcher.DefaultConfig().Validate(); err != nil {
		t.Errorf("defaults: %v", err)
	}
	cfg := local()
	cfg.UserAgent, cfg.MaxBytes, cfg.IdleTimeout, cfg.HostRest = "", 0, -1, 48*time.Hour
	_, err := fetcher.New(cfg, nil)
	for _, word := range []string{"UserAgent", "MaxBytes", "IdleTimeout", "HostRest"} {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("got %v, want it to name %s", err, word)
		}
	}
}

func TestNormalise(t *testing.T) {
	t.Parallel()
	f := func(raw, want string) {
		t.Helper()
		got, err := fetcher.Normalise(raw)
		if got != want || err != nil != (want == "") {
			t.Errorf("%q: got %q, %v; want %q", raw, got, err, want)
		}
		if again, err := fetcher.Normalise(got); want != "" && (again != got || err != nil) {
			t.Errorf("%q: again %q, %v", got, again, err)
		}
	}
	f("HTTP://Shop.Example:80/A.jpg?b=C#d", "http://shop.example/A.jpg?b=C")
	f("https://shop.example:443", "https://shop.example/")
	f("https://shop.example:80/", "https://shop.example:80/")
	f("http://shop.example:/", "http://shop.example/")
	f("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/")
	f(" https://shop.example/rød hat.jpg?size=größe L&x=%26 ", "https://shop.example/r%C3%B8d%20hat.jpg?size=gr%C3%B6%C3%9Fe%20L&x=%26")
	f("https://Bücher.example:8443/", "https://xn--bcher-kva.example:8443/")
	f("https://b\u00fccher.\uff45xample/", "https://xn--bcher-kva.example/")
	f("https://sh\u00adop.example/", "https://shop.example/")
	f("https://\u00ad/", "")
	f("https://shop.example/50%.jpg?x=%zz#%", "https://shop.example/50%25.jpg?x=%zz")
	f("https://shop.example/100%_wool%20hat%2", "https://shop.example/100%25_wool%20hat%252")
	f("https://shop.example?a=50%&b=/%", "https://shop.example/?a=50%&b=/%")
	f("https://100%.example/", "")
	f("", "")
	f("shop.example/a.jpg", "")
	f("//shop.example/a.jpg", "")
	f("ftp://shop.example/a.jpg", "")
	f("file:///etc/passwd", "")
	f("http:///a.jpg", "")
	f("http:shop.example", "")
	f("http://user:secret@shop.example/", "")
	f("http://shop.example@evil.example/", "")
	f("http://shop.example/\r\nHost: x", "")
	f("http://shop.example/"+strings.Repeat("a", 9000), "")
}

func TestBadURL(t *testing.T) {
	t.Parallel()
	f := start(t, local(), nil)
	_, err := f.Fetch(t.Context(), "http://user:secret@shop.example/")
	wantError(t, err, fetcher.BadURL, 0)
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("%q tells the password", err)
	}
	_, err = f.Fetch(t.Context(), "http://"+strings.Repeat("a.", 200)+"example/a.jpg")
	wantError(t, err, fetcher.BadURL, 0)
	if f.Stats().Errors[fetcher.BadURL] != 2 || f.Stats().Downloads != 0 {
		t.Errorf("stats %+v", f.Stats())
	}
}
