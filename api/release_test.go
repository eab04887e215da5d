package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// serve answers one request in this goroutine: when it returns, the request is over.
func (w *world) serve(url string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.api.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, url, nil))
	return rec
}

func TestNothingIsLeft(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	f := func(what string, status int, change func(*renderurl.Request)) {
		t.Helper()
		link := w.url(func(r *renderurl.Request) {
			r.Fields["title"] = what // so that each is another picture
			if change != nil {
				change(r)
			}
		})
		if got := w.serve(link); got.Code != status {
			t.Errorf("%s: %d %s", what, got.Code, got.Body)
		}
		w.empty(what)
	}
	f("a picture", 200, nil)
	f("no template", 404, func(r *renderurl.Request) { r.Template = "other" })
	f("no title", 422, func(r *renderurl.Request) { r.Fields = templates.Fields{"price": "1 USD"} })
	good := w.photos
	w.photos = func(_ context.Context, url string) (*fetcher.Photo, error) {
		return nil, &fetcher.Error{URL: url, Reason: fetcher.DNS, Err: errors.New("no such host")}
	}
	f("no photo", 424, nil)
	w.photos = func(_ context.Context, url string) (*fetcher.Photo, error) {
		return &fetcher.Photo{URL: url, Data: []byte("GIF89a")}, nil
	}
	f("a broken photo", 424, nil)
	w.photos = good
	f("a picture after all", 200, nil)
}

// A request ends within its time, whatever it waits for.
func TestTimeout(t *testing.T) {
	t.Parallel()
	w := setup(t, func(c *api.Config, _ *api.Parts) { c.Timeout = time.Second })
	w.photos = func(ctx context.Context, _ string) (*fetcher.Photo, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	got := w.serve(w.url(nil))
	if got.Code != http.StatusFailedDependency {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	w.empty("a photo that never came")
}

// slowReader is a client that takes the answer's first byte when it is let.
type slowReader struct {
	*httptest.ResponseRecorder
	writing, goOn chan struct{}
}

func (s *slowReader) Write(p []byte) (int, error) {
	close(s.writing)
	<-s.goOn
	return s.ResponseRecorder.Write(p)
}

func TestSlowReaderHoldsNothing(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	reader := &slowReader{httptest.NewRecorder(), make(chan struct{}), make(chan struct{})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.api.Handler().ServeHTTP(reader, httptest.NewRequest(http.MethodGet, w.url(nil), nil))
	}()
	<-reader.writing
	w.empty("while the answer is sent")
	close(reader.goOn)
	<-done
	if reader.Code != http.StatusOK {
		t.Errorf("%d %s", reader.Code, reader.Body)
	}
}

func TestPublishedVersionIsAskedAgain(t *testing.T) {
	t.Parallel()
	w := setup(t, nil)
	now := time.Now()
	w.api.SetNow(func() time.Time { return now })
	current := w.url(func(r *renderurl.Request) { r.Version = 0 })
	version := func() any {
		t.Helper()
		if got := w.serve(current); got.Code != http.StatusOK {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		records := w.logs.FilterMessage("render").All()
		return records[len(records)-1].ContextMap()["version"]
	}
	if v := version(); v != int64(2) {
		t.Fatalf("version %v", v)
	}
	w.source.published = 1
	if v := version(); v != int64(2) {
		t.Errorf("asked again at once: version %v", v)
	}
	now = now.Add(2 * time.Second)
	if v := version(); v != int64(1) {
		t.Errorf("believed for too long: version %v", v)
	}
}
