package linebreak

// mostWords is how many words that begin at one place are looked at.
const mostWords = 20

// The Thai signs of abbreviation and of repetition belong to the word before.
const (
	paiyannoi = '\u0e2f'
	maiyamok  = '\u0e46'
)

// splitter tells the words of a text in one script apart. Of the words that the text may go on with, it takes the
// longest that two more can follow. What is not in the list belongs to the word before it if that is short, and goes on
// until a word of the list begins.
type splitter struct {
	text    []rune
	script  *script
	words   *dictionary
	classes *classes
}

// wordEnd is where the word that begins at a place ends.
func (g *splitter) wordEnd(at int) int {
	if len(g.text) < g.script.least {
		return len(g.text)
	}
	length := g.best(at)
	end := at + length
	if end < len(g.text) && length < g.script.short {
		var room [mostWords]int
		words, read := g.words.match(g.text[end:], room[:0])
		if len(words) == 0 && (length == 0 || read < g.script.likely) {
			end = g.unknownEnd(end)
		}
	}
	for end < len(g.text) && g.classes.of(g.text[end]) == sam {
		end++
	}
	return g.suffixEnd(end)
}

// best is the length of the word to take at a place, or 0 if none of the list begins there.
func (g *splitter) best(at int) int {
	var room, room2 [mostWords]int
	first, _ := g.words.match(g.text[at:], room[:0])
	if len(first) == 0 {
		return 0
	}
	best := first[len(first)-1]
	if len(first) == 1 || at+best == len(g.text) {
		return best
	}
	for i := len(first) - 1; i >= 0; i-- {
		start := at + first[i]
		second, _ := g.words.match(g.text[start:], room2[:0])
		if len(second) == 0 {
			continue
		}
		best = first[i]
		if start+second[len(second)-1] == len(g.text) || g.followed(start, second) {
			break
		}
	}
	return best
}

// followed tells whether behind one of the words that begin at a place another begins.
func (g *splitter) followed(start int, lengths []int) bool {
	for _, length := range lengths {
		if g.words.begins(g.text[start+length:]) {
			return true
		}
	}
	return false
}

// unknownEnd is where a stretch of text that is not in the list ends.
func (g *splitter) unknownEnd(at int) int {
	for at++; at < len(g.text); at++ {
		if g.script.ends(g.text[at-1]) && g.script.begins(g.text[at]) && g.words.begins(g.text[at:]) {
			break
		}
	}
	return at
}

// suffixEnd is the end of a word with the signs that belong to it.
func (g *splitter) suffixEnd(end int) int {
	suffix := func(r rune) bool { return r == paiyannoi || r == maiyamok }
	if end == len(g.text) || !suffix(g.text[end]) || g.words.begins(g.text[end:]) {
		return end
	}
	if g.text[end] == paiyannoi && !suffix(g.text[end-1]) {
		end++
	}
	if end < len(g.text) && g.text[end] == maiyamok && g.text[end-1] != maiyamok {
		end++
	}
	return end
}
