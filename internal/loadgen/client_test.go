package loadgen

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cespare/xxhash/v2"
)

// ask runs n requests for a URL, one after the other, and returns their results.
func ask(t *testing.T, n int, address string, change func(*Config)) (results []Result, report Report) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	cfg := DefaultConfig()
	cfg.Concurrency = 1
	cfg.Observe = func(r *Result) { results = append(results, *r) }
	if change != nil {
		change(&cfg)
	}
	l, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	report, err = l.Run(t.Context(), &same{Target{Method: http.MethodGet, URL: u}, n})
	if err != nil {
		t.Fatal(err)
	}
	return results, report
}

// same is one target n times.
type same struct {
	target Target
	n      int
}

func (s *same) Next() (Target, error) {
	if s.n == 0 {
		return Target{}, io.EOF
	}
	s.n--
	return s.target, nil
}

// server counts its connections.
func server(t *testing.T, handler http.HandlerFunc) (s *httptest.Server, conns *atomic.Int64) {
	t.Helper()
	conns = new(atomic.Int64)
	s = httptest.NewUnstartedServer(handler)
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return s, conns
}

func TestKeepsConnections(t *testing.T) {
	t.Parallel()
	body := strings.Repeat("picture ", 20_000)
	f := func(name string, want int64, bytes int64, handler http.HandlerFunc) {
		t.Helper()
		s, conns := server(t, handler)
		_, r := ask(t, 10, s.URL+"/x?y=z", nil)
		if r.OK != 10 || conns.Load() != want || r.Bytes != bytes {
			t.Errorf("%s: %d good answers over %d connections, %d bytes; want 10 over %d, %d: %v", name, r.OK, conns.Load(), r.Bytes, want, bytes, r.Errors)
		}
	}
	length := int64(len(body))
	f("with a length", 1, 10*length, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(length))
		io.WriteString(w, body)
	})
	f("in chunks", 1, 10*length, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, body) })
	f("empty", 1, 0, func(w http.ResponseWriter, r *http.Request) {})
	f("304", 1, 0, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) })
	f("closed", 10, 10*length, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		io.WriteString(w, body)
	})
	f("early hints", 1, 20, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		io.WriteString(w, "ok")
	})
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	s, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s %s %s %s %s", r.Method, r.RequestURI, r.Host, r.UserAgent(), r.Header.Get("X-Team"))
	})
	u, err := url.Parse(s.URL + "/a%2Fb?c=%C3%BC")
	if err != nil {
		t.Fatal(err)
	}
	f := func(method string, change func(*Config), want string) {
		t.Helper()
		var sum uint64
		cfg := DefaultConfig()
		cfg.Concurrency, cfg.Checksum, cfg.Header = 1, true, http.Header{"X-Team": {"ads"}}
		cfg.Observe = func(r *Result) { sum = r.Sum }
		change(&cfg)
		l, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		r, err := l.Run(t.Context(), &same{Target{Method: method, URL: u, Agent: "visitor"}, 1})
		if err != nil || r.OK != 1 || sum != xxhash.Sum64String(want) {
			t.Errorf("%v, %v: the server did not see %q", err, r.Errors, want)
		}
	}
	host := u.Host
	f("GET", func(*Config) {}, "GET /a%2Fb?c=%C3%BC "+host+" adloom-loadgen ads")
	f("GET", func(c *Config) { c.KeepAgent = true }, "GET /a%2Fb?c=%C3%BC "+host+" visitor ads")
	f("GET", func(c *Config) { c.Header.Set("Host", "ads.example") }, "GET /a%2Fb?c=%C3%BC ads.example adloom-loadgen ads")
	f("HEAD", func(*Config) {}, "")
}

// A server may close what is idle; the request that meets this is sent again.
func TestStaleConnection(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			r := bufio.NewReader(conn)
			if _, err := http.ReadRequest(r); err == nil {
				io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
			}
			conn.Close()
		}
	}()
	_, r := ask(t, 5, "http://"+listener.Addr().String(), nil)
	if r.OK != 5 {
		t.Errorf("%d good answers, %v; want 5", r.OK, r.Errors)
	}
}

// raw is a server that sends what it is told and then does as end says.
func raw(t *testing.T, text string, end func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = http.ReadRequest(bufio.NewReader(conn))
				io.WriteString(conn, text)
				end(conn)
			}()
		}
	}()
	return "http://" + listener.Addr().String()
}

func TestErrors(t *testing.T) {
	t.Parallel()
	f := func(address, kind string) {
		t.Helper()
		results, r := ask(t, 2, address, func(c *Config) {
			if kind == "timeout" {
				c.Timeout = 200 * time.Millisecond
			}
		})
		if r.Errors[kind] != 2 || r.OK != 0 || results[0].Err == nil {
			t.Errorf("%s: %v, %v; want %s twice", address, r.Errors, results[0].Err, kind)
		}
	}
	nothing := func(net.Conn) {}
	wait := func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
	reset := func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) }
	closed := httptest.NewServer(nil)
	closed.Close()
	f(closed.URL, "connect_refused")
	f("http://no.such.host.invalid/", "dns")
	f("https"+strings.TrimPrefix(raw(t, "HTTP/1.1 400 no\r\n\r\n", nothing), "http"), "tls")
	f(raw(t, "", nothing), "cut_short")
	f(raw(t, "", reset), "reset")
	f(raw(t, "", wait), "timeout")
	f(raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", nothing), "cut_short")
	f(raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", wait), "timeout")
	f(raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", nothing), "cut_short")
	f(raw(t, "SSH-2.0-OpenSSH_9.2\r\n", nothing), "broken_response")
	f(raw(t, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 2*maxHead)+"\r\n\r\n", wait), "broken_response")
	f(raw(t, "HTTP/1.1 200 OK\r\n"+strings.Repeat("X: y\r\n", maxHead)+"\r\n", wait), "broken_response")
}

// Stopping does not wait for a server that never ends its answer.
func TestStopsWhileReading(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{}, 1)
	address := raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", func(c net.Conn) {
		begun <- struct{}{}
		_, _ = io.Copy(io.Discard, c)
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	cfg := DefaultConfig()
	cfg.Concurrency, cfg.Timeout = 1, time.Hour
	l, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r, err := l.Run(ctx, &same{Target{Method: http.MethodGet, URL: u}, 1})
	if err != nil || r.Stopped != 1 || r.Requests != 0 {
		t.Errorf("%v: %d broken off, %d ended; want 1 and 0", err, r.Stopped, r.Requests)
	}
}

func TestHTTP2(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshake that is to fail
	s.StartTLS()
	defer s.Close()
	results, _ := ask(t, 2, s.URL, func(c *Config) {
		c.TLS, c.Checksum = s.Client().Transport.(*http.Transport).TLSClientConfig.Clone(), true
	})
	if results[1].Sum != xxhash.Sum64String("HTTP/2.0") {
		t.Errorf("%d %v over TLS; want HTTP/2.0", results[1].Status, results[1].Err)
	}
	_, report := ask(t, 1, s.URL, func(c *Config) { c.TLS = &tls.Config{} })
	if report.Errors["tls"] != 1 {
		t.Errorf("a certificate that nobody signed: %v", report.Errors)
	}
}

// A list may name any number of hosts; connections to the old ones go.
func TestIdleConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	c := newClient(Config{Concurrency: 3})
	for i := range 20 {
		a, b := net.Pipe()
		defer b.Close()
		c.park(fmt.Sprintf("host%d:80", i), &conn{Conn: a})
	}
	if c.count != 3 || len(c.idle) != 3 {
		t.Errorf("%d connections at %d hosts are idle; want 3", c.count, len(c.idle))
	}
	c.CloseIdleConnections()
	if c.count != 0 || len(c.idle) != 0 {
		t.Errorf("%d connections are left", c.count)
	}
}
