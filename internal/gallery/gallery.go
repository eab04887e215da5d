// Package gallery is the first page of a demo: every product beside the ads that were made of it.
package gallery

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
)

// Card is one product and its ads. Prices are shown as they are given.
type Card struct {
	Title     string
	Price     string
	SalePrice string // empty when not on sale
	Ads       []Ad   // three of them, wide, square and tall in this order, fill a card without a gap
}

// Ad is one picture made of a product.
type Ad struct {
	Name          string // of the template, such as "Link"
	URL           string // where the picture is rendered: absolute, or a path on this server
	Width, Height int    // of the picture, so that nothing moves when it arrives
}

//go:embed page.html
var page string

//go:embed gallery.css gallery.svg
var files embed.FS

// Handler serves the page at /, its stylesheet and icon at /gallery.css and /gallery.svg, and nothing else. It asks for no script and nothing
// from other hosts but the ads themselves, so it works under a Content-Security-Policy of default-src 'self'. It is
// safe for concurrent use and keeps cards, which the caller must not change afterwards.
func Handler(cards []Card) http.Handler {
	h := &handler{cards: cards, page: template.Must(template.New("page").Parse(page))}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", h.servePage)
	static := http.FileServerFS(files)
	mux.Handle("GET /gallery.css", static)
	mux.Handle("GET /gallery.svg", static)
	return mux
}

type handler struct {
	cards []Card
	page  *template.Template
}

func (h *handler) servePage(w http.ResponseWriter, r *http.Request) {
	data := struct {
		Cards []Card
		Ads   int
		First string // the URL to paste
	}{Cards: h.cards, Ads: countAds(h.cards), First: absolute(r, firstURL(h.cards))}
	var b bytes.Buffer
	if err := h.page.Execute(&b, data); err != nil {
		http.Error(w, "gallery: "+err.Error(), http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'self'; img-src 'self' http: https:; base-uri 'none'; form-action 'none'")
	header.Set("Cache-Control", "no-cache")
	header.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(b.Bytes()) // a client that left needs no answer
}

func countAds(cards []Card) int {
	n := 0
	for _, c := range cards {
		n += len(c.Ads)
	}
	return n
}

func firstURL(cards []Card) string {
	for _, c := range cards {
		for _, ad := range c.Ads {
			return ad.URL
		}
	}
	return ""
}

// absolute puts the address that the browser used in front of a path, so that the URL works when pasted elsewhere.
func absolute(r *http.Request, to string) string {
	scheme := "http:"
	if r.TLS != nil {
		scheme = "https:"
	}
	switch {
	case strings.HasPrefix(to, "//"):
		return scheme + to
	case strings.HasPrefix(to, "/"):
		return scheme + "//" + r.Host + to
	}
	return to
}
