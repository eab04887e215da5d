package customers_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/customers"
)

func open(t *testing.T) (*customers.Customers, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "customers")
	c, err := customers.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c, dir
}

func TestAddAndRotate(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	if _, err := list.Customer("acme"); !errors.Is(err, customers.ErrNotFound) {
		t.Fatalf("nobody is there yet: %v", err)
	}
	if keys, err := list.Keys("acme"); err != nil || len(keys) != 0 {
		t.Fatalf("keys of nobody: %v, %v", keys, err)
	}
	first, err := list.Add("acme")
	if err != nil || len(first.Keys) != 1 || len(first.Keys[0].Secret) != 32 {
		t.Fatalf("Add = %v, %v", first, err)
	}
	again, err := list.Add("acme")
	if err != nil || !bytes.Equal(again.Keys[0].Secret, first.Keys[0].Secret) {
		t.Fatalf("Add of a known customer changed it: %v, %v", again, err)
	}
	rotated, err := list.Rotate("acme")
	if err != nil || len(rotated.Keys) != 2 || rotated.Keys[0].ID != "k2" || !bytes.Equal(rotated.Keys[1].Secret, first.Keys[0].Secret) {
		t.Fatalf("Rotate = %v, %v", rotated, err)
	}
	info, err := os.Stat(filepath.Join(dir, "acme.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("secrets are readable by others: %v, %v", info.Mode(), err)
	}
	other, err := customers.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := other.Customer("acme"); err != nil || !bytes.Equal(c.Keys[0].Secret, rotated.Keys[0].Secret) {
		t.Errorf("another process reads %v, %v", c, err)
	}
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	f := func(content, want string) {
		t.Helper()
		list, dir := open(t)
		if err := os.WriteFile(filepath.Join(dir, "acme.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := list.Customer("acme"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", content, err, want)
		}
	}
	f(`{`, "read customer acme")
	f(`{"key":[]}`, "unknown field")
	f(`{"keys":[{"id":"k1","secret":"not base64!"}]}`, "keys[0]: expected an id and a base64url secret")
	list, _ := open(t)
	for _, id := range []string{"", "..", "../x", "Acme", "a/b"} {
		if _, err := list.Add(id); err == nil {
			t.Errorf("Add(%q) took it", id)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	if err := os.WriteFile(filepath.Join(dir, "acme.json"), []byte(`{"keys":[],"limits":{"concurrency":3}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := list.Customer("acme"); err != nil || c.Limits.Concurrency != 3 {
		t.Errorf("limits %+v, %v", c.Limits, err)
	}
}

// Processes that add or rotate at once agree on the keys.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	_, dir := open(t)
	var mu sync.Mutex
	first := map[string]bool{}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			list, err := customers.Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			added, err := list.Add("acme")
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			first[string(added.Keys[len(added.Keys)-1].Secret)] = true
			mu.Unlock()
			if _, err := list.Rotate("acme"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	list, err := customers.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, err := list.Customer("acme")
	if err != nil || len(c.Keys) != 9 || len(first) != 1 || c.Keys[0].ID != "k9" {
		t.Errorf("%d keys, %d of them called the first, %v", len(c.Keys), len(first), err)
	}
}

// Known keys serve on while the folder is not there, or answers with errors.
// Who changes one limit does not undo what others change at the same time.
func TestLimitsAtOnce(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	if _, err := list.Add("acme"); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			list, err := customers.Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := list.Limit("acme", func(l *customers.Limits) {
				if i%2 == 0 {
					l.Concurrency++
				} else {
					l.SlowRenders++
				}
			}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	list, err := customers.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := list.Customer("acme"); err != nil || c.Limits != (customers.Limits{Concurrency: 8, SlowRenders: 8}) {
		t.Errorf("limits %+v, %v; want all that was added", c.Limits, err)
	}
}

func TestAway(t *testing.T) {
	t.Parallel()
	f := func(name string, spoil func(dir string) error) {
		t.Helper()
		list, dir := open(t)
		if _, err := list.Add("acme"); err != nil {
			t.Fatal(err)
		}
		list.SetNow(func() time.Time { return time.Now().Add(time.Hour) })
		if err := os.Rename(dir, dir+".away"); err != nil {
			t.Fatal(err)
		}
		if err := spoil(dir); err != nil {
			t.Fatal(err)
		}
		if keys, err := list.Keys("acme"); err != nil || len(keys) != 1 {
			t.Errorf("%s: the known keys do not serve on: %v, %v", name, keys, err)
		}
		if _, err := list.Keys("other"); err == nil {
			t.Errorf("%s: an unknown customer was said not to exist", name)
		}
	}
	f("no folder", func(string) error { return nil })
	f("a folder that cannot be read", func(dir string) error { return os.Symlink(dir, dir) }) // ELOOP
}

// A file that could not be read, as without a free descriptor, is read when it can be.
func TestFileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	now := time.Now()
	list.SetNow(func() time.Time { return now })
	if _, err := list.Add("acme"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "acme.json")
	other, err := customers.Open(dir) // knows nothing yet
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".good"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil { // is there, and cannot be read
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if keys, err := list.Keys("acme"); err != nil || len(keys) != 1 {
		t.Errorf("the known keys do not serve on: %v, %v", keys, err)
	}
	if _, err := other.Keys("acme"); err == nil {
		t.Error("no error for a file that cannot be read")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(path), os.Rename(path+".good", path), os.Chtimes(path, info.ModTime(), info.ModTime())); err != nil {
		t.Fatal(err)
	}
	if keys, err := other.Keys("acme"); err != nil || len(keys) != 1 {
		t.Errorf("afterwards: %v, %v", keys, err)
	}
}

// A file that an editor is writing is no mistake, until it is left like that.
func TestFileThatIsBeingWritten(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	now := time.Now()
	list.SetNow(func() time.Time { return now })
	if _, err := list.Add("acme"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "acme.json")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(content []byte) {
		t.Helper()
		now = now.Add(2 * time.Second)
		if err := errors.Join(os.WriteFile(path, content, 0o600), os.Chtimes(path, now, now)); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []int{0, 1, len(whole) / 2} {
		put(whole[:n])
		if keys, err := list.Keys("acme"); err != nil || len(keys) != 1 {
			t.Errorf("%d bytes of %d: %v, %v; want the known keys", n, len(whole), keys, err)
		}
	}
	now = now.Add(10 * time.Second)
	if _, err := list.Keys("acme"); err == nil {
		t.Error("no error for a file that was left half-written")
	}
	put(bytes.Replace(whole, []byte("{"), []byte(`{"limits": {"concurrency": 7}, `), 1))
	if c, err := list.Customer("acme"); err != nil || c.Limits.Concurrency != 7 {
		t.Errorf("limits %+v, %v; want those of the whole file", c.Limits, err)
	}
	put([]byte(`{"key": []}`))
	if _, err := list.Keys("acme"); err == nil {
		t.Error("no error for a mistake")
	}
}
