package bidi_test

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	ucd "golang.org/x/text/unicode/bidi"

	"github.com/adloom/adloom/renderer/bidi"
)

// data opens a file of the Unicode Character Database, as Debian's package unicode-data brings it.
func data(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	file, err := os.Open("/usr/share/unicode/" + name)
	if err != nil {
		t.Skipf("the data of Unicode is not here (package unicode-data): %v", err)
	}
	t.Cleanup(func() { file.Close() })
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	return lines
}

// line is a text on one line, as both files describe it.
type line struct {
	number int // in the file
	text   []rune
	base   bidi.Direction
	own    int   // or -1, where the file does not say
	levels []int // -1 where there is none; such runes are left out of the order
	order  []int

	paragraph bidi.Paragraph
	settled   []bidi.Level
	runs      []bidi.Run
	seen      []int
}

func (l *line) check(t *testing.T) {
	levels, own := l.paragraph.Resolve(l.text, l.base)
	if len(levels) != len(l.levels) {
		t.Fatalf("line %d, direction %d: expected %d levels; found %d", l.number, l.base, len(l.levels), len(levels))
	}
	if l.own >= 0 && int(own) != l.own {
		t.Errorf("line %d, direction %d: expected the paragraph level %d; found %d", l.number, l.base, l.own, own)
	}
	l.settled = l.paragraph.Line(0, len(l.text), l.settled)
	for i, want := range l.levels {
		if want >= 0 && want != int(l.settled[i]) {
			t.Errorf("line %d, direction %d: expected the levels %v; found %v", l.number, l.base, l.levels, l.settled)
			return
		}
	}
	l.runs = bidi.Runs(l.settled, 0, l.runs)
	l.seen = slices.DeleteFunc(visual(l.runs, l.seen), func(i int) bool { return l.levels[i] < 0 })
	if !slices.Equal(l.seen, l.order) {
		t.Errorf("line %d, direction %d: expected the order %v; found %v", l.number, l.base, l.order, l.seen)
	}
}

// visual lists the runes of runs from left to right, in the space of buf.
func visual(runs []bidi.Run, buf []int) []int {
	order := buf[:0]
	for _, r := range runs {
		first := len(order)
		for i := r.Start; i < r.End; i++ {
			order = append(order, i)
		}
		if r.Level.RightToLeft() {
			slices.Reverse(order[first:])
		}
	}
	return order
}

// numbers reads a list of them. An x is -1.
func numbers(t *testing.T, list string, base int) []int {
	t.Helper()
	var out []int
	for _, field := range strings.Fields(list) {
		n, err := strconv.ParseInt(field, base, 32)
		if field == "x" {
			n, err = -1, nil
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, int(n))
	}
	return out
}

// TestCharacters runs through BidiCharacterTest.txt.
func TestCharacters(t *testing.T) {
	t.Parallel()
	directions := map[string]bidi.Direction{"0": bidi.LeftToRight, "1": bidi.RightToLeft, "2": bidi.Auto}
	var l line
	cases := 0
	for lines := data(t, "BidiCharacterTest.txt"); lines.Scan(); {
		l.number++
		fields := strings.Split(lines.Text(), ";")
		if strings.HasPrefix(lines.Text(), "#") || len(fields) != 5 {
			continue
		}
		l.text = l.text[:0]
		for _, r := range numbers(t, fields[0], 16) {
			l.text = append(l.text, rune(r))
		}
		l.base, l.own = directions[fields[1]], numbers(t, fields[2], 10)[0]
		l.levels, l.order = numbers(t, fields[3], 10), numbers(t, fields[4], 10)
		l.check(t)
		cases++
	}
	if cases < 90000 {
		t.Errorf("expected more than 90000 cases; found %d", cases)
	}
}

// TestClasses runs through BidiTest.txt, with a rune for each class.
func TestClasses(t *testing.T) {
	t.Parallel()
	runes := map[string]rune{
		"L": 'a', "R": 'א', "AL": 'ب', "EN": '1', "ES": '+', "ET": '$', "AN": '٣', "CS": ',', "B": '\u2029', "S": '\t',
		"WS": ' ', "ON": '!', "BN": '\u200b', "NSM": '\u0300', "LRE": '\u202a', "RLE": '\u202b', "PDF": '\u202c',
		"LRO": '\u202d', "RLO": '\u202e', "LRI": '\u2066', "RLI": '\u2067', "FSI": '\u2068', "PDI": '\u2069',
	}
	directions := []bidi.Direction{bidi.Auto, bidi.LeftToRight, bidi.RightToLeft} // by bit
	l := line{own: -1}
	cases := 0
	for lines := data(t, "BidiTest.txt"); lines.Scan(); {
		l.number++
		text, _, _ := strings.Cut(lines.Text(), "#")
		if list, ok := strings.CutPrefix(text, "@Levels:"); ok {
			l.levels = numbers(t, list, 10)
		}
		if list, ok := strings.CutPrefix(text, "@Reorder:"); ok {
			l.order = numbers(t, list, 10)
		}
		classes, bits, ok := strings.Cut(text, ";")
		if !ok {
			continue
		}
		l.text = l.text[:0]
		for _, class := range strings.Fields(classes) {
			l.text = append(l.text, runes[class])
		}
		for bit, base := range directions {
			if numbers(t, bits, 16)[0]>>bit&1 != 0 {
				l.base = base
				l.check(t)
				cases++
			}
		}
	}
	if cases < 770000 {
		t.Errorf("expected more than 770000 cases; found %d", cases)
	}
}

// TestSimple asks about each rune there is. Where it does not look right to left, nothing is.
func TestSimple(t *testing.T) {
	t.Parallel()
	hard := map[ucd.Class]bool{ucd.R: true, ucd.AL: true, ucd.AN: true}
	for r := ucd.LRO; r <= ucd.PDI; r++ {
		hard[r] = true
	}
	denied := 0
	for r := rune(-1); r <= 0x110000; r++ {
		properties, _ := ucd.LookupRune(r)
		simple := bidi.Simple([]rune{'a', r})
		if simple && hard[properties.Class()] {
			t.Errorf("%U: expected it not to be simple", r)
		}
		if !simple && !hard[properties.Class()] {
			denied++ // marks, digits and signs of scripts that run right to left, and what is not assigned there
		}
	}
	if denied > 1000 {
		t.Errorf("expected few runes to be denied needlessly; found %d", denied)
	}
}
