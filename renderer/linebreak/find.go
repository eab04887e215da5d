package linebreak

// Find tells for each place in a text whether a line may end there: element i is about the place before text[i], the
// first is None, and the last, the end of the text, is Mandatory. The language is a BCP 47 tag, or empty. The result
// uses the room of buf. Time is linear in the length of the text.
//
// A line may end behind a soft hyphen, and behind any space, even where text begins with it.
func Find(text []rune, lang string, buf []Kind) []Kind {
	f := finder{classes: readClasses(), text: text, chinese: chinese(lang)}
	if f.kinds = buf[:0]; cap(buf) <= len(text) {
		f.kinds = make([]Kind, 0, len(text)+1)
	}
	f.find()
	return f.kinds
}

// finder finds the places of one text.
type finder struct {
	classes *classes
	text    []rune
	kinds   []Kind
	plain   bool // as UAX #14 says, without what browsers do otherwise
	chinese bool
}

func (f *finder) find() {
	s := begin()
	c, next := f.class(0), f.class(1)
	words := 0 // how much text before this place is in scripts that need words
	for i := range f.text {
		next2 := f.class(i + 2)
		kind := None
		if i > 0 {
			kind = f.kind(&s, i, c, next, next2)
		}
		f.kinds = append(f.kinds, kind)
		switch {
		case c == sa || c == sam:
			words++
		case words > 0:
			f.split(i-words, i)
			words = 0
		}
		s.step(c)
		c, next = next, next2
	}
	f.split(len(f.text)-words, len(f.text))
	f.kinds = append(f.kinds, Mandatory)
}

// class is that of a character, or what stands for the end of the text.
func (f *finder) class(i int) class {
	if i >= len(f.text) {
		return eot
	}
	c := f.classes.of(f.text[i])
	if f.plain || !tailored.has(c) {
		return c
	}
	return browserClass(f.text[i], c, f.chinese)
}

// kind is that of a place within the text.
func (f *finder) kind(s *state, i int, c, next, next2 class) Kind {
	if c == al && s.before == al && f.text[i] > '?' && !s.joined { // within a word, as most places are
		return None
	}
	if !f.plain && !hard.has(s.before) && !hard.has(c) {
		b, r := f.text[i-1], f.text[i]
		switch {
		case space(r):
			return None
		case space(b):
			return Allowed
		case ascii(b) && ascii(r):
			before := ' '
			if i > 1 {
				before = f.text[i-2]
			}
			return asciiKind(before, b, r)
		case latin1(b) && latin1(r):
			return s.pair().kind(c, al, al)
		}
	}
	if marks.has(next) && !marks.has(c) { // the next that is no mark; each mark is passed once
		j := i + 2
		for next = f.class(j); marks.has(next); next = f.class(j) {
			j++
		}
	}
	return s.kind(c, next, next2)
}

// split lets lines end between the words of a piece of text.
func (f *finder) split(start, end int) {
	if f.plain {
		return
	}
	for start < end {
		script := scriptOf(f.text[start])
		from := start
		for start < end && scriptOf(f.text[start]) == script {
			start++
		}
		if script == nil {
			continue
		}
		g := splitter{text: f.text[from:start], script: script, words: script.dictionary(), classes: f.classes}
		for at := g.wordEnd(0); at < len(g.text); at = g.wordEnd(at) {
			f.kinds[from+at] = Allowed
		}
	}
}
