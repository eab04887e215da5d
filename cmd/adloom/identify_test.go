package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
)

const hostileData = "../../../shared/data/hostile"

// expectation is a line of expected.tsv, in its order of columns.
type expectation struct{ file, status, outcome, format, width, height, r, g, b, note string }

func expectations(t *testing.T) []expectation {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(hostileData, "expected.tsv"))
	if err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	var all []expectation
	for line := range strings.Lines(string(data)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(c) != 10 {
			t.Fatalf("expected.tsv: expected 10 columns; found %q", line)
		}
		all = append(all, expectation{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9]})
	}
	return all[1:]
}

// Not parallel: bombs are timed, and the memory that they take is counted.
func TestIdentifyHostile(t *testing.T) {
	all := expectations(t)
	for name, codecs := range map[string]renderer.Codecs{"machine": machineCodecs(), "portable": {}} {
		t.Run(name, func(t *testing.T) {
			i := identifier{engine: renderer.New(typeset.NewFonts(nil), imageinfo.DefaultLimits(), codecs, renderer.DefaultBudgets()), maxBytes: 16 << 20}
			for _, want := range all {
				if width, _ := strconv.Atoi(want.width); name == "portable" && width > 1500 {
					continue // a photo like others, that would take a second
				}
				path := filepath.Join(hostileData, want.file)
				if _, err := os.Stat(path); err != nil {
					t.Fatal(err)
				}
				took, memory, line := measured(func() string { return i.line(path) })
				if complaint := judge(want, line, took, memory); complaint != "" {
					t.Errorf("%s: %s\n%s", want.file, complaint, line)
				}
			}
		})
	}
}

// measured gives the time and the bytes that were set aside in all.
func measured(f func() string) (time.Duration, uint64, string) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	line := f()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc, line
}

// judge says what is wrong with an answer.
func judge(want expectation, line string, took time.Duration, memory uint64) string {
	c := strings.Split(line, "\t")
	if len(c) != 9 {
		return fmt.Sprintf("expected 9 columns; found %d", len(c))
	}
	ok, note := c[1] == "ok", c[8]
	if !ok && note == "" {
		return "expected a reason; found none"
	}
	switch want.status {
	case "valid":
		if !ok {
			return "expected a picture"
		}
		return differs(want, c)
	case "bomb":
		// The race detector and a busy machine take their time.
		if ok || took > time.Second || memory > 32<<20 {
			return fmt.Sprintf("expected a refusal within 100 ms and 32 MB; found %s after %v and %d bytes", c[1], took, memory)
		}
	case "not-image":
		if ok {
			return "expected a refusal"
		}
	case "corrupt":
		if ok && want.outcome == "ok" {
			return differs(want, c)
		}
	case "unsupported":
		if !ok && !strings.Contains(note, "found ") || strings.Contains(note, "unknown") {
			return "expected a refusal by the format's name"
		}
	}
	return ""
}

// differs compares a picture's format, size and mean colour.
func differs(want expectation, c []string) string {
	if c[2] != want.format || c[3] != want.width || c[4] != want.height {
		return fmt.Sprintf("expected %s of %sx%s", want.format, want.width, want.height)
	}
	tolerance := 2.0
	if strings.HasPrefix(want.file, "color-cmyk-icc/") {
		tolerance = 6
	}
	for i, mean := range []string{want.r, want.g, want.b} {
		expected, err1 := strconv.ParseFloat(mean, 64)
		found, err2 := strconv.ParseFloat(c[5+i], 64)
		if err1 != nil || err2 != nil || math.Abs(expected-found) > tolerance {
			return fmt.Sprintf("expected a mean of %s, %s, %s", want.r, want.g, want.b)
		}
	}
	return ""
}

// What cannot be read is an answer like any other, and nothing makes it wait.
func TestIdentifyFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	huge, pipe, text := filepath.Join(dir, "huge.jpg"), filepath.Join(dir, "pipe"), filepath.Join(dir, "text.jpg")
	if err := os.WriteFile(text, []byte("<html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(huge, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 5<<30); err != nil {
		t.Skipf("no holes in files here: %v", err)
	}
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "missing")
	lines := strings.Split(must(t, "identify", huge, pipe, text, dir, missing), "\n")
	for i, want := range []string{
		"file\toutcome\tformat\twidth\theight\tr\tg\tb\tnote",
		huge + "\terror\t\t\t\t\t\t\tread " + huge + ": expected at most 16777216 bytes; found 5368709120",
		pipe + "\terror\t\t\t\t\t\t\tread " + pipe + ": expected a file; found something else (p---------)",
		text + "\terror\t\t\t\t\t\t\texpected a JPEG, PNG, GIF or WebP picture, found HTML",
		dir + "\terror\t\t\t\t\t\t\tread " + dir + ": expected a file; found a folder",
		missing + "\terror\t\t\t\t\t\t\tstat " + missing + ": no such file or directory",
		"",
	} {
		if i >= len(lines) || lines[i] != want {
			t.Errorf("line %d of %q; want %q", i, lines, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	if got, want := oneLine("a\tb\r\nc\x1b[0m\u2028é"), "a b  c [0m é"; got != want {
		t.Errorf("%q; want %q", got, want)
	}
}
