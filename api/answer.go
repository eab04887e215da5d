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
	shortly = "public, max-age=60"

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
	if asked.Version == 0 || o.degraded || o.from == cacheStale {
		// Without an Age: it would have to be added to max-age (RFC 9111, 4.2.3), and
		// caches that do not know Age, such as nginx, would keep the picture that much
		// longer.
		h.Set("Cache-Control", shortly)
	} else {
		h.Set("Cache-Control", forever)
		if o.from != cacheMiss {
			h.Set("Age", strconv.FormatInt(int64(a.parts.Results.Age(o.picture)/time.Second), 10))
		}
	}
	if o.from == cacheStale {
		h.Set("Warning", staleWarning)
	}
	// It may list several, in one line or more (RFC 9110, 5.3).
	if known := strings.Join(r.Header.Values("If-None-Match"), ", "); known == "*" || strings.Contains(known, o.picture.ETag) {
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
