package admin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	sessionLife  = 12 * time.Hour
	maxSessions  = 1000
	failuresIn   = time.Minute
	mostFailures = 20 // sign-ins that are told of in that time
)

// sessions are the browsers that have signed in. They end with the process.
type sessions struct {
	token  [sha256.Size]byte
	cookie string // its name. Browsers send cookies to all ports of a host, so each process has its own
	client func(r *http.Request) string
	now    func() time.Time

	mu       sync.Mutex
	ends     map[[sha256.Size]byte]time.Time // by the hash of the cookie
	failures int
	since    time.Time // of those failures
}

func newSessions(token string, client func(*http.Request) string, now func() time.Time) *sessions {
	return &sessions{token: sha256.Sum256([]byte(token)), cookie: "adloom_operator_" + rand.Text()[:8], client: client, now: now, ends: map[[sha256.Size]byte]time.Time{}}
}

// right says whether it is the token, in a time that does not depend on it.
func (s *sessions) right(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(sum[:], s.token[:]) == 1
}

// failed counts a sign-in that failed, and says whether it is one of the first of its minute.
func (s *sessions) failed() (tell bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now().Sub(s.since) > failuresIn {
		s.failures, s.since = 0, s.now()
	}
	s.failures++
	return s.failures <= mostFailures
}

// start returns the cookie of a new session.
func (s *sessions) start(secure bool) *http.Cookie {
	value := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ends) >= maxSessions {
		clear(s.ends)
	}
	s.ends[sha256.Sum256([]byte(value))] = s.now().Add(sessionLife)
	return &http.Cookie{Name: s.cookie, Value: value, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode, MaxAge: int(sessionLife / time.Second)}
}

func (s *sessions) end(r *http.Request) {
	if cookie, err := r.Cookie(s.cookie); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.ends, sha256.Sum256([]byte(cookie.Value)))
	}
}

// who names the operator that a request comes from, empty for a stranger. There are no accounts: all who have the token
// are told apart by how they have shown it and by their address.
func (s *sessions) who(r *http.Request) string {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && s.right(token) {
		return "token from " + s.client(r)
	}
	cookie, err := r.Cookie(s.cookie)
	if err != nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := sha256.Sum256([]byte(cookie.Value))
	end, ok := s.ends[key]
	if !ok || s.now().After(end) {
		delete(s.ends, key)
		return ""
	}
	return "browser at " + s.client(r)
}

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

type operatorKey struct{}

func withOperator(ctx context.Context, who string) context.Context {
	return context.WithValue(ctx, operatorKey{}, who)
}

// operator is who signed in.
func operator(r *http.Request) string {
	who, _ := r.Context().Value(operatorKey{}).(string)
	return who
}
