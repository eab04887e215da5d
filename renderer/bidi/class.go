package bidi

import ucd "golang.org/x/text/unicode/bidi"

// classSet is a set of classes, a bit for each.
type classSet uint32

func (s classSet) has(c ucd.Class) bool { return s>>(c&31)&1 != 0 }

const (
	initiators classSet = 1<<ucd.LRI | 1<<ucd.RLI | 1<<ucd.FSI
	isolating           = initiators | 1<<ucd.PDI
	removed    classSet = 1<<ucd.LRE | 1<<ucd.RLE | 1<<ucd.LRO | 1<<ucd.RLO | 1<<ucd.PDF | 1<<ucd.BN // by X9
	neutral             = 1<<ucd.B | 1<<ucd.S | 1<<ucd.WS | 1<<ucd.ON | isolating                    // NI
)

// resized returns a slice of n elements, in the space of s if they fit. What they are is not defined.
func resized[T any](s []T, n int) []T {
	if n <= cap(s) {
		return s[:n]
	}
	return make([]T, n, n+n/4)
}

// classify looks the runes up, and pairs isolate initiators with their PDIs (BD9).
func (p *Paragraph) classify(text []rune) {
	n := len(text)
	p.levels = resized(p.levels, n)
	p.classes = resized(p.classes, n)
	p.brackets = resized(p.brackets, n)
	p.partners = resized(p.partners, n)
	p.stack = p.stack[:0]
	for i, r := range text {
		properties, _ := ucd.LookupRune(r)
		c := properties.Class()
		p.classes[i], p.brackets[i] = c, 0
		switch {
		case properties.IsBracket():
			p.brackets[i] = bracket(r, properties.IsOpeningBracket())
		case initiators.has(c):
			p.stack = append(p.stack, int32(i))
		case c == ucd.PDI:
			p.partners[i] = none
			if last := len(p.stack) - 1; last >= 0 {
				p.partners[i], p.partners[p.stack[last]] = p.stack[last], int32(i)
				p.stack = p.stack[:last]
			}
		case c == ucd.B:
			p.closeIsolates(i)
		}
	}
	p.closeIsolates(n)
}

// closeIsolates ends the isolates that have no PDI at the end of their paragraph.
func (p *Paragraph) closeIsolates(end int) {
	for _, i := range p.stack {
		p.partners[i] = int32(end)
	}
	p.stack = p.stack[:0]
}

// paired reports whether the isolate that begins at i has a PDI.
func (p *Paragraph) paired(i int32) bool {
	end := int(p.partners[i])
	return end < len(p.classes) && p.classes[end] == ucd.PDI
}

// firstStrong is the level that the first strong character from start to end asks for, by P2 and P3: those in isolates
// do not count. Each isolate is stepped over at once, so that nested ones that all ask take no longer than the text.
func (p *Paragraph) firstStrong(start, end int) Level {
	for i := start; i < end; i++ {
		switch c := p.classes[i]; {
		case c == ucd.L:
			return 0
		case c == ucd.R || c == ucd.AL:
			return 1
		case c == ucd.B:
			return 0
		case initiators.has(c):
			i = int(p.partners[i]) - 1 // at its PDI, or the separator, which end nothing else
		}
	}
	return 0
}
