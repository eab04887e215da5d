package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/templates"
)

// Each hostile file is a product's photo once. The node answers with a picture or says what is wrong with the photo, and
// stays within its memory.
func TestHostilePhotos(t *testing.T) {
	all := expectations(t)
	data := t.TempDir()
	publish(t, data)
	shop := httptest.NewServer(http.FileServer(http.Dir(hostileData)))
	t.Cleanup(shop.Close)
	const budget = 256 << 20
	p := startServer(t, data, "--log-sample", "0", "--memory", fmt.Sprint(budget), "--photo-cache", "0")

	var workers sync.WaitGroup
	todo := make(chan expectation)
	for range 4 {
		workers.Go(func() {
			for want := range todo {
				link := sign(t, data, p.base, "square", templates.Fields{"title": "Hat", "price": "10 USD", "image_link": shop.URL + "/" + want.file})
				status, _, body := get(t, link)
				if complaint := judgeAnswer(want, status, body); complaint != "" {
					t.Errorf("%s (%s): %s; found %d %.300s", want.file, want.status, complaint, status, body)
				}
			}
		})
	}
	for _, want := range all {
		todo <- want
	}
	close(todo)
	workers.Wait()

	if status, _, _ := get(t, p.base+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz says %d", status)
	}
	_, _, metrics := get(t, p.admin+"/metrics")
	if !regexp.MustCompile(`(?m)^adloom_panics_total 0$`).Match(metrics) {
		t.Error("something panicked")
	}
	peak := peakMemory(t, p.cmd.Process.Pid)
	t.Logf("%d photos, %d MiB resident at most", len(all), peak>>20)
	if peak > budget+128<<20 { // for the program, its fonts and what is on its way
		t.Errorf("%d MiB resident, with %d MiB for renders", peak>>20, budget>>20)
	}
}

// judgeAnswer says what is wrong with a node's answer.
func judgeAnswer(want expectation, status int, body []byte) string {
	if status == http.StatusOK {
		if want.status == "bomb" || want.status == "not-image" || want.status == "unsupported" {
			return "expected a refusal"
		}
		picture, err := jpeg.Decode(bytes.NewReader(body))
		if err != nil || picture.Bounds().Dx() != 1080 || picture.Bounds().Dy() != 1080 {
			return fmt.Sprintf("expected a picture of 1080x1080: %v", err)
		}
		return ""
	}
	var p struct{ Type, Reason, Detail, Photo string }
	if err := json.Unmarshal(body, &p); err != nil || status != http.StatusFailedDependency || p.Type != "photo_unavailable" {
		return "expected a picture or 424"
	}
	if !strings.HasSuffix(p.Photo, want.file) || len(p.Detail) < len(p.Photo) {
		return "expected the photo's name and what is wrong with it"
	}
	switch {
	case want.status == "valid":
		return "expected a picture"
	case want.status == "unsupported" && p.Reason != "unsupported_format",
		!regexp.MustCompile(`^(not_an_image|unsupported_format|too_many_pixels|too_many_scans|corrupt)$`).MatchString(p.Reason):
		return "expected another reason"
	}
	return ""
}

// peakMemory is the most that a process had resident, in bytes.
func peakMemory(t *testing.T, pid int) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skipf("this system does not say how much memory a process has: %v", err)
	}
	found := regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`).FindSubmatch(status)
	if found == nil {
		t.Fatalf("no peak in\n%s", status)
	}
	kb, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kb << 10
}
