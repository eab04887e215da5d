package bidi

import ucd "golang.org/x/text/unicode/bidi"

// side is the direction of a resolved class, or ON: numbers count as right to left here (N0, N1).
func side(t ucd.Class) ucd.Class {
	switch t {
	case ucd.L:
		return ucd.L
	case ucd.R, ucd.EN, ucd.AN:
		return ucd.R
	}
	return ucd.ON
}

// neutral gives what is still neutral the direction of both its sides, or that of the sequence where these differ (N1,
// N2).
func (s *sequence) neutral() {
	before := s.sos
	for i := 0; i < len(s.types); {
		if d := side(s.types[i]); d != ucd.ON {
			before = d
			i++
			continue
		}
		end := i + 1
		for end < len(s.types) && side(s.types[end]) == ucd.ON {
			end++
		}
		after := s.eos
		if end < len(s.types) {
			after = side(s.types[end])
		}
		t := s.level.direction()
		if before == after {
			t = before
		}
		fill(s.types[i:end], t)
		i = end
	}
}
