package fetcher_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/adloom/adloom/fetcher"
)

// countdown redirects from /n to /n-1 and serves a photo at /0.
func countdown(t *testing.T) *shop {
	t.Helper()
	photo := jpegOf(t, 3, 2)
	return newShop(t, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.URL.Path[1:])
		if n == 0 {
			_, _ = w.Write(photo)
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/%d?secret=1", n-1), http.StatusFound)
	})
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	s := countdown(t)
	got, _, err := fetchOnce(t, local(), nil, s.URL+"/5")
	if err != nil || got.URL != s.URL+"/5" {
		t.Errorf("five redirects: got %+v, %v", got, err)
	}
	for _, r := range s.asked() {
		if r.Referer() != "" {
			t.Errorf("%s was told where we come from: %s", r.URL, r.Referer())
		}
	}
	_, _, err = fetchOnce(t, local(), nil, s.URL+"/6")
	wantError(t, err, fetcher.TooManyRedirects, http.StatusFound)
	if !strings.Contains(err.Error(), "at most 5 redirects") {
		t.Errorf("%q does not name the limit", err)
	}
	cfg := local()
	cfg.MaxRedirects = 0
	_, _, err = fetchOnce(t, cfg, nil, s.URL+"/1")
	wantError(t, err, fetcher.TooManyRedirects, http.StatusFound)
}

// A Location as shops write it leads where a browser would go.
func TestRedirectsToWhatMustBeEscaped(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 3, 2)
	s := newShop(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "" {
			w.Header().Set("Location", "/rød hat.jpg?size=größe L")
			w.WriteHeader(http.StatusFound)
			return
		}
		_, _ = w.Write(photo)
	})
	if _, _, err := fetchOnce(t, local(), nil, s.URL); err != nil {
		t.Fatal(err)
	}
	if got, want := s.asked()[1].RequestURI, "/r%C3%B8d%20hat.jpg?size=gr%C3%B6%C3%9Fe%20L"; got != want {
		t.Errorf("asked for %s; want %s", got, want)
	}
}

func TestBadRedirects(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"ftp://shop.example/", "file:///etc/passwd", "http://user:secret@shop.example/", "http:///x", "gopher://127.0.0.1/",
		"http://" + strings.Repeat("a.", 200) + "example/"} {
		s := newShop(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusMovedPermanently)
		})
		_, _, err := fetchOnce(t, local(), nil, s.URL)
		wantError(t, err, fetcher.BadRedirect, http.StatusMovedPermanently)
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q tells the password", err)
		}
	}
}

// What a shop sends as a URL may be long; what is told of it is not.
func TestLongRedirects(t *testing.T) {
	t.Parallel()
	long := "?" + strings.Repeat("x", 30_000)
	f := func(target string, reason fetcher.Reason, code int) {
		t.Helper()
		inBubble(t, steady(), nil, func(t *testing.T, n *network) {
			n.shop("shop.example", status(http.StatusFound, "Location", target))
			_, err := n.Fetch(t.Context(), "http://shop.example/a.jpg")
			if wantError(t, err, reason, code); len(err.Error()) > 1000 {
				t.Errorf("%.20q…: %d bytes of error", target, len(err.Error()))
			}
		})
	}
	f("http://shop.example/"+long, fetcher.TooManyRedirects, http.StatusFound)
	f("http://nobody.example/"+long, fetcher.Connect, 0)
	f("http://user@shop.example/"+long, fetcher.BadRedirect, http.StatusFound)
	f("http:///"+long, fetcher.BadRedirect, http.StatusFound)
}

// A Location that nobody can read is the fault of one page, not of its host, and its text stays here.
func TestUnreadableRedirects(t *testing.T) {
	t.Parallel()
	cfg := steady()
	cfg.HostFailures = 1
	inBubble(t, cfg, nil, func(t *testing.T, n *network) {
		n.shop("shop.example", status(http.StatusFound, "Location", "http://user:secret@[::1/a.jpg"))
		for _, url := range urls("shop.example", 3) {
			_, err := n.Fetch(t.Context(), url)
			wantError(t, err, fetcher.BadRedirect, 0)
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("%q tells the password", err)
			}
		}
	})
}

func TestTLS(t *testing.T) {
	t.Parallel()
	stranger := httptest.NewUnstartedServer(serving(jpegOf(t, 3, 2)))
	stranger.Config.ErrorLog = quiet()
	stranger.StartTLS()
	t.Cleanup(stranger.Close)
	_, _, err := fetchOnce(t, local(), nil, stranger.URL)
	wantError(t, err, fetcher.TLS, 0)

	plain := newShop(t, serving(nil))
	_, _, err = fetchOnce(t, local(), nil, strings.Replace(plain.URL, "http:", "https:", 1))
	wantError(t, err, fetcher.TLS, 0)
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	s := newShop(t, serving(nil))
	s.Close()
	_, _, err := fetchOnce(t, local(), nil, s.URL)
	wantError(t, err, fetcher.Connect, 0)
}
