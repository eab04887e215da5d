package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/throttle"
)

// slowShop holds each request for a photo until release is called, and tells of
// each that has come.
func slowShop(t *testing.T) (shop *httptest.Server, came chan struct{}, release func()) {
	t.Helper()
	photo := noisyJPEG(t)
	came = make(chan struct{}, 100)
	ctx, release := context.WithCancel(context.Background())
	shop = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came <- struct{}{}
		select {
		case <-ctx.Done():
			_, _ = w.Write(photo)
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(func() {
		release()
		shop.Close()
	})
	return shop, came, release
}

func product(shop, photo string) templates.Fields {
	return templates.Fields{"title": "Hat", "price": "10 USD", "image_link": shop + "/" + photo}
}

// A server that dies in mid-work loses nothing that was published, and its leases
// come back within the lease time.
func TestKilledInMidWork(t *testing.T) {
	t.Parallel()
	rdb := redistest.Start(t)
	redis := "unix://" + rdb.Addr()
	shop, came, release := slowShop(t)
	data := t.TempDir()
	publish(t, data)

	// Two requests hold both leases of the node while it is killed. A lease lasts
	// five seconds longer than a request may.
	first := startServer(t, data, "--redis", redis, "--hard-limit", "2", "--start-limit", "1", "--timeout", "6s")
	var group errgroup.Group
	for _, photo := range []string{"a.jpg", "b.jpg"} {
		link := sign(t, data, first.base, "link", product(shop.URL, photo))
		group.Go(func() error {
			if res, err := http.Get(link); err == nil {
				res.Body.Close()
				t.Errorf("a killed server answered %s", res.Status)
			}
			return nil
		})
	}
	<-came
	<-came
	held, err := rdb.Client().ZCard(t.Context(), throttle.NodeLeasesKey()).Result()
	if err != nil || held != 2 {
		t.Fatalf("%d leases are held, %v; want 2", held, err)
	}
	// Versions are pushed and published all the while.
	pushed := 0
	for range 2 {
		pushVersion(t, data, pushed)
		pushed++
	}
	first.kill()
	_ = group.Wait()
	release()

	second := startServer(t, data, "--redis", redis, "--hard-limit", "2", "--start-limit", "1", "--max-wait", "30s", "--timeout", "40s")
	start := time.Now()
	status, _, body := get(t, sign(t, data, second.base, "link", product(shop.URL, "c.jpg")))
	if status != http.StatusOK {
		t.Fatalf("after the crash: %d %s", status, body)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("the leases of the dead came back after %v", took)
	}
	versions := strings.Fields(must(t, "template", "list", "link", "--customer", "acme", "--data", data))
	if len(versions) != 1+pushed+1 || versions[0] != "link@3" || !slices.Contains(versions, "published") {
		t.Errorf("versions after the crash: %v", versions)
	}
	halfFiles(t, filepath.Join(data, "templates"))
}

// pushVersion publishes another version of the link ad.
func pushVersion(t *testing.T, data string, n int) {
	t.Helper()
	doc, assets, err := readTemplate(filepath.Join("..", "..", "examples", "templates", "link"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	doc = []byte(strings.Replace(string(doc), "Link ad", "Link ad "+strings.Repeat("I", n+1), 1))
	if err := os.WriteFile(filepath.Join(dir, "template.json"), doc, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "assets"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range assets {
		if err := os.WriteFile(filepath.Join(dir, "assets", name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	must(t, "template", "push", dir, "--data", data, "--customer", "acme", "--id", "link", "--publish")
}

// SIGTERM: load balancers are told, what runs is finished, the process ends well.
func TestDrain(t *testing.T) {
	t.Parallel()
	shop, came, release := slowShop(t)
	data := t.TempDir()
	publish(t, data)
	p := startServer(t, data, "--drain-delay", "4s")
	if status, _, _ := get(t, p.base+"/readyz"); status != http.StatusOK {
		t.Fatalf("/readyz says %d before the signal", status)
	}
	answered := make(chan int, 1)
	link := sign(t, data, p.base, "link", product(shop.URL, "a.jpg"))
	go func() {
		res, err := http.Get(link)
		if err != nil {
			t.Error(err)
			answered <- 0
			return
		}
		res.Body.Close()
		answered <- res.StatusCode
	}()
	<-came
	p.terminate(t)
	deadline := time.Now().Add(10 * time.Second)
	for status := http.StatusOK; status != http.StatusServiceUnavailable; {
		if time.Now().After(deadline) {
			t.Fatal("/readyz never said 503")
		}
		status, _, _ = get(t, p.base+"/readyz")
	}
	release()
	if status := <-answered; status != http.StatusOK {
		t.Errorf("the request that was running got %d", status)
	}
	if err := p.wait(); err != nil {
		t.Errorf("the server ended with %v\n%s", err, p.stderr)
	}
}
