// Package admin speaks HTTP to operators, on a listener of its own that the internet must not reach: the live page and
// what it is made of, metrics, explanations of render URLs, profiles.
//
// Metrics and health need no token, as scrapers and load balancers have none. All else does: as "Authorization: Bearer",
// or by signing in on the page, which gives the browser a cookie that other sites cannot send along. Guesses are not
// limited, as that would lock operators out with those who guess: a token is too long for them.
package admin

import (
	"errors"
	"io/fs"
	"net/http"
	"net/http/pprof"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/ops/web"
)

// minToken is how many characters a token has at least.
const minToken = 16

// Parts are what the listener stands on. All but Explain and Client are required.
type Parts struct {
	Token   string // of operators
	Console *ops.Console
	Pages   fs.FS // index.html, login.html and what they load
	Metrics http.Handler
	Ready   http.Handler
	Explain http.Handler
	Log     *zap.Logger
	// Client is the address that a request came from; the peer's by default.
	Client func(r *http.Request) string
}

// Admin answers operators. It is safe for concurrent use.
type Admin struct {
	parts    Parts
	sessions *sessions
	stopped  chan struct{} // closed when streams must end
}

// New returns the listener's handlers.
func New(parts Parts) (*Admin, error) {
	if len(parts.Token) < minToken {
		return nil, errors.New("admin token: expected at least 16 characters")
	}
	if parts.Client == nil {
		parts.Client = peer
	}
	return &Admin{parts: parts, sessions: newSessions(parts.Token, parts.Client, time.Now), stopped: make(chan struct{})}, nil
}

// Close ends streams, so that a server that shuts down need not wait for them. It is called once.
func (a *Admin) Close() { close(a.stopped) }

// Handler serves all of it.
func (a *Admin) Handler() http.Handler {
	open := http.NewServeMux()
	open.Handle("GET /metrics", a.parts.Metrics)
	open.Handle("GET /readyz", a.parts.Ready)
	open.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	open.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { redirect(w, r, "ops/", http.StatusFound) })
	open.HandleFunc("GET /ops/login", a.loginPage)
	open.HandleFunc("POST /ops/login", a.login)
	open.HandleFunc("POST /ops/logout", a.logout)
	open.Handle("GET /ops/assets/", a.assets())
	open.Handle("/", a.guarded())
	// Other sites must not act in the name of an operator who is signed in.
	return headers(http.NewCrossOriginProtection().Handler(open))
}

// guarded is what needs the token.
func (a *Admin) guarded() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ops/{$}", a.page("index.html"))
	mux.HandleFunc("GET /ops/state", a.state)
	mux.HandleFunc("GET /ops/history", a.history)
	mux.HandleFunc("GET /ops/events", a.events)
	mux.HandleFunc("GET /ops/customer", a.customer)
	mux.HandleFunc("POST /ops/limits", a.limits)
	mux.HandleFunc("POST /ops/pause", a.pause)
	mux.HandleFunc("POST /ops/resume", a.resume)
	mux.HandleFunc("POST /ops/drain", a.ofNode(a.parts.Console.Drain))
	mux.HandleFunc("POST /ops/undrain", a.ofNode(a.parts.Console.Undrain))
	if a.parts.Explain != nil {
		mux.Handle("GET /explain", a.parts.Explain)
	}
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "unknown_path", "the command line may hold secrets")
	})
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "unknown_path", "expected /ops/, /explain, /metrics, /healthz, /readyz or /debug/pprof/")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := a.sessions.who(r)
		if who == "" {
			a.refuse(w, r)
			return
		}
		mux.ServeHTTP(w, r.WithContext(withOperator(r.Context(), who)))
	})
}

// headers are on every answer: nothing of this is kept, framed, or loaded from elsewhere.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", web.Policy)
		next.ServeHTTP(w, r)
	})
}
