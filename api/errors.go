package api

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

var (
	errNoSuchPath = errors.New("expected /r/{customer}/{template}.{jpg|png|webp}, /healthz or /readyz")
	errMethod     = errors.New("expected GET or HEAD")
	errClientGone = errors.New("client went away while the answer was sent")
)

// sourceRetry is when templates that are away are worth another try.
const sourceRetry = 5 * time.Second

// problem is an error as clients see it (RFC 9457). Type is a stable word.
type problem struct {
	Type       string             `json:"type"`
	Title      string             `json:"title"`
	Status     int                `json:"status"`
	Detail     string             `json:"detail"`
	RequestID  string             `json:"request_id,omitempty"`
	Reason     string             `json:"reason,omitempty"`         // of a 429 or 424
	RetryAfter int64              `json:"retry_after_ms,omitempty"` // of a 429 or 503
	Field      string             `json:"field,omitempty"`          // of a 422
	Layer      string             `json:"layer,omitempty"`          // of a 424 or 429 for its photo, or a 422 for its text
	Photo      string             `json:"photo,omitempty"`          // of a 424 or 429
	ShopStatus int                `json:"shop_status,omitempty"`    // of a 424: what the shop answered
	Mistakes   templates.Mistakes `json:"mistakes,omitempty"`       // of a template
}

const underRequestID = "the operator finds the cause under this request_id"

// internal says that the cause is a mistake of ours, which is for the log alone.
func (p problem) internal() bool {
	return p.Status == http.StatusInternalServerError || p.Reason == string(fetcher.Internal)
}

// explain is the one table from errors to answers. The first row that fits counts; that
// of refusals comes first, since under load there are more of them than of anything.
func explain(err error) problem {
	var (
		badURL    *renderurl.FormatError
		badFormat *renderer.FormatError
		tooLarge  *renderer.TooLargeError
		badField  *templates.FieldError
		badExpr   *templates.ExpressionError
		mistakes  templates.Mistakes
		badPhoto  *renderer.PhotoError
		badGlyphs *renderer.GlyphError
		limited   *throttle.LimitedError
		source    *sourceError
	)
	switch {
	case errors.As(err, &limited):
		title := "Too many renders at once"
		if limited.Reason == throttle.Paused {
			title = "Paused by an operator"
		}
		return problem{Type: "limited", Title: title, Status: http.StatusTooManyRequests, Detail: err.Error(),
			Reason: string(limited.Reason), RetryAfter: max(1, limited.RetryAfter.Milliseconds())}
	case errors.As(err, &badURL):
		return problem{Type: "malformed_url", Title: "The render URL has a wrong form", Status: http.StatusBadRequest, Detail: err.Error()}
	case errors.As(err, &badFormat):
		return problem{Type: "malformed_url", Title: "The picture format is not available", Status: http.StatusBadRequest, Detail: err.Error()}
	case errors.Is(err, renderurl.ErrNoSignature), errors.Is(err, renderurl.ErrBadSignature), errors.Is(err, renderurl.ErrUnknownKey):
		return problem{Type: "bad_signature", Title: "The render URL is not signed by the customer", Status: http.StatusForbidden, Detail: err.Error()}
	case errors.Is(err, templates.ErrNotFound):
		return problem{Type: "unknown_template", Title: "There is no such template or version", Status: http.StatusNotFound, Detail: err.Error()}
	case errors.Is(err, errNoSuchPath):
		return problem{Type: "unknown_path", Title: "There is nothing at this path", Status: http.StatusNotFound, Detail: err.Error()}
	case errors.Is(err, errMethod):
		return problem{Type: "method_not_allowed", Title: "The method is not allowed", Status: http.StatusMethodNotAllowed, Detail: err.Error()}
	case errors.As(err, &badField):
		return problem{Type: "bad_field", Title: "A field of the product does not fit the template", Status: http.StatusUnprocessableEntity, Detail: err.Error(), Field: badField.Field}
	case errors.As(err, &badExpr):
		return problem{Type: "bad_expression", Title: "An expression of the template fails for this product", Status: http.StatusUnprocessableEntity, Detail: err.Error()}
	case errors.As(err, &badGlyphs):
		return problem{Type: "missing_glyphs", Title: "No font of this node has all characters of a text", Status: http.StatusUnprocessableEntity, Detail: err.Error(), Layer: badGlyphs.Layer}
	case errors.As(err, &mistakes):
		return problem{Type: "broken_template", Title: "The template has mistakes", Status: http.StatusUnprocessableEntity, Detail: err.Error(), Mistakes: mistakes}
	case errors.Is(err, throttle.ErrTooLarge):
		return problem{Type: "render_too_large", Title: "The render needs more memory than the node has for one", Status: http.StatusUnprocessableEntity, Detail: err.Error()}
	case errors.As(err, &tooLarge):
		return problem{Type: "picture_too_large", Title: "The picture does not fit the bytes that its template allows", Status: http.StatusUnprocessableEntity, Detail: err.Error()}
	case errors.As(err, &badPhoto):
		return explainPhoto(badPhoto)
	case errors.As(err, &source):
		return problem{Type: "templates_away", Title: "Templates cannot be read at the moment", Status: http.StatusServiceUnavailable,
			Detail: "the template is not in this node's memory, and where it comes from does not answer", RetryAfter: sourceRetry.Milliseconds()}
	case errors.Is(err, context.DeadlineExceeded):
		return problem{Type: "out_of_time", Title: "The render took too long", Status: http.StatusGatewayTimeout, Detail: "the request's time ran out"}
	}
	return problem{Type: "internal", Title: "Internal error", Status: http.StatusInternalServerError, Detail: underRequestID}
}

// explainPhoto answers 424: the request is right, what it depends on is not. When no more is asked of the shop now, or
// the node has no room for more photos, it is 429 like other limits.
func explainPhoto(err *renderer.PhotoError) problem {
	p := problem{Type: "photo_unavailable", Title: "A photo of the product could not be had", Status: http.StatusFailedDependency,
		Detail: err.Error(), Reason: "corrupt", Layer: err.Layer, Photo: err.URL}
	var shop *fetcher.Error
	var unsupported *imageinfo.FormatError
	var tooMuch *imageinfo.LimitError
	switch {
	case errors.As(err, &shop):
		p.Reason, p.ShopStatus = string(shop.Reason), shop.Status
		if p.internal() {
			p.Detail = "layer " + err.Layer + ": " + underRequestID
		}
		if shop.Reason == fetcher.OriginLimited || shop.Reason == fetcher.NodeFull {
			p.Type, p.Title, p.Status = "limited", "A photo of the product is not downloaded now", http.StatusTooManyRequests
			p.RetryAfter = max(1, shop.RetryAfter.Milliseconds())
		}
	case errors.As(err, &unsupported):
		p.Reason = "not_an_image"
	case errors.As(err, &tooMuch):
		p.Reason = "too_many_" + tooMuch.Limit
	case errors.Is(err, context.DeadlineExceeded):
		p.Reason = "timeout"
	}
	return p
}

// fail is the only writer of errors.
func (a *API) fail(w http.ResponseWriter, x *exchange, err error) {
	if errors.Is(err, errClientGone) {
		x.record.Status, x.record.Error = clientGone, "client_gone"
		return
	}
	p := explain(err)
	p.RequestID = x.record.RequestID
	x.record.Status, x.record.Error, x.record.Detail, x.record.Reason = p.Status, p.Type, p.Detail, p.Reason
	if p.internal() || p.Status >= http.StatusInternalServerError {
		x.record.Detail = err.Error() // for the operator alone
	}
	if p.internal() {
		a.parts.Log.Error("internal error", zap.String("request_id", p.RequestID), zap.Error(err))
	}
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"type":"internal"}`) // plain fields always marshal
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(body)+1))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if p.Status == http.StatusMethodNotAllowed {
		h.Set("Allow", "GET, HEAD")
	}
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.FormatInt(seconds(p.RetryAfter), 10))
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // the client may be gone
}

// seconds rounds up: Retry-After has no fractions (RFC 9110, 10.2.3).
func seconds(ms int64) int64 {
	return int64(math.Ceil((time.Duration(ms) * time.Millisecond).Seconds()))
}
