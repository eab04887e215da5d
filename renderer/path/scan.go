package path

import (
	"fmt"
	"math"
	"strconv"
)

// scanner reads the tokens of path data.
type scanner struct {
	text string
	at   int
}

// space skips white space.
func (s *scanner) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r', '\f':
			s.at++
		default:
			return
		}
	}
}

// comma skips white space with at most one comma in it and tells whether there was one.
func (s *scanner) comma() bool {
	s.space()
	if s.at == len(s.text) || s.text[s.at] != ',' {
		return false
	}
	s.at++
	s.space()
	return true
}

// digits skips digits and tells whether there were any.
func (s *scanner) digits() bool {
	from := s.at
	for s.at < len(s.text) && s.text[s.at]-'0' <= 9 {
		s.at++
	}
	return s.at > from
}

// sign skips one + or -.
func (s *scanner) sign() {
	if s.at < len(s.text) && (s.text[s.at] == '+' || s.text[s.at] == '-') {
		s.at++
	}
}

// starts tells whether a number starts here.
func (s *scanner) starts() bool {
	if s.at == len(s.text) {
		return false
	}
	c := s.text[s.at]
	return c-'0' <= 9 || c == '.' || c == '+' || c == '-'
}

// number reads a number.
func (s *scanner) number() (float64, error) {
	from := s.at
	s.sign()
	some := s.digits()
	if s.at < len(s.text) && s.text[s.at] == '.' {
		s.at++
		some = s.digits()
	}
	if !some {
		return 0, s.wrong("a number")
	}
	mantissa := s.at
	if s.at < len(s.text) && s.text[s.at]|0x20 == 'e' {
		s.at++
		s.sign()
		if !s.digits() {
			s.at = mantissa
		}
	}
	v, err := strconv.ParseFloat(s.text[from:s.at], 64)
	if err != nil || math.Abs(v) > MaxCoordinate {
		return 0, outside(from, s.text[from:s.at])
	}
	return v, nil
}

// flag reads a 0 or a 1, which nothing needs to follow.
func (s *scanner) flag() (bool, error) {
	if s.at == len(s.text) || s.text[s.at] != '0' && s.text[s.at] != '1' {
		return false, s.wrong("a flag, 0 or 1")
	}
	s.at++
	return s.text[s.at-1] == '1', nil
}

// wrong is the error of a text that does not go on as expected.
func (s *scanner) wrong(expected string) error {
	if s.at >= len(s.text) {
		return fmt.Errorf("parse path: byte %d: expected %s; found the end", s.at, expected)
	}
	return fmt.Errorf("parse path: byte %d: expected %s; found %q", s.at, expected, s.text[s.at])
}

func outside(at int, found string) error {
	if len(found) > 32 {
		found = found[:32] + "…"
	}
	return fmt.Errorf("parse path: byte %d: expected a coordinate within ±%.0f; found %s", at, MaxCoordinate, found)
}
