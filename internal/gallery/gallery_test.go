package gallery_test

import (
	"crypto/tls"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/gallery"
)

func cards() []gallery.Card {
	ads := func(product string) []gallery.Ad {
		return []gallery.Ad{
			{Name: "Link", URL: "/r/demo/link.jpg?title=" + product + "&sig=a", Width: 1200, Height: 628},
			{Name: "Square", URL: "/r/demo/square.jpg?title=" + product + "&sig=b", Width: 1080, Height: 1080},
			{Name: "Story", URL: "/r/demo/story.jpg?title=" + product + "&sig=c", Width: 1080, Height: 1920},
		}
	}
	return []gallery.Card{
		{Title: "Linen shirt", Price: "129.00 USD", SalePrice: "89.00 USD", Ads: ads("shirt")},
		{Title: "Mug", Price: "24.00 EUR", Ads: ads("mug")},
	}
}

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestPageShowsEveryAd(t *testing.T) {
	t.Parallel()
	w := get(gallery.Handler(cards()), "/")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("expected 200 and HTML, found %d and %v", w.Code, w.Header())
	}
	body := w.Body.String()
	for _, card := range cards() {
		for _, want := range []string{card.Title, card.Price, card.SalePrice} {
			if !strings.Contains(body, want) {
				t.Errorf("expected %q on the page", want)
			}
		}
		for _, ad := range card.Ads {
			url := html.EscapeString(ad.URL)
			size := ` width="` + strconv.Itoa(ad.Width) + `" height="` + strconv.Itoa(ad.Height) + `" loading="lazy"`
			if !strings.Contains(body, `<a href="`+url+`"><img src="`+url+`"`+size) {
				t.Errorf("expected a lazy picture of its own size that links to %s", ad.URL)
			}
			if alt := `alt="` + ad.Name + " ad for " + card.Title + `"`; !strings.Contains(body, alt) {
				t.Errorf("expected %s", alt)
			}
		}
	}
	if strings.Contains(body, "catalog is empty") {
		t.Error("expected no word of an empty catalog")
	}
}

func TestURLToPaste(t *testing.T) {
	t.Parallel()
	f := func(url string, secure bool, want string) {
		t.Helper()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = "ads.example:8080"
		if secure {
			r.TLS = &tls.ConnectionState{}
		}
		w := httptest.NewRecorder()
		gallery.Handler([]gallery.Card{{Title: "No ads"}, {Ads: []gallery.Ad{{URL: url}}}}).ServeHTTP(w, r)
		if want = ">" + want + "</a>"; !strings.Contains(w.Body.String(), want) {
			t.Errorf("expected %s in %s", want, w.Body)
		}
	}
	f("/r/demo/a.jpg?sig=x", false, "http://ads.example:8080/r/demo/a.jpg?sig=x")
	f("/r/demo/a.jpg?sig=x", true, "https://ads.example:8080/r/demo/a.jpg?sig=x")
	f("https://cdn.example/a.jpg", false, "https://cdn.example/a.jpg")
	f("//cdn.example/a.jpg", true, "https://cdn.example/a.jpg")
}

func TestHostileCard(t *testing.T) {
	t.Parallel()
	evil := `"><script>alert(1)</script><b onclick='x'>`
	w := get(gallery.Handler([]gallery.Card{{
		Title: evil, Price: evil, SalePrice: evil,
		Ads: []gallery.Ad{{Name: evil, URL: "javascript:alert(1)"}, {Name: evil, URL: `/r?title=` + evil}},
	}}), "/")
	body := w.Body.String()
	for _, bad := range []string{"<script", "<b onclick", `"javascript:`, `='x'`} {
		if strings.Contains(body, bad) {
			t.Errorf("expected %s to be escaped in %s", bad, body)
		}
	}
	if !strings.Contains(body, "&lt;script&gt;") {
		t.Error("expected the title to be shown as text")
	}
}

func TestPageLoadsNothingElse(t *testing.T) {
	t.Parallel()
	w := get(gallery.Handler(cards()), "/")
	body := w.Body.String()
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		if url := m[1]; url != "gallery.css" && url != "gallery.svg" && !strings.Contains(url, "/r/demo/") {
			t.Errorf("expected the stylesheet, the icon and the ads alone, found %s", url)
		}
	}
	for _, bad := range []string{"<style", "style=", "<script"} {
		if strings.Contains(body, bad) {
			t.Errorf("expected no inline %s: a strict policy refuses it", bad)
		}
	}
	if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'self';") {
		t.Errorf("found the policy %q", policy)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	body := get(gallery.Handler(nil), "/").Body.String()
	if !strings.Contains(body, "The catalog is empty") || strings.Contains(body, "to paste") {
		t.Errorf("expected the empty state without a URL to paste, found %s", body)
	}
	body = get(gallery.Handler([]gallery.Card{{Title: "Mug"}}), "/").Body.String()
	if !strings.Contains(body, "No ads yet") || !strings.Contains(body, "1 product, 0 ads") {
		t.Errorf("expected a product without ads to say so, found %s", body)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	h := gallery.Handler(cards())
	for path, kind := range map[string]string{"/gallery.css": "text/css", "/gallery.svg": "image/svg+xml"} {
		if w := get(h, path); w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) {
			t.Errorf("%s: expected 200 and %s, found %d and %v", path, kind, w.Code, w.Header())
		}
	}
	if w := get(h, "/other"); w.Code != http.StatusNotFound {
		t.Errorf("expected 404, found %d", w.Code)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("expected 405, found %d", w.Code)
	}
}
