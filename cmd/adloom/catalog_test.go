package main

import (
	"bytes"
	"encoding/csv"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/adloom/adloom/internal/redistest"
)

// Every product of a real catalog, in every ad, on two nodes that share nothing:
// each with its own Redis and its own cache, but with the same templates and keys.
func TestEveryProductOfTheCatalog(t *testing.T) {
	t.Parallel()
	shop := catalogShop(t)
	products := catalog(t, shop.URL)
	sizes := map[string]image.Point{"link": {1200, 628}, "square": {1080, 1080}, "story": {1080, 1920}}

	var nodes []*process
	for range 2 {
		data := t.TempDir()
		publish(t, data)
		if len(nodes) > 0 {
			copyFile(t, filepath.Join(nodes[0].data, "customers", "acme.json"), filepath.Join(data, "customers", "acme.json"))
		}
		nodes = append(nodes, startServer(t, data, "--redis", "unix://"+redistest.Start(t).Addr(), "--log-sample", "0"))
	}
	var group errgroup.Group
	group.SetLimit(4)
	for i, p := range products {
		for ad, size := range sizes {
			group.Go(func() error {
				var first []byte
				for _, node := range nodes {
					status, header, body := get(t, sign(t, node.data, node.base, ad, p))
					if status != http.StatusOK || header.Get("Content-Type") != "image/jpeg" || header.Get("Content-Length") != strconv.Itoa(len(body)) {
						t.Errorf("product %d %q as %s: %d %v %.300s", i, p["title"], ad, status, header, body)
						return nil
					}
					if first != nil && !bytes.Equal(first, body) {
						t.Errorf("product %d %q as %s: the nodes disagree", i, p["title"], ad)
					}
					first = body
				}
				img, err := jpeg.Decode(bytes.NewReader(first))
				if err != nil || img.Bounds().Size() != size {
					t.Errorf("product %d %q as %s: %v; want %v", i, p["title"], ad, err, size)
				}
				return nil
			})
		}
	}
	_ = group.Wait() // failures are told as they come
	_, _, metrics := get(t, nodes[0].admin+"/metrics")
	if n := metric(t, metrics, "adloom_photo_downloads_total"); int(n) > len(products) {
		t.Errorf("%v downloads of %d photos: the cache did not serve the other ads", n, len(products))
	}
}

func metric(t *testing.T, metrics []byte, name string) float64 {
	t.Helper()
	for line := range strings.Lines(string(metrics)) {
		if rest, ok := strings.CutPrefix(line, name+" "); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}

// A real feed becomes a feed in which every URL answers.
func TestFeedOfRenderURLs(t *testing.T) {
	t.Parallel()
	shop := catalogShop(t)
	data := t.TempDir()
	publish(t, data)
	node := startServer(t, data, "--log-sample", "0")

	// The feed's links lead to a host that does not exist: here it is the shop.
	original, err := os.ReadFile(shared(t, "feeds", "made", "meta_full.csv"))
	if err != nil {
		t.Fatal(err)
	}
	local := bytes.ReplaceAll(original, []byte("https://assets.example.test/catalog"), []byte(shop.URL))
	in, out := filepath.Join(t.TempDir(), "feed.csv"), filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(in, local, 0o644); err != nil {
		t.Fatal(err)
	}
	must(t, "feed", in, "-o", out, "--data", data, "--customer", "acme", "--template", "link", "--base-url", node.base)

	before, after := readFeed(t, in), readFeed(t, out)
	if len(before) != len(after) {
		t.Fatalf("%d rows became %d", len(before), len(after))
	}
	link := -1
	for i, name := range before[0] {
		if name == "image_link" {
			link = i
		}
	}
	var group errgroup.Group
	group.SetLimit(4)
	for i := 1; i < len(after); i++ {
		for j := range after[i] {
			if j != link && after[i][j] != before[i][j] {
				t.Errorf("row %d: column %s changed from %q to %q", i, before[0][j], before[i][j], after[i][j])
			}
		}
		group.Go(func() error {
			var status int
			var body []byte
			until(t, func() bool { // on a busy machine the node may ask to come again
				status, _, body = get(t, after[i][link])
				return status != http.StatusTooManyRequests
			})
			if status != http.StatusOK {
				t.Errorf("row %d: %s: %d %s", i, after[i][link], status, body)
			}
			return nil
		})
	}
	_ = group.Wait() // failures are told as they come
}

func readFeed(t *testing.T, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
