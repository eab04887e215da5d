package linebreak_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/linebreak"
)

// TestBreaks compares with all places where a browser may end a line, where BREAKS names a breaks.json that
// scripts/typography/cases.mjs wrote.
func TestBreaks(t *testing.T) {
	t.Parallel()
	var rows []struct {
		ID, Lang, Text string
		Breaks         []int
	}
	read(t, os.Getenv("BREAKS"), &rows)
	texts, equal := map[string]int{}, map[string]int{}
	for _, row := range rows {
		texts[row.Lang]++
		if got := places(row.Text, row.Lang); slices.Equal(got, row.Breaks) {
			equal[row.Lang]++
		} else {
			t.Errorf("%s:\n got  %s\n want %s", row.ID, marked(row.Text, got), marked(row.Text, row.Breaks))
		}
	}
	for lang, n := range texts {
		t.Logf("%s: %d of %d texts equal", lang, equal[lang], n)
	}
}

// TestLines looks whether a browser's lines begin where lines may. It breaks words that are too long for a line anywhere.
func TestLines(t *testing.T) {
	t.Parallel()
	var rows []struct {
		ID, Lang, Text string
		Lines          []struct{ Text string }
	}
	read(t, "../../../shared/typography/cases.json", &rows)
	long := []string{"Donaudampfschiff", "Supercalifragilistic", "https://"}
	for _, row := range rows {
		if slices.ContainsFunc(long, func(word string) bool { return strings.HasPrefix(row.Text, word) }) {
			continue
		}
		may := places(row.Text, row.Lang)
		rest, at := row.Text, 0
		for i, line := range row.Lines {
			skipped := strings.Index(rest, line.Text)
			if skipped < 0 {
				t.Fatalf("%s: line %d is not of its text", row.ID, i)
			}
			start := at + len([]rune(rest[:skipped]))
			if i > 0 && !slices.Contains(may, start) {
				t.Errorf("%s: line %d begins at %d: %s", row.ID, i, start, marked(row.Text, may))
			}
			at = start + len([]rune(line.Text))
			rest = rest[skipped+len(line.Text):]
		}
	}
}

// read reads a file of JSON, or skips the test where there is none.
func read(t *testing.T, name string, rows any) {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Skip("no cases at hand")
	}
	if err := json.Unmarshal(file, rows); err != nil {
		t.Fatal(err)
	}
}

// places are the offsets before which a line may end, but for those behind soft hyphens, which the cases leave alone.
func places(text, lang string) []int {
	runes := []rune(text)
	found := []int{}
	for i, kind := range linebreak.Find(runes, lang, nil)[:len(runes)] {
		if kind != linebreak.None && runes[i-1] != '\u00ad' {
			found = append(found, i)
		}
	}
	return found
}

// marked is a text with bars where a line may end.
func marked(text string, places []int) string {
	var out strings.Builder
	for i, r := range []rune(text) {
		if slices.Contains(places, i) {
			out.WriteByte('|')
		}
		out.WriteRune(r)
	}
	return out.String()
}
