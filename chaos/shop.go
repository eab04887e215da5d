//go:build linux

package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// shop stands for all shops: each behaviour has an address of its own, since a node
// tells shops apart by their host.
type shop struct {
	photos [][]byte
	hosts  map[string]*host
	mood   atomic.Int32 // of the good host
}

// host is one shop.
type host struct {
	url    string
	server *http.Server
	asked  atomic.Int64
}

// Moods of the good host.
const (
	well    = iota
	failing // 503 for all
	silent  // no answer at all
)

// Behaviours, by the address they have.
const (
	good     = "127.0.0.2"
	never    = "127.0.0.3" // accepts and never answers
	drip     = "127.0.0.4" // a byte each 100 ms
	huge     = "127.0.0.5" // 10 GB
	circular = "127.0.0.6" // redirects for ever
	page     = "127.0.0.7" // HTML in place of pictures
	flapping = "127.0.0.8" // 503 for a second, well for a second
)

// badHosts are those that a customer may send everybody's node to.
func badHosts() []string { return []string{never, drip, huge, circular, page, flapping} }

func behaviours() map[string]string {
	return map[string]string{never: "never answers", drip: "a byte each 100 ms", huge: "10 GB", circular: "redirects for ever", page: "HTML", flapping: "503 every other second"}
}

func openShop(photos [][]byte) (*shop, error) {
	s := &shop{photos: photos, hosts: map[string]*host{}}
	handlers := map[string]http.HandlerFunc{
		good: s.serveGood, never: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		drip: s.serveDrip, huge: s.serveHuge,
		circular: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) },
		page:     func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><title>Sale</title>") },
		flapping: s.serveFlapping,
	}
	for address, handler := range handlers {
		l, err := net.Listen("tcp", address+":0")
		if err != nil {
			return s, fmt.Errorf("open shop: %w", err)
		}
		h := &host{url: "http://" + l.Addr().String()}
		h.server = &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h.asked.Add(1)
			handler(w, r)
		})}
		s.hosts[address] = h
		go func() { _ = h.server.Serve(l) }() // ends with close
	}
	return s, nil
}

func (s *shop) close() {
	for _, h := range s.hosts {
		_ = h.server.Close() // what still runs is cut off
	}
}

// photo is a product's picture at a host: there are as many products as one likes.
func (s *shop) photo(address string, product int) string {
	return fmt.Sprintf("%s/p/%d.jpg", s.hosts[address].url, product)
}

// picture is what a path stands for.
func (s *shop) picture(r *http.Request) []byte {
	n, _ := strconv.ParseUint(strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/p/"), ".jpg"), 10, 32) // any other path is product 0
	return s.photos[n%uint64(len(s.photos))]
}

func (s *shop) serveGood(w http.ResponseWriter, r *http.Request) {
	switch s.mood.Load() {
	case failing:
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case silent:
		<-r.Context().Done()
		return
	}
	s.send(w, s.picture(r))
}

func (s *shop) serveFlapping(w http.ResponseWriter, r *http.Request) {
	if time.Now().Unix()%2 == 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	s.send(w, s.picture(r))
}

func (s *shop) send(w http.ResponseWriter, photo []byte) {
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(photo)))
	_, _ = w.Write(photo) // the node may be gone
}

func (s *shop) serveDrip(w http.ResponseWriter, r *http.Request) {
	photo := s.picture(r)
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(photo)))
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for i := range photo {
		if _, err := w.Write(photo[i : i+1]); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
	}
}

func (s *shop) serveHuge(w http.ResponseWriter, r *http.Request) {
	const size = 10_000_000_000
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(size))
	photo := s.picture(r)
	for sent := 0; sent < size; sent += len(photo) {
		if _, err := w.Write(photo); err != nil {
			return
		}
	}
}

// asked is how often a host has been asked.
func (s *shop) asked(address string) int64 { return s.hosts[address].asked.Load() }
