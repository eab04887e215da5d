//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/adloom/adloom/internal/loadgen"
)

// refuser is the argument with which this program is a server that does nothing but
// refuse: what a refusal costs at the least, on this machine and with Go's HTTP.
const refuser = "refuser"

// refuse answers all requests as a node that is full does.
func refuse() error {
	runtime.GOMAXPROCS(4) // as a node has on one CPU
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	body := []byte(`{"type":"limited","title":"Too many renders at once","status":429,"detail":"node_full: limit of 256 reached, retry in 1s",` +
		`"request_id":"0123456789abcdef","reason":"node_full","retry_after_ms":1000}` + "\n")
	server := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "application/problem+json")
		h.Set("Content-Length", strconv.Itoa(len(body)))
		h.Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write(body)
	})}
	return server.Serve(listener)
}

// bare is how much of a node's CPU such a server uses at a rate, from 0 to 1.
func (b *bench) bare(ctx context.Context, w *world, rate float64, products int) (share float64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	p, err := start(b.NodeCPU, filepath.Join(w.dir, "refuser.log"), self, refuser)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.end(syscall.SIGKILL, time.Second), os.Remove(p.log)) }()
	err = until(ctx, 5*time.Second, func() error {
		if !strings.HasSuffix(p.tail(), "\n") {
			return errors.New("the server that only refuses has not said where")
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	from := &elsewhere{w.links(w.customers, products), strings.TrimSpace(p.tail())}
	before, err := p.usage()
	if err != nil {
		return 0, err
	}
	length := b.lasts(5*time.Second, 2*time.Second)
	if _, err := b.drive(ctx, from, open(rate, length, 1)); err != nil {
		return 0, err
	}
	after, err := p.usage()
	return (after.cpu - before.cpu).Seconds() / length.Seconds(), err
}

// elsewhere asks another server for what a source asks for.
type elsewhere struct {
	loadgen.Source
	addr string
}

func (e *elsewhere) Next() (loadgen.Target, error) {
	t, err := e.Source.Next()
	if err == nil {
		u := *t.URL
		u.Host = e.addr
		t.URL = &u
	}
	return t, err
}
