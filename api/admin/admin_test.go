package admin_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"go.uber.org/zap"

	"github.com/adloom/adloom/api/admin"
	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/reqlog"
)

const token = "0123456789abcdef-token"

// world is the operators' part over made-up sources.
type world struct {
	t      *testing.T
	server *httptest.Server
	board  *ops.Board

	mu   sync.Mutex
	done []string // actions
}

func setup(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, board: ops.NewBoard()}
	console := ops.NewConsole(w.board, ops.Sources{
		Node: ops.Node{Name: "node-1"}, Draining: func() bool { return false }, Busy: func() float64 { return 0 },
		Live: func(context.Context) ops.Live { return ops.Live{Redis: ops.Redis{Up: true, Listening: true}} },
		Customers: func(context.Context, []string) map[string]ops.CustomerLive {
			return map[string]ops.CustomerLive{"nosuch": {Unknown: true}}
		},
	}, w, ops.NewAudit(filepath.Join(t.TempDir(), "audit.jsonl"), zap.NewNop()), zap.NewNop())
	text := func(s string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, s) })
	}
	a, err := admin.New(admin.Parts{
		Client: func(r *http.Request) string { return cmp.Or(r.Header.Get("X-Told-By-A-Proxy"), "127.0.0.1") },
		Token:  token, Console: console, Metrics: text("metrics"), Ready: text("ready"), Explain: text("explained"), Log: zap.NewNop(),
		Pages: fstest.MapFS{"index.html": {Data: []byte("the page")}, "login.html": {Data: []byte("sign in")}, "js/app.js": {Data: []byte("code")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(a.Handler())
	t.Cleanup(func() {
		a.Close()
		w.server.Close()
	})
	return w
}

func (w *world) act(s string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if strings.Contains(s, "nobody") {
		return fmt.Errorf("%w: nobody", ops.ErrNoSuchCustomer)
	}
	if strings.Contains(s, "-7") {
		return fmt.Errorf("%w: expected at least -1, found -7", ops.ErrBadAction)
	}
	if strings.Contains(s, "broken") {
		return errors.New("the disk is full")
	}
	w.done = append(w.done, s)
	return nil
}

func (w *world) Limit(customer string, change ops.LimitsChange) (ops.Limits, error) {
	was := ops.Limits{Concurrency: 4}
	return was, w.act(fmt.Sprint("limit ", customer, change.Of(was)))
}
func (w *world) Pause(customer, template, why string) error {
	return w.act("pause " + customer + "/" + template + " " + why)
}
func (w *world) Resume(customer, template string) error {
	return w.act("resume " + customer + "/" + template)
}
func (w *world) Drain() error   { return w.act("drain") }
func (w *world) Undrain() error { return w.act("undrain") }

// ask sends a request with headers and returns status, headers and body.
func (w *world) ask(client *http.Client, method, path, body string, header ...string) (int, http.Header, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.server.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := client.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(text)
}

// stays is a client that follows no redirects.
func stays() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

var bearer = []string{"Authorization", "Bearer " + token}

func TestWhoMaySeeWhat(t *testing.T) {
	t.Parallel()
	w := setup(t)
	f := func(path string, stranger, operator int) {
		t.Helper()
		if status, _, body := w.ask(stays(), "GET", path, ""); status != stranger {
			t.Errorf("%s for a stranger: %d %s; want %d", path, status, body, stranger)
		}
		status, header, _ := w.ask(stays(), "GET", path, "", bearer...)
		if status != operator {
			t.Errorf("%s for an operator: %d; want %d", path, status, operator)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if header.Get(name) != want {
				t.Errorf("%s: %s: %q; want %q", path, name, header.Get(name), want)
			}
		}
		if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(header.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: %s", path, header.Get("Content-Security-Policy"))
		}
	}
	f("/metrics", 200, 200)
	f("/healthz", 200, 200)
	f("/readyz", 200, 200)
	f("/", 302, 302)
	f("/ops/login", 200, 303)
	f("/ops/assets/js/app.js", 200, 200)
	f("/ops/assets/js/", 404, 404)
	f("/ops/assets/../admin.go", 307, 307) // to a path that is nothing
	f("/ops/", 401, 200)
	f("/ops/state", 401, 200)
	f("/ops/history", 401, 200)
	f("/ops/customer?id=acme", 401, 200)
	f("/ops/customer?id=nosuch", 401, 404)
	f("/ops/customer", 401, 400)
	f("/explain?url=x", 401, 200)
	f("/debug/pprof/", 401, 200)
	f("/debug/pprof/heap", 401, 200)
	f("/debug/pprof/cmdline", 401, 404)
	f("/nothing", 401, 404)
	for _, wrong := range []string{"", "Bearer ", "Bearer wrong", "Basic " + token, "bearer"} {
		if status, _, _ := w.ask(stays(), "GET", "/ops/state", "", "Authorization", wrong); status != 401 {
			t.Errorf("Authorization %q: %d", wrong, status)
		}
	}
	if status, header, _ := w.ask(stays(), "GET", "/ops/", "", "Accept", "text/html"); status != 303 || header.Get("Location") != "../ops/login" {
		t.Errorf("a browser that has not signed in: %d %v", status, header)
	}
}

// A proxy may have put the node under another path, which the node does not know.
func TestBehindAProxy(t *testing.T) {
	t.Parallel()
	w := setup(t)
	f := func(method, path, want string) {
		t.Helper()
		_, header, _ := w.ask(stays(), method, path, "token=wrong", "Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded")
		at, err := url.Parse("https://ops.example/fra-3" + path)
		if err != nil {
			t.Fatal(err)
		}
		to, err := at.Parse(header.Get("Location"))
		if err != nil || to.String() != "https://ops.example/fra-3"+want {
			t.Errorf("%s %s leads to %v, %v; want %s", method, path, to, err, want)
		}
	}
	f("GET", "/", "/ops/")
	f("GET", "/ops/", "/ops/login")
	f("GET", "/explain?url=a/b", "/ops/login")
	f("GET", "/debug/pprof/heap", "/ops/login")
	f("GET", "/ops/a%2Fb", "/ops/login")
	f("POST", "/ops/login", "/ops/login?wrong=token")
	f("POST", "/ops/logout", "/ops/login")
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	w := setup(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := stays()
	browser.Jar = jar
	form := func(value string) (int, http.Header, string) {
		return w.ask(browser, "POST", "/ops/login", url.Values{"token": {value}}.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	}
	if status, header, _ := form("wrong"); status != 303 || header.Get("Location") != "../ops/login?wrong=token" || header.Get("Set-Cookie") != "" {
		t.Errorf("a wrong token: %d %v", status, header)
	}
	status, header, _ := form(" " + token + "\n")
	if cookie := header.Get("Set-Cookie"); status != 303 || header.Get("Location") != "../ops/" || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || strings.Contains(cookie, token) {
		t.Errorf("the token: %d %v", status, header)
	}
	if status, _, body := w.ask(browser, "GET", "/ops/", ""); status != 200 || body != "the page" {
		t.Errorf("signed in: %d %q", status, body)
	}
	// Another site cannot act with the browser's cookie.
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		if status, _, _ := w.ask(browser, "POST", "/ops/pause", `{"customer":"acme"}`, header...); status != 403 {
			t.Errorf("with %v: %d; want it refused", header, status)
		}
	}
	if status, _, _ := w.ask(browser, "POST", "/ops/logout", "", "Sec-Fetch-Site", "same-origin"); status != 303 {
		t.Errorf("signing out: %d", status)
	}
	if status, _, _ := w.ask(browser, "GET", "/ops/state", ""); status != 401 {
		t.Errorf("signed out: %d", status)
	}
	for range 30 {
		form("guess")
	}
	if status, header, _ = form(token); header.Get("Location") != "../ops/" {
		t.Errorf("the token, while somebody guesses: %d %v", status, header)
	}
}

// Browsers tell hosts apart and not their ports, so nodes behind tunnels share a jar of cookies.
func TestSignInToTwoNodes(t *testing.T) {
	t.Parallel()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := stays()
	browser.Jar = jar
	nodes := []*world{setup(t), setup(t)}
	for _, w := range nodes {
		if status, _, _ := w.ask(browser, "POST", "/ops/login", url.Values{"token": {token}}.Encode(), "Content-Type", "application/x-www-form-urlencoded"); status != 303 {
			t.Fatalf("signing in: %d", status)
		}
	}
	for i, w := range nodes {
		if status, _, _ := w.ask(browser, "GET", "/ops/state", ""); status != 200 {
			t.Errorf("node %d of two that were signed in to: %d", i+1, status)
		}
	}
}

func TestActions(t *testing.T) {
	t.Parallel()
	w := setup(t)
	f := func(path, body string, status int, want string) {
		t.Helper()
		got, _, text := w.ask(stays(), "POST", path, body, bearer...)
		if got != status || !strings.Contains(text, want) {
			t.Errorf("%s %s: %d %s; want %d with %q", path, body, got, text, status, want)
		}
	}
	f("/ops/limits", `{"customer":"acme","concurrency":8,"slow_downloads":0,"slow_renders":-1}`, 200, `"detail":"concurrency 4 -\u003e 8, slow downloads the node's, slow renders the node's -\u003e none"`)
	f("/ops/limits", `{"customer":"acme","slow_renders":9}`, 200, `"detail":"concurrency 4, slow downloads the node's, slow renders the node's -\u003e 9"`) // the rest stays
	f("/ops/limits", `{"customer":"acme","concurrency":-7}`, 422, "expected at least -1, found -7")
	f("/ops/limits", `{"customer":"nobody"}`, 404, "unknown_customer")
	f("/ops/limits", `{"customer":"acme","concurency":8}`, 400, `unknown field \"concurency\"`)
	f("/ops/limits", `{"customer":"acme"}{}`, 400, "something stands behind it")
	f("/ops/limits", strings.Repeat(" ", 5000)+`{}`, 400, "too large")
	f("/ops/pause", `{"customer":"acme","template":"card","why":"broken feed"}`, 500, "the disk is full")
	f("/ops/pause", `{"customer":"acme","template":"card","why":"bad <b>feed</b>"}`, 200, `"target":"acme/card"`)
	f("/ops/resume", `{"customer":"acme"}`, 200, `"action":"resume"`)
	f("/ops/drain", `{"node":"node-2"}`, 422, `expected the name of this node, \"node-1\"; found \"node-2\"`)
	f("/ops/drain", `{"node":"node-1"}`, 200, `"ok":true`)
	if _, _, text := w.ask(stays(), "POST", "/ops/resume", `{"customer":"acme"}`, append([]string{"X-Told-By-A-Proxy", "192.0.2.7"}, bearer...)...); !strings.Contains(text, `"who":"token from 192.0.2.7"`) {
		t.Errorf("behind a proxy: %s", text)
	}
	f("/ops/undrain", `{"node":"node-2"}`, 422, `found \"node-2\"`)
	f("/ops/undrain", `{"node":"node-1"}`, 200, `"action":"undrain"`)
	if got := fmt.Sprint(w.done); got != "[limit acme{8 0 -1} limit acme{4 0 9} pause acme/card bad <b>feed</b> resume acme/ drain resume acme/ undrain]" {
		t.Errorf("done: %s", got)
	}
	var state ops.State
	_, _, text := w.ask(stays(), "GET", "/ops/state", "", bearer...)
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		t.Fatal(err)
	}
	if len(state.Audit) != 7 || state.Audit[0].Action != "undrain" || state.Audit[6].Who != "token from 127.0.0.1" {
		t.Errorf("records %+v; want the seven that were done, newest first", state.Audit)
	}
	if strings.Contains(text, "<b>") || strings.Contains(text, token) {
		t.Error("a state holds markup as it came, or the token")
	}
}

// The stream sends history and states, a flood among them; it ends with the server.
func TestEvents(t *testing.T) {
	t.Parallel()
	for _, encoding := range []string{"identity", "gzip"} {
		t.Run(encoding, func(t *testing.T) {
			t.Parallel()
			testEvents(t, encoding)
		})
	}
}

func testEvents(t *testing.T, encoding string) {
	w := setup(t)
	r, err := http.NewRequestWithContext(t.Context(), "GET", w.server.URL+"/ops/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(bearer[0], bearer[1])
	r.Header.Set("Accept-Encoding", encoding)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.Header.Get("Content-Type") != "text/event-stream" || (res.Header.Get("Content-Encoding") == "gzip") != (encoding == "gzip") {
		t.Errorf("headers %v", res.Header)
	}
	body := io.Reader(res.Body)
	if encoding == "gzip" {
		if body, err = gzip.NewReader(body); err != nil {
			t.Fatal(err)
		}
	}
	for range 100 {
		w.board.Add(&reqlog.Record{Customer: "shoes", Signed: true, Status: 429, Error: "limited", Reason: "customer_concurrency"})
	}
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	var names []string
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			names = append(names, name)
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && names[len(names)-1] == "state" {
			var state ops.State
			if err := json.Unmarshal([]byte(data), &state); err != nil {
				t.Fatal(err)
			}
			if len(state.Customers) == 1 && state.Customers[0].Refused > 0 && state.Customers[0].Refusals[0].Reason == "customer_concurrency" {
				break
			}
		}
	}
	if len(names) < 2 || names[0] != "history" || names[1] != "state" || len(names) > 4 {
		t.Errorf("events %v; want the history, and the flood in one of the first states", names)
	}
}

func TestNoToken(t *testing.T) {
	t.Parallel()
	if _, err := admin.New(admin.Parts{Token: "short"}); err == nil {
		t.Error("a short token was taken")
	}
}
