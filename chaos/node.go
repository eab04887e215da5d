//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// node is one process of the service. It keeps its address when it is started again.
type node struct {
	w     *world
	name  string
	addr  string
	admin string // address of its operators' part
	flags []string

	mu   sync.Mutex
	p    *process
	past time.Duration // CPU of the processes before p
	down []outage      // when it could not be expected to answer, oldest first
}

// outage is a time in which a node may be gone.
type outage struct {
	from, to time.Time // to is zero while it lasts
	abrupt   bool      // killed: answers may break off
}

// base is the beginning of its URLs.
func (n *node) base() string { return "http://" + n.addr }

// start starts the process and waits until it is ready.
func (n *node) start(ctx context.Context) error {
	args := append([]string{"serve", "--listen", n.addr, "--admin-listen", n.admin, "--data", n.w.data, "--redis", n.w.redis.url(),
		"--fetch-allow", "127.0.0.0/8", "--log-sample", "0"}, n.flags...)
	p, err := start(n.w.NodeCPU, filepath.Join(n.w.dir, n.name+".log"), n.w.Binary, args...)
	if err != nil {
		return err
	}
	n.mu.Lock()
	n.p = p
	n.mu.Unlock()
	err = until(ctx, 30*time.Second, func() error {
		if !p.alive() {
			return fmt.Errorf("%s ended: %s", n.name, p.tail())
		}
		_, err := n.get(ctx, "/readyz")
		return err
	})
	if err != nil {
		return fmt.Errorf("start %s: %w", n.name, err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if i := len(n.down) - 1; i >= 0 && n.down[i].to.IsZero() {
		n.down[i].to = time.Now()
	}
	return nil
}

// stop ends the process, by SIGKILL at once.
func (n *node) stop(sig syscall.Signal) error {
	n.mu.Lock()
	p := n.p
	n.down = append(n.down, outage{from: time.Now(), abrupt: sig == syscall.SIGKILL})
	if u, err := p.usage(); err == nil { // it may have ended by itself
		n.past += u.cpu
	}
	n.mu.Unlock()
	return p.end(sig, 40*time.Second)
}

// wasDown tells whether the node was away at any moment between the two, and whether
// it had been killed.
func (n *node) wasDown(from, to time.Time) (down, abrupt bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, o := range n.down {
		if !o.from.After(to) && (o.to.IsZero() || !o.to.Before(from)) {
			down, abrupt = true, abrupt || o.abrupt
		}
	}
	return down, abrupt
}

// spent is the CPU of all processes so far.
func (n *node) spent() time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	if u, err := n.p.usage(); err == nil && n.p.alive() { // else it is in the past
		return n.past + u.cpu
	}
	return n.past
}

func (n *node) usage() (usage, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.p.usage()
}

// opsClient is for health and metrics, beside the load.
var opsClient = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}

func (n *node) get(ctx context.Context, path string) ([]byte, error) {
	return fetch(ctx, n.base()+path)
}

func fetch(ctx context.Context, url string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	res, err := opsClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 4<<20))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.200s", url, res.Status, body)
	}
	return body, err
}

// metrics reads the node's counters.
func (n *node) metrics(ctx context.Context) (metrics, error) {
	body, err := fetch(ctx, "http://"+n.admin+"/metrics")
	if err != nil {
		return nil, err
	}
	return parseMetrics(string(body)), nil
}

// freeAddr is an address that nobody listens on.
func freeAddr(host string) (string, error) {
	l, err := net.Listen("tcp", host+":0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// until calls f again and again until it succeeds, the time is over or ctx ends. A
// process that ended will not come back.
func until(ctx context.Context, within time.Duration, f func() error) error {
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		err := f()
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), " ended: ") {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return fmt.Errorf("not within %v: %w", within, err)
		case <-again.C:
		}
	}
}
