package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"go.uber.org/zap"
)

type serveCmd struct {
	nodeFlags
	logFlags
	requestLogFlags
	Listen       string        `default:"127.0.0.1:8080" help:"Address to listen on; port 0 picks a free one."`
	BaseURL      string        `placeholder:"URL" help:"What render URLs begin with, as ad networks see this server. The listening address by default."`
	Demo         bool          `help:"Load a demo shop and show its ads at /."`
	DrainDelay   time.Duration `default:"0s" help:"After SIGTERM: how long /readyz says 503 before connections are closed to new requests."`
	DrainTimeout time.Duration `default:"20s" help:"After that: how long running requests may take to end."`
}

func (c *serveCmd) Run(ctx context.Context, o out) error {
	signal.Ignore(syscall.SIGPIPE) // whoever reads the log may end: the node goes on
	log, err := c.logger(o.stderr)
	if err != nil {
		return err
	}
	defer func() { _ = log.Sync() }() // stderr cannot be synced everywhere
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%w (another address can be chosen with --listen or ADLOOM_LISTEN)", err)
	}
	base, err := c.base(listener.Addr())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if c.Demo {
		// The demo's shop is this process: its photos come from the listening address.
		c.FetchAllow = append(c.FetchAllow, netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"))
		if own, err := netip.ParseAddrPort(listener.Addr().String()); err == nil && !own.Addr().IsUnspecified() {
			ip := own.Addr().Unmap().WithZone("")
			c.FetchAllow = append(c.FetchAllow, netip.PrefixFrom(ip, ip.BitLen()))
		}
	}
	cpus, restore := makeRoom()
	defer restore()
	n, err := newNode(c.nodeFlags, c.requestLogFlags, log, cpus)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer n.close()
	operators, err := c.operators(n)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	handler := n.api.Handler()
	greeting := "Adloom is ready at " + base.String() + "\n"
	if c.Demo {
		d, err := newDemo(ctx, n, base.String(), "http://"+loopback(listener.Addr()))
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		handler, greeting = d.wrap(handler), d.greeting()
	}
	server := &http.Server{
		Handler:           withoutPrefix(base.Path, handler),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          zap.NewStdLog(log),
	}
	if c.Demo {
		operators = "\n" + operators
	}
	to := o.stdout
	if c.RequestLog == "stdout" {
		to = o.stderr // so that all lines there are JSON
	}
	fmt.Fprint(to, greeting, operators)
	return serve(ctx, server, listener, c.DrainDelay, c.DrainTimeout, n.api.Leave)
}

// operators opens the operators' part, unless it is off.
func (c *serveCmd) operators(n *node) (greeting string, err error) {
	listener, err := c.listenAdmin()
	if err != nil || listener == nil {
		return "", err
	}
	if greeting, err = n.serveOperators(listener); err != nil {
		return "", errors.Join(err, listener.Close())
	}
	return greeting, nil
}

// serve answers until ctx ends, then lets what runs finish: load balancers are told
// first, new connections are refused after the delay.
func serve(ctx context.Context, server *http.Server, listener net.Listener, delay, timeout time.Duration, leave func()) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	leave()
	wait := time.NewTimer(delay)
	defer wait.Stop()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-wait.C:
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return fmt.Errorf("shut down: requests were still running after %v: %w", timeout, errors.Join(err, server.Close()))
	}
	<-failed
	return nil
}

// base is what render URLs begin with.
func (c *serveCmd) base(addr net.Addr) (*url.URL, error) {
	if c.BaseURL == "" {
		return &url.URL{Scheme: "http", Host: loopback(addr)}, nil
	}
	u, err := url.Parse(strings.TrimRight(c.BaseURL, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, wrongUse("--base-url: expected an address such as https://ads.example.com; found %q", c.BaseURL)
	}
	return u, nil
}

// withoutPrefix takes the base's path off requests that have it. Health checks may
// come without: load balancers know the port, not the path.
func withoutPrefix(prefix string, next http.Handler) http.Handler {
	stripped := http.StripPrefix(prefix, next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, prefix+"/") {
			stripped.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback is how this machine reaches a listening address.
func loopback(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
