package bidi

import ucd "golang.org/x/text/unicode/bidi"

// weak resolves the weak classes (W1 to W7): what is left are L, R, EN, AN and the neutral ones.
func (s *sequence) weak() {
	if s.marksAndLetters() {
		s.separators()
		s.terminators()
		s.numbers()
	}
}

// marksAndLetters lets marks follow what they stand on, numbers the letters before them, and makes Arabic letters like
// any other (W1 to W3). It reports whether there is something left to resolve.
func (s *sequence) marksAndLetters() (more bool) {
	const numeric classSet = 1<<ucd.EN | 1<<ucd.ES | 1<<ucd.ET | 1<<ucd.CS
	before, strong := s.sos, s.sos
	for i, t := range s.types {
		if t == ucd.NSM {
			t = before
		}
		before = t
		switch t {
		case ucd.L, ucd.R:
			strong = t
		case ucd.AL:
			strong, t = t, ucd.R
		case ucd.EN:
			if strong == ucd.AL {
				t = ucd.AN
			}
		case ucd.LRI, ucd.RLI, ucd.FSI, ucd.PDI:
			before = ucd.ON
		}
		s.types[i] = t
		more = more || numeric.has(t)
	}
	return more
}

// separators makes a single separator between two numbers of a kind a part of them (W4).
func (s *sequence) separators() {
	for i := 1; i < len(s.types)-1; i++ {
		before, after := s.types[i-1], s.types[i+1]
		switch t := s.types[i]; {
		case before != after:
		case before == ucd.EN && (t == ucd.ES || t == ucd.CS), before == ucd.AN && t == ucd.CS:
			s.types[i] = before
		}
	}
}

// terminators makes terminators, such as signs of currency, a part of the number that they touch, and the others, with
// the separators that are left, neutral (W5, W6).
func (s *sequence) terminators() {
	for i := 0; i < len(s.types); {
		switch s.types[i] {
		case ucd.ES, ucd.CS:
			s.types[i] = ucd.ON
			i++
		case ucd.ET:
			end := i + 1
			for end < len(s.types) && s.types[end] == ucd.ET {
				end++
			}
			t := ucd.ON
			if i > 0 && s.types[i-1] == ucd.EN || end < len(s.types) && s.types[end] == ucd.EN {
				t = ucd.EN
			}
			fill(s.types[i:end], t)
			i = end
		default:
			i++
		}
	}
}

// numbers makes European numbers after letters that run left to right like these (W7).
func (s *sequence) numbers() {
	strong := s.sos
	for i, t := range s.types {
		switch {
		case t == ucd.L || t == ucd.R:
			strong = t
		case t == ucd.EN && strong == ucd.L:
			s.types[i] = ucd.L
		}
	}
}

func fill(types []ucd.Class, t ucd.Class) {
	for i := range types {
		types[i] = t
	}
}
