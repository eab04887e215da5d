package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/resultcache"
)

// mostInline is how large a picture, in bytes, an explanation holds.
const mostInline = 8 << 20

// ExplainHandler answers GET ?url=… with the Explanation of a render URL. It is for
// operators: whoever may call it sees any customer's products, and spends the node's
// time. It is not counted among the requests.
func (a *API) ExplainHandler() http.Handler {
	e := a.explainer()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		x := &exchange{laps: laps{last: start}, record: reqlog.Record{
			Time: start, RequestID: newRequestID(), Status: http.StatusOK}}
		w.Header().Set("X-Request-Id", x.record.RequestID)
		err := a.guard(func(w http.ResponseWriter, r *http.Request, x *exchange) error {
			return a.explain(e, w, r, x)
		}, w, r, x)
		if err != nil && r.Context().Err() == nil {
			a.fail(w, x, err)
		}
	})
}

// explainer is this node's: fresh renders are let in as requests are.
func (a *API) explainer() *Explainer {
	return &Explainer{
		Keys: a.parts.Keys, Pauses: a.parts.Pauses, Designs: nodeDesigns{a.designs}, Photos: a.parts.Photos, States: a.parts.PhotoStates,
		Engine: a.parts.Engine, Room: nodeRoom{a}, Kept: a.parts.Results, AllowUnsigned: a.cfg.AllowUnsigned,
	}
}

func (a *API) explain(e *Explainer, w http.ResponseWriter, r *http.Request, x *exchange) error {
	link, pictures, err := explainQuery(r.URL.RawQuery)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), a.cfg.Timeout)
	defer cancel()
	explanation, err := e.Explain(ctx, link)
	if err != nil {
		return err
	}
	if err := r.Context().Err(); err != nil {
		return err
	}
	explanation.RequestID = x.record.RequestID
	explanation.inline(pictures)
	body, err := json.Marshal(explanation) // escapes what HTML would take for its own
	if err != nil {
		return fmt.Errorf("write explanation: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(body)+1))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	err = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sendTimeout))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("bound the answer's time: %w", err)
	}
	_, _ = w.Write(append(body, '\n')) // the client may be gone
	return nil
}

// explainQuery reads url and picture. A URL that was pasted without being escaped brings
// its own parameters along; to leave them out would explain another picture.
func explainQuery(query string) (link string, pictures bool, err error) {
	const expected = "url=… percent-encoded, and picture=yes or picture=no beside it"
	wrong := func(found string) (string, bool, error) {
		return "", false, &renderurl.FormatError{Part: "explain", Expected: expected, Found: strconv.Quote(shorten(found))}
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return wrong(query)
	}
	pictures = true
	for name, list := range values {
		switch {
		case len(list) != 1 || name != "url" && name != "picture":
			return wrong(name)
		case name == "picture":
			if pictures = list[0] == "yes"; !pictures && list[0] != "no" {
				return wrong("picture=" + list[0])
			}
		}
	}
	if link = values.Get("url"); link == "" {
		return wrong(query)
	}
	return link, pictures, nil
}

// readRenderURL reads a whole URL, or its path and query alone. What a proxy takes off
// before /r/ does not matter, as it does not to the signature.
func readRenderURL(link string) (renderurl.Signed, error) {
	u, err := url.Parse(link)
	if err != nil {
		return renderurl.Signed{}, &renderurl.FormatError{
			Part: "url", Expected: "an address or a path with a query", Found: strconv.Quote(shorten(link))}
	}
	if i := strings.Index(u.Path, "/r/"); i > 0 {
		u.Path = u.Path[i:]
	}
	return renderurl.Parse(u)
}

// nodeDesigns are the designs in a node's memory, or those that it can get.
type nodeDesigns struct{ *designs }

func (d nodeDesigns) Published(ctx context.Context, customer, template string) (int, error) {
	return d.current(ctx, name{customer, template, 0})
}

func (d nodeDesigns) Design(ctx context.Context, customer, template string, version int) (*renderer.Design, error) {
	return d.get(ctx, name{customer, template, version})
}

var _ KeptPictures = (*resultcache.Cache)(nil)
