package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

func doc(name string) []byte {
	return []byte(`{"schema":1,"name":"` + name + `","width":10,"height":10,"layers":[{"id":"a","type":"image","width":9,"height":9,"src":"asset:a.png"}]}`)
}

var assets = map[string][]byte{"a.png": []byte("a picture")}

func open(t *testing.T) (*store.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "templates")
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func TestPushPublishRollBack(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	ctx := t.Context()
	push := func(name string, want int) {
		t.Helper()
		if got, err := s.Push(ctx, "acme", "link", doc(name), assets); err != nil || got != want {
			t.Fatalf("Push(%s) = %d, %v; want %d", name, got, err, want)
		}
	}
	published := func(want string) {
		t.Helper()
		got, err := s.Template(ctx, "acme", "link", 0)
		if err != nil || got.Name != want || got.Customer != "acme" || got.ID != "link" || string(got.Assets["a.png"]) != "a picture" {
			t.Fatalf("published %+v, %v; want %s", got, err, want)
		}
	}
	push("first", 1)
	push("first", 1) // the same again is no new version
	if _, err := s.Template(ctx, "acme", "link", 0); !errors.Is(err, templates.ErrNotFound) {
		t.Fatalf("nothing is published yet: %v", err)
	}
	push("second", 2)
	for _, v := range []int{1, 2, 1} {
		if err := s.Publish(ctx, "acme", "link", v); err != nil {
			t.Fatal(err)
		}
		published([]string{"", "first", "second"}[v])
	}
	push("first", 3)
	if got, err := s.Versions(ctx, "acme", "link"); err != nil || !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("versions %v, %v", got, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "acme", "link", "v2", "template.json"))
	if err != nil || string(text) != string(doc("second")) {
		t.Errorf("a person reads %s, %v", text, err)
	}
	if err := s.Publish(ctx, "acme", "link", 9); !errors.Is(err, templates.ErrNotFound) {
		t.Errorf("published a version that is not there: %v", err)
	}
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	if err := os.WriteFile(filepath.Join(dir, "template.json"), doc("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range [][2]string{{"acme", "link"}, {"..", "x"}, {"acme", "../.."}, {"", ""}, {".", "."}, {"acme", `..\x`}, {"template.json", "x"}} {
		for _, version := range []int{0, 1} {
			if got, err := s.Template(t.Context(), name[0], name[1], version); !errors.Is(err, templates.ErrNotFound) {
				t.Errorf("Template(%q, %d) = %v, %v; want ErrNotFound", name, version, got, err)
			}
		}
	}
}

func TestPushRefuses(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	var mistakes templates.Mistakes
	if _, err := s.Push(t.Context(), "acme", "link", []byte(`{"schema":1}`), nil); !errors.As(err, &mistakes) {
		t.Errorf("a broken document: %v; want mistakes", err)
	}
	if _, err := s.Push(t.Context(), "acme", "link", doc("x"), map[string][]byte{"a.png": nil, "../evil": nil}); err == nil {
		t.Error("an asset climbed out of its folder")
	}
	if entries, _ := os.ReadDir(filepath.Join(dir, "acme", "link")); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// A version that was damaged on disk is an error with its path, not a crash.
func TestDamagedVersion(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	if _, err := s.Push(t.Context(), "acme", "link", doc("x"), assets); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "acme", "link", "v1", "template.json")
	if err := os.WriteFile(file, []byte(`{"schema":`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Template(t.Context(), "acme", "link", 1); err == nil || !strings.Contains(err.Error(), "acme/link@1") {
		t.Errorf("a damaged version: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "acme", "link", "published"), []byte("soon\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Published(t.Context(), "acme", "link"); err == nil || !strings.Contains(err.Error(), `found "soon\n"`) {
		t.Errorf("a damaged pointer: %v", err)
	}
}

// A store that is not mounted says so: nobody knows whether the template is there.
func TestAway(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Published(t.Context(), "acme", "link"); err == nil || errors.Is(err, templates.ErrNotFound) {
		t.Errorf("Published = %v", err)
	}
	if _, err := s.Template(t.Context(), "acme", "link", 1); err == nil || errors.Is(err, templates.ErrNotFound) {
		t.Errorf("Template = %v", err)
	}
}

// Several processes may push at once: each gets a number of its own.
func TestPushAtOnce(t *testing.T) {
	t.Parallel()
	_, dir := open(t)
	var mu sync.Mutex
	got := map[int]bool{}
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			s, err := store.Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			v, err := s.Push(context.Background(), "acme", "link", doc(strings.Repeat("x", i+1)), assets)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if got[v] {
				t.Errorf("version %d was given twice", v)
			}
			got[v] = true
		})
	}
	group.Wait()
	for v := 1; v <= 20; v++ {
		if !got[v] {
			t.Errorf("no version %d", v)
		}
	}
}
