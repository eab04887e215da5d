package reqlog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/adloom/adloom/reqlog"
)

func newFile(t *testing.T, path string, reports *[]error) *reqlog.File {
	t.Helper()
	f := reqlog.NewFile(reqlog.FileConfig{Path: path, Size: 1, Count: 2, Report: func(err error) { *reports = append(*reports, err) }})
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestFile(t *testing.T) {
	t.Parallel()
	var reports []error
	path := filepath.Join(t.TempDir(), "deep", "down", "requests.log") // is made
	f := newFile(t, path, &reports)
	e := full()
	want := reqlog.Encode(nil, e)
	count := 1500000/len(want) + 1
	for range count {
		f.Write(e)
	}
	files, err := filepath.Glob(filepath.Dir(path) + "/*")
	if err != nil || len(files) != 2 || f.Failed() != 0 || len(reports) != 0 {
		t.Fatalf("files %v, %d failed, told %v", files, f.Failed(), reports)
	}
	total := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			if !bytes.Equal(line, want) {
				t.Fatalf("%s: %s", name, line)
			}
			total++
		}
	}
	if total != count {
		t.Errorf("%d lines of %d", total, count)
	}
}

// A file that cannot be written costs records, is told once, and is written again when it can be.
func TestFileInTrouble(t *testing.T) {
	t.Parallel()
	var reports []error
	dir := t.TempDir()
	blocker := filepath.Join(dir, "logs")
	if err := os.WriteFile(blocker, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	f := newFile(t, filepath.Join(blocker, "requests.log"), &reports)
	for range 3 {
		f.Write(full())
	}
	if f.Failed() != 3 || len(reports) != 1 || reports[0] == nil {
		t.Fatalf("%d failed, told %v", f.Failed(), reports)
	}
	if err := os.Remove(blocker); err != nil {
		t.Fatal(err)
	}
	f.Write(full())
	data, err := os.ReadFile(filepath.Join(blocker, "requests.log"))
	if err != nil || !json.Valid(data) || f.Failed() != 3 || len(reports) != 2 || reports[1] != nil {
		t.Errorf("%v, %s, %d failed, told %v", err, data, f.Failed(), reports)
	}
}

// A line that went half way, as on a full disk, does not spoil the next.
func TestFileTorn(t *testing.T) {
	t.Parallel()
	disk := &small{room: 100}
	f := reqlog.NewFileTo(disk, nil)
	f.Write(full())
	f.Write(full())
	disk.room = 1 << 20
	f.Write(full())
	lines := bytes.Split(bytes.TrimSuffix(disk.Bytes(), []byte("\n")), []byte("\n"))
	if f.Failed() != 2 || len(lines) != 2 || !json.Valid(lines[1]) {
		t.Errorf("%d failed, wrote %q", f.Failed(), lines)
	}
}

// small is a disk with little room.
type small struct {
	bytes.Buffer
	room int
}

func (s *small) Write(p []byte) (int, error) {
	n := min(len(p), s.room)
	s.room -= n
	s.Buffer.Write(p[:n])
	if n < len(p) {
		return n, os.ErrInvalid
	}
	return n, nil
}

func (s *small) Close() error { return nil }

// Whoever renames, removes or empties the file, as logrotate does, has the next record in a file of its name.
func TestFileTakenAway(t *testing.T) {
	t.Parallel()
	want := reqlog.Encode(nil, full())
	for name, take := range map[string]func(path string) error{
		"renamed": func(path string) error { return os.Rename(path, path+".1") },
		"removed": os.Remove,
		"emptied": func(path string) error { return os.Truncate(path, 0) },
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".1"), os.WriteFile(path, nil, 0o600))
		},
		"with its folder": func(path string) error { return os.RemoveAll(filepath.Dir(path)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var reports []error
			path := filepath.Join(t.TempDir(), "logs", "requests.log")
			f := newFile(t, path, &reports)
			for range 2 {
				f.Write(full())
				f.Write(full())
				if err := take(path); err != nil {
					t.Fatal(err)
				}
				f.Write(full())
				data, err := os.ReadFile(path)
				if err != nil || !bytes.Equal(data, want) || f.Failed() != 0 || len(reports) != 0 {
					t.Errorf("found %q, %v; %d failed, told %v", data, err, f.Failed(), reports)
				}
			}
		})
	}
}
