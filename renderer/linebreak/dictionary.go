package linebreak

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// dictionary is the words of a language that writes no space between them, as a trie: the children of a node lie next
// to each other, and those of the nodes are in the order of the nodes.
type dictionary struct {
	labels []byte   // the character of each node, as an offset from the first of the script
	first  []uint32 // where the children of each node begin, and a last one
	ends   []bool   // whether a word ends with the node
	base   rune     // the character of which the label is 1
}

// readDictionary reads a list of words in order, one a line: how many characters it has in common with the word before,
// as a number, and the rest.
func readDictionary(list string, base rune) *dictionary {
	words := make([][]byte, 0, strings.Count(list, "\n"))
	var word []byte
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		rest := strings.TrimLeft(line, "0123456789")
		kept, err := strconv.Atoi(line[:len(line)-len(rest)])
		if err != nil || kept > len(word) {
			panic("linebreak: words: expected how much of the word before is kept; found " + line)
		}
		next := make([]byte, kept, kept+utf8.RuneCountInString(rest))
		copy(next, word)
		for _, r := range rest {
			next = append(next, label(r, base))
		}
		word = next
		words = append(words, word)
	}
	return newDictionary(words, base)
}

// newDictionary makes a trie of words in order, level by level.
func newDictionary(words [][]byte, base rune) *dictionary {
	d := &dictionary{labels: []byte{0}, ends: []bool{false}, base: base}
	type group struct{ start, end, depth int } // words that begin alike
	groups := []group{{0, len(words), 0}}
	for i := 0; i < len(groups); i++ {
		d.first = append(d.first, uint32(len(d.labels)))
		g := groups[i]
		for start := g.start; start < g.end; {
			if len(words[start]) == g.depth { // the word of the node itself
				start++
				continue
			}
			c, end := words[start][g.depth], start+1
			for end < g.end && words[end][g.depth] == c {
				end++
			}
			d.labels = append(d.labels, c)
			d.ends = append(d.ends, len(words[start]) == g.depth+1)
			groups = append(groups, group{start, end, g.depth + 1})
			start = end
		}
	}
	d.first = append(d.first, uint32(len(d.labels)))
	return d
}

// label is a character as the dictionary has it. The joiners stand in words of Lao and Burmese.
func label(r, base rune) byte {
	switch {
	case r == '\u200c':
		return 0xfe
	case r == '\u200d':
		return 0xff
	case base <= r && r < base+0xfd:
		return byte(r-base) + 1
	}
	return 0 // no word has it
}

// match finds the words that a text begins with: how long each is, from the shortest on, in lengths. read is how many
// characters it took to know that there are no others.
func (d *dictionary) match(text []rune, lengths []int) (found []int, read int) {
	found = lengths[:0]
	node := 0
	for i, r := range text {
		children := d.labels[d.first[node]:d.first[node+1]]
		at := bytes.IndexByte(children, label(r, d.base))
		if at < 0 {
			return found, i + 1
		}
		node = int(d.first[node]) + at
		if d.ends[node] && len(found) < cap(found) {
			found = append(found, i+1)
		}
		if d.first[node] == d.first[node+1] {
			return found, i + 1
		}
	}
	return found, len(text)
}

// begins tells whether a text begins with a word.
func (d *dictionary) begins(text []rune) bool {
	node := 0
	for _, r := range text {
		children := d.labels[d.first[node]:d.first[node+1]]
		at := bytes.IndexByte(children, label(r, d.base))
		if at < 0 {
			return false
		}
		if node = int(d.first[node]) + at; d.ends[node] {
			return true
		}
	}
	return false
}
