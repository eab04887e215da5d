package bidi

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	ucd "golang.org/x/text/unicode/bidi"
)

// TestBrackets compares brackets with BidiBrackets.txt.
func TestBrackets(t *testing.T) {
	t.Parallel()
	file, err := os.Open("/usr/share/unicode/BidiBrackets.txt")
	if err != nil {
		t.Skipf("the data of Unicode is not here (package unicode-data): %v", err)
	}
	defer file.Close()
	listed := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text, _, _ := strings.Cut(lines.Text(), "#")
		fields := strings.Split(text, ";")
		if len(fields) != 3 {
			continue
		}
		listed++
		r, other, opening := code(t, fields[0]), code(t, fields[1]), strings.TrimSpace(fields[2]) == "o"
		if got := bracket(r, opening); got != -bracket(other, !opening) || (got > 0) != opening {
			t.Errorf("%U: expected its partner to be %U; found %U and %U", r, other, got, bracket(other, !opening))
		}
		if properties, _ := ucd.LookupRune(r); !properties.IsBracket() || properties.IsOpeningBracket() != opening {
			t.Errorf("%U: expected a bracket", r)
		}
	}
	for r := rune(0); r <= 0x10ffff; r++ {
		if properties, _ := ucd.LookupRune(r); properties.IsBracket() {
			listed--
		}
	}
	if listed != 0 {
		t.Errorf("expected as many brackets as the file has; found %d fewer", listed)
	}
}

func code(t *testing.T, s string) rune {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimSpace(s), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	return rune(n)
}
