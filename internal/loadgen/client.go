package loadgen

import (
	"bufio"
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"sync"
	"time"
)

// client sends requests. Those to https URLs go through net/http, which speaks
// HTTP/2; those to http URLs through connections of its own, which take half the
// CPU: one goroutine writes, reads and is done, where net/http has two more for each
// connection. It is safe for concurrent use.
type client struct {
	dialer net.Dialer
	tls    *http.Transport

	most  int // connections that are idle
	mu    sync.Mutex
	idle  map[string][]*conn // by address, the one used last at the end
	count int                // of them
}

// maxIdle is how long a connection may wait for its next request.
const maxIdle = 60 * time.Second

func newClient(c Config) *client {
	most := max(c.Concurrency, c.MaxInFlight)
	return &client{
		most: most, idle: map[string][]*conn{},
		tls: &http.Transport{TLSClientConfig: c.TLS, ForceAttemptHTTP2: true, DisableCompression: true,
			MaxIdleConns: most, MaxIdleConnsPerHost: most, IdleConnTimeout: maxIdle},
	}
}

// conn is a connection that at most one request uses.
type conn struct {
	net.Conn
	in     *bounded
	r      *bufio.Reader
	out    []byte
	used   bool      // it has carried a request
	parked time.Time // since then it is idle
}

// RoundTrip sends a request without a body.
func (c *client) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "https" {
		return c.tls.RoundTrip(r)
	}
	addr := r.URL.Host
	if r.URL.Port() == "" {
		addr = net.JoinHostPort(r.URL.Hostname(), "80")
	}
	for {
		conn, err := c.take(r.Context(), addr)
		if err != nil {
			return nil, err
		}
		// Whoever ends the request ends what its connection does. The function is called
		// off before the connection is parked, and one that was called is not parked.
		stop := context.AfterFunc(r.Context(), func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
		res, err := conn.send(r)
		if err == nil {
			keep := !res.Close && res.StatusCode >= 200
			res.Body = &body{ReadCloser: res.Body, client: c, conn: conn, addr: addr, keep: keep, stop: stop}
			return res, nil
		}
		stop()
		stale := conn.used && !conn.in.came && !timedOut(err)
		_ = conn.Close() // it failed already
		if !stale || r.Context().Err() != nil {
			return nil, err
		}
		// The server closed the connection while it was idle; the request was never
		// looked at (RFC 9112, 9.3.1). At worst all idle ones are tried, then a new one.
	}
}

// CloseIdleConnections closes all that no request uses.
func (c *client) CloseIdleConnections() {
	c.tls.CloseIdleConnections()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conns := range c.idle {
		for _, conn := range conns {
			_ = conn.Close() // nobody needs it
		}
	}
	clear(c.idle)
	c.count = 0
}

// take returns an idle connection, or a new one, that ends with ctx.
func (c *client) take(ctx context.Context, addr string) (*conn, error) {
	deadline, _ := ctx.Deadline()
	for {
		conn := c.parked(addr)
		if conn == nil {
			break
		}
		if time.Since(conn.parked) < maxIdle && conn.SetDeadline(deadline) == nil {
			return conn, nil
		}
		_ = conn.Close() // too old
	}
	raw, err := c.dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	in := &bounded{Conn: raw}
	return &conn{Conn: raw, in: in, r: bufio.NewReaderSize(in, 4<<10)}, raw.SetDeadline(deadline)
}

func (c *client) parked(addr string) *conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	conns := c.idle[addr]
	if len(conns) == 0 {
		return nil
	}
	conn := conns[len(conns)-1]
	c.keep(addr, conns[:len(conns)-1])
	c.count--
	return conn
}

// keep sets what is idle at an address. The caller holds the lock.
func (c *client) keep(addr string, conns []*conn) {
	if len(conns) == 0 {
		delete(c.idle, addr) // a list may name more hosts than memory holds
		return
	}
	c.idle[addr] = conns
}

// park keeps a connection for the next request.
func (c *client) park(addr string, conn *conn) {
	conn.parked, conn.used = time.Now(), true
	c.mu.Lock()
	defer c.mu.Unlock()
	for other, conns := range c.idle {
		if c.count < c.most {
			break
		}
		_ = conns[0].Close() // any may go
		c.keep(other, conns[1:])
		c.count--
	}
	c.idle[addr] = append(c.idle[addr], conn)
	c.count++
}

// send writes a request and reads the head of its answer.
func (c *conn) send(r *http.Request) (*http.Response, error) {
	c.in.left, c.in.came = maxHead, false
	c.out = appendRequest(c.out[:0], r)
	if _, err := c.Write(c.out); err != nil {
		return nil, err
	}
	for {
		res, err := http.ReadResponse(c.r, r)
		switch {
		case err != nil:
			return nil, err
		case res.StatusCode >= 200 || res.StatusCode == http.StatusSwitchingProtocols:
			c.in.left = math.MaxInt64
			return res, nil
		}
	}
}

// body gives its connection back when it was read to its end, and closes it else.
type body struct {
	io.ReadCloser
	client *client
	conn   *conn
	addr   string
	keep   bool
	stop   func() bool // calls off what the request's end would do to conn
	ended  bool
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.ended = b.ended || errors.Is(err, io.EOF)
	return n, err
}

func (b *body) Close() error {
	if b.conn == nil {
		return nil
	}
	conn := b.conn
	b.conn = nil
	if b.stop() && b.keep && b.ended && conn.r.Buffered() == 0 {
		b.client.park(b.addr, conn)
		return nil
	}
	return conn.Close()
}

func timedOut(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
