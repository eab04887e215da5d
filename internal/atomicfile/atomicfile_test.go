package atomicfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/atomicfile"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T) (path string) {
		t.Helper()
		path = filepath.Join(t.TempDir(), "feed.csv")
		if err := os.WriteFile(path, []byte("id,image_link\n1,x\n"), 0o640); err != nil {
			t.Fatal(err)
		}
		return path
	}
	check := func(t *testing.T, path, want string, files int) {
		t.Helper()
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("got %q and error %v, want %q", got, err, want)
		}
		if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != files {
			t.Errorf("found %v, want %d files", entries, files)
		}
	}
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}

	t.Run("a new file", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "new.csv")
		if err := atomicfile.Write(path, 0o644, text("a")); err != nil {
			t.Fatal(err)
		}
		check(t, path, "a", 1)
	})
	t.Run("onto its own input", func(t *testing.T) {
		t.Parallel()
		path := setup(t)
		err := atomicfile.Write(path, 0o644, func(w io.Writer) error {
			in, err := os.Open(path)
			if err != nil {
				return err
			}
			defer in.Close()
			old, err := io.ReadAll(in)
			if err != nil {
				return err
			}
			return text(strings.ReplaceAll(string(old), "1,x", "1,u"))(w)
		})
		if err != nil {
			t.Fatal(err)
		}
		check(t, path, "id,image_link\n1,u\n", 1)
		if info, _ := os.Stat(path); info.Mode().Perm() != 0o640 {
			t.Errorf("the mode became %s", info.Mode())
		}
	})
	t.Run("an error keeps the old file", func(t *testing.T) {
		t.Parallel()
		path, broken := setup(t), errors.New("broken")
		err := atomicfile.Write(path, 0o644, func(w io.Writer) error { return errors.Join(text("half")(w), broken) })
		if !errors.Is(err, broken) {
			t.Errorf("got error %v", err)
		}
		check(t, path, "id,image_link\n1,x\n", 1)
	})
	t.Run("a panic leaves nothing behind", func(t *testing.T) {
		t.Parallel()
		path := setup(t)
		func() {
			defer func() { recover() }()
			atomicfile.Write(path, 0o644, func(io.Writer) error { panic("broken") })
		}()
		check(t, path, "id,image_link\n1,x\n", 1)
	})
	t.Run("through a link", func(t *testing.T) {
		t.Parallel()
		path := setup(t)
		link := filepath.Join(t.TempDir(), "link.csv")
		if err := os.Symlink(path, link); err != nil {
			t.Skip(err)
		}
		if err := atomicfile.Write(link, 0o644, text("a")); err != nil {
			t.Fatal(err)
		}
		check(t, path, "a", 1)
		if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
			t.Error("the link was replaced by a file")
		}
	})
	t.Run("not a file", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if err := atomicfile.Write(dir, 0o644, text("a")); err == nil || !strings.Contains(err.Error(), "expected a regular file") {
			t.Errorf("got error %v", err)
		}
	})
}
