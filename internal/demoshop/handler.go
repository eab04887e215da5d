package demoshop

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
	"time"
)

// Handler serves the photos at /{picture}. Each is drawn when it is first asked for, once however many ask, and stays
// in memory: about 2 MB for the whole shop. It is safe for concurrent use.
func Handler() http.Handler { return handler(1) }

// handler serves the photos at scale times their size.
func handler(scale float64) http.Handler {
	mux := http.NewServeMux()
	for name, p := range pictures() {
		photo := sync.OnceValues(func() (photo, error) { return p.photo(name, scale) })
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			ph, err := photo()
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			ph.serve(w, r, name)
		})
	}
	return mux
}

// photo is a drawn picture as it goes over the wire.
type photo struct {
	body []byte
	etag string
}

func (p picture) photo(name string, scale float64) (photo, error) {
	body, err := p.encode(name, scale)
	if err != nil {
		return photo{}, err
	}
	sum := sha256.Sum256(body)
	return photo{body: body, etag: `"` + hex.EncodeToString(sum[:16]) + `"`}, nil
}

// serve leaves Content-Length, HEAD and If-None-Match to ServeContent, and the type to the name's extension.
func (p photo) serve(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	h.Set("ETag", p.etag)
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(p.body))
}
