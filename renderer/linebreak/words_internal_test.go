package linebreak

import (
	"slices"
	"testing"
)

func TestDictionary(t *testing.T) {
	t.Parallel()
	d := readDictionary("0กก\n1า\n2ร\n0ขา\n", 0x0e00)
	f := func(text string, read int, want ...int) {
		t.Helper()
		got, n := d.match([]rune(text), make([]int, 0, mostWords))
		if !slices.Equal(got, want) || n != read {
			t.Errorf("%s: got %v, %d read; want %v, %d", text, got, n, want, read)
		}
		if d.begins([]rune(text)) != (len(want) > 0) {
			t.Errorf("%s: does it begin with a word?", text)
		}
	}
	f("", 0)
	f("ก", 1)
	f("กกก", 2, 2)
	f("กา", 2, 2)
	f("การ", 3, 2, 3)
	f("กาย", 3, 2)
	f("a", 1)
	f("ขาa", 2, 2)
}

// The lists are whole, and small in memory.
func TestScripts(t *testing.T) {
	t.Parallel()
	words := map[rune]int{0x0e00: 26383, 0x0e80: 11206, 0x1000: 41120, 0x1780: 19625}
	bytes := 0
	for _, s := range scripts {
		d := s.dictionary()
		count := 0
		for _, ends := range d.ends {
			if ends {
				count++
			}
		}
		if count != words[s.first] {
			t.Errorf("%U: got %d words, want %d", s.first, count, words[s.first])
		}
		bytes += len(d.labels) + 4*len(d.first) + len(d.ends)
	}
	if bytes > 4<<20 {
		t.Errorf("the dictionaries take %d bytes", bytes)
	}
	t.Logf("%d bytes", bytes)
}

func BenchmarkReadDictionary(b *testing.B) {
	for b.Loop() {
		readDictionary(thaiWords, 0x0e00)
	}
}

func BenchmarkReadClasses(b *testing.B) {
	for b.Loop() {
		newClasses(classLines)
	}
}
