package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/adloom/adloom/renderurl"
)

const (
	forever = "public, max-age=31536000, immutable" // a URL with a version

	// shortly is for what may change: which version is published, a photo that is
	// missing, a picture that will be drawn anew.
	shortly = 60 * time.Second

	// staleWarning is that of RFC 7234, 5.5.1, for an answer that is not fresh.
	staleWarning = `110 adloom "Response is Stale"`

	sendTimeout = 30 * time.Second // for a whole picture
)

// answer writes a picture. Range is ignored, as HTTP allows and Meta's crawler accepts.
func (a *API) answer(w http.ResponseWriter, r *http.Request, asked renderurl.Request, o *outcome, x *exchange) error {
	h := w.Header()
	h.Set("ETag", o.picture.ETag)
	h.Set("Server-Timing", x.serverTiming())
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Cache", x.record.Cache)
	age := time.Duration(0)
	if o.from != cacheMiss {
		age = a.parts.Results.Age(o.picture).Truncate(time.Second)
		h.Set("Age", strconv.FormatInt(int64(age/time.Second), 10))
	}
	h.Set("Cache-Control", forever)
	if asked.Version == 0 || o.degraded || o.from == cacheStale {
		// Caches count max-age from when the picture was drawn (RFC 9111, 4.2.3).
		h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int64((age+shortly)/time.Second)))
	}
	if o.from == cacheStale {
		h.Set("Warning", staleWarning)
	}
	if strings.Contains(r.Header.Get("If-None-Match"), o.picture.ETag) { // it may list several
		x.record.Status = http.StatusNotModified
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", asked.Format.ContentType())
	h.Set("Content-Length", strconv.Itoa(len(o.picture.Data)))
	if r.Method == http.MethodHead {
		return nil
	}
	x.record.Bytes = len(o.picture.Data)
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendTimeout)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("bound the answer's time: %w", err)
	}
	if _, err := w.Write(o.picture.Data); err != nil {
		return errors.Join(errClientGone, err)
	}
	return nil
}
