package bidi

import ucd "golang.org/x/text/unicode/bidi"

// maxOpeners is how many brackets may wait for their closing ones (BD16).
const maxOpeners = 63

// pair is a bracket with the one that closes it.
type pair struct {
	open, close int // in the sequence; close is none while it waits
	closer      rune
	inside      ucd.Class // the direction of what lies between: the sequence's own if it occurs, else the other, else ON
}

// bracket names a bracket by the rune that closes it, negated if it is that itself. In Unicode 17 all but six pairs are
// neighbours (BidiBrackets.txt). Angle brackets have twins, to which they are canonically equivalent.
func bracket(r rune, opening bool) rune {
	if r == '\u2329' || r == '\u232a' {
		r += '\u3008' - '\u2329'
	}
	if !opening {
		return -r
	}
	switch r {
	case '[', '{', '\uff3b', '\uff5b':
		return r + 2
	case '\u298d':
		return '\u2990'
	case '\u298f':
		return '\u298e'
	}
	return r + 1
}

// pairBrackets finds the pairs (BD16), in the order of their opening brackets.
func (s *sequence) pairBrackets(brackets []rune) {
	s.pairs = s.pairs[:0]
	waiting := 0
	last := [2]int{none, none} // of what runs left to right, and right to left
	for i, t := range s.types {
		switch side(t) {
		case ucd.L:
			last[0] = i
			continue
		case ucd.R:
			last[1] = i
			continue
		}
		b := brackets[s.runes[i]]
		if b == 0 || t != ucd.ON {
			continue
		}
		if b < 0 {
			waiting = s.closeBracket(i, -b, waiting, last)
			continue
		}
		if waiting == maxOpeners {
			return
		}
		s.openers[waiting] = len(s.pairs)
		waiting++
		s.pairs = append(s.pairs, pair{open: i, close: none, closer: b})
	}
}

// closeBracket looks for the bracket that one closes. Those that it passes over are never closed.
func (s *sequence) closeBracket(i int, closer rune, waiting int, last [2]int) int {
	for n := waiting - 1; n >= 0; n-- {
		q := &s.pairs[s.openers[n]]
		if q.closer != closer {
			continue
		}
		q.close, q.inside = i, ucd.ON
		own := s.level & 1
		if last[own] > q.open {
			q.inside = own.direction()
		} else if last[own^1] > q.open {
			q.inside = (own ^ 1).direction()
		}
		return n
	}
	return waiting
}

// resolveBrackets gives both brackets of a pair one direction (N0): that of the sequence, unless what is inside runs
// against it only, as does what comes before.
func (s *sequence) resolveBrackets(classes []ucd.Class) {
	before, at := s.sos, 0
	for _, q := range s.pairs {
		if q.close == none || q.inside == ucd.ON {
			continue
		}
		for ; at < q.open; at++ {
			if d := side(s.types[at]); d != ucd.ON {
				before = d
			}
		}
		t := s.level.direction()
		if q.inside == before {
			t = before
		}
		s.setBracket(q.open, t, classes)
		s.setBracket(q.close, t, classes)
	}
}

// setBracket gives a bracket a direction, and with it the marks on it.
func (s *sequence) setBracket(i int, t ucd.Class, classes []ucd.Class) {
	s.types[i] = t
	for i++; i < len(s.types) && classes[s.runes[i]] == ucd.NSM; i++ {
		s.types[i] = t
	}
}
