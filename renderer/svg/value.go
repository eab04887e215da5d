package svg

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// number reads a finite number within ±maxNumber.
func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(math.Abs(v) <= maxNumber) || strings.ContainsAny(s, "xXpP_iInN") {
		return 0, false
	}
	return v, true
}

// numberEnd returns where the number at the start of s ends.
func numberEnd(s string) int {
	i, dot := 0, false
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c == '.' && !dot:
			dot = true
		case (c == '+' || c == '-') && i == 0:
		case c|0x20 == 'e' && i > 0:
			// An exponent, unless it is the unit em.
			j := i + 1
			if j < len(s) && (s[j] == '+' || s[j] == '-') {
				j++
			}
			if j == len(s) || s[j] < '0' || s[j] > '9' {
				return i
			}
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			return j
		default:
			return i
		}
	}
	return i
}

// numbers reads numbers with white space or commas between them.
func numbers(s string) ([]float64, error) {
	var all []float64
	for rest := strings.TrimLeft(s, " \t\r\n"); rest != ""; {
		n := numberEnd(rest)
		v, ok := number(rest[:n])
		if !ok {
			return nil, fmt.Errorf("expected numbers; found %.40q", rest)
		}
		all = append(all, v)
		rest = strings.TrimLeft(rest[n:], " \t\r\n")
		if r, ok := strings.CutPrefix(rest, ","); ok {
			if rest = strings.TrimLeft(r, " \t\r\n"); rest == "" {
				return nil, fmt.Errorf("expected a number after the last comma; found the end")
			}
		}
	}
	return all, nil
}

// axis tells what a percentage is a part of.
type axis uint8

const (
	horizontal axis = iota
	vertical
	diagonal
)

// viewport is the size that percentages refer to.
type viewport struct{ w, h float64 }

func (v viewport) of(a axis) float64 {
	switch a {
	case horizontal:
		return v.w
	case vertical:
		return v.h
	}
	return math.Sqrt((float64(v.w*v.w) + float64(v.h*v.h)) / 2)
}

// em is the font size, as nothing here has fonts.
const em = 16

// length reads a length in user units; 96 pixels are an inch (CSS Values 4, section 6.2).
func (v viewport) length(s string, a axis) (float64, error) {
	s = strings.TrimSpace(s)
	end := numberEnd(s)
	n, ok := number(s[:end])
	unit := 1.0
	switch strings.ToLower(s[end:]) {
	case "", "px":
	case "pt":
		unit = 96.0 / 72
	case "in":
		unit = 96
	case "cm":
		unit = 96 / 2.54
	case "mm":
		unit = 96 / 25.4
	case "em":
		unit = em
	case "%":
		unit = v.of(a) / 100
	default:
		ok = false
	}
	if !ok || !(math.Abs(n*unit) <= maxNumber) {
		return 0, fmt.Errorf("expected a length in px, pt, mm, cm, in, em or %%, at most %.0f; found %.40q", maxNumber, s)
	}
	return float64(n * unit), nil
}

// fraction reads a number or a percentage and holds it to 0..1.
func fraction(s string) (float64, error) {
	v, err := proportion(s)
	return max(0, min(v, 1)), err
}

// proportion reads a number or a percentage.
func proportion(s string) (float64, error) {
	digits, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	v, ok := number(digits)
	if !ok {
		return 0, fmt.Errorf("expected a number or a percentage; found %.40q", s)
	}
	if percent {
		v /= 100
	}
	return v, nil
}

// reference reads url(#id) and returns the id and what follows.
func urlReference(s string) (id, rest string, err error) {
	inside, ok := strings.CutPrefix(s, "url(")
	inside, rest, closed := strings.Cut(inside, ")")
	inside = strings.Trim(strings.TrimSpace(inside), `"'`)
	id, local := strings.CutPrefix(inside, "#")
	if !ok || !closed || !local || id == "" {
		return "", "", fmt.Errorf("expected a reference into the document, as url(#id); found %.40q", s)
	}
	return id, strings.TrimSpace(rest), nil
}
