package templates

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"
)

// What an amount may be, in characters and digits.
const (
	maxMoneyText    = 64
	maxMoneyDigits  = 15
	maxMoneyDecimal = 6
)

const (
	moneyForms  = `an amount with its currency, such as "129.00 USD"`
	moneyDigits = "at most 15 digits and 6 decimals"
)

// ParseMoney reads an amount with its currency as feeds write it: "129.00 USD",
// "1.299,00 EUR", "€ 12,50", "¥39,800", "CHF 1'299.50", "1299,- NOK". A single
// separator before exactly three digits is refused where it could be either a
// decimal or a grouping one, and so are EUR.50 and a sign of several currencies; so
// are negative amounts, ranges and exponents.
func ParseMoney(s string) (*Money, error) {
	wrong := func(expected string) (*Money, error) {
		return nil, &FieldError{Expected: expected, Found: s}
	}
	if len(s) > 4*maxMoneyText {
		return wrong(moneyForms)
	}
	runes := []rune(strings.TrimSpace(strings.Map(plainMoney, s)))
	first, last := -1, -1
	for i, r := range runes {
		if unicode.IsDigit(r) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 || len(runes) > maxMoneyText {
		return wrong(moneyForms)
	}
	digits := runes[first : last+1]
	before, bare := withoutPoint(string(runes[:first]))
	if bare {
		digits = append([]rune("0."), digits...)
	}
	after, whole := withoutDashes(string(runes[last+1:]))
	code, among := currencyOf(before, after)
	if among != nil {
		return wrong(fmt.Sprintf(`a currency by its code, such as "129.00 %s"; the sign stands for %s`, among[0], strings.Join(among, ", ")))
	}
	if code == "" {
		return wrong(moneyForms)
	}
	number, expected := plainNumber(digits, code, whole)
	if expected == "" && strings.HasSuffix(before, ".") && isoCode(foldSign(before)) != "" && !strings.Contains(number, ".") {
		expected = fmt.Sprintf("an amount that reads only one way, such as %[1]s.00 %[2]s or 0.%[1]s %[2]s", number, code)
	}
	if expected != "" {
		return wrong(expected)
	}
	amount, _, err := apd.NewFromString(number)
	if err != nil {
		return wrong(moneyForms)
	}
	return &Money{number: amount, currency: code}, nil
}

// plainMoney drops the marks of direction that stand around amounts in Arabic and
// Hebrew, and makes every space a usual one.
func plainMoney(r rune) rune {
	switch {
	case unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff':
		return -1
	case unicode.IsSpace(r) || r == '\u200b' || r == '\u2060':
		return ' '
	}
	return r
}

// withoutPoint drops the decimal separator of an amount that begins with it: $.99.
// One behind letters ends an abbreviation: Fr.12. bare tells which it was.
func withoutPoint(before string) (sign string, bare bool) {
	r, size := utf8.DecodeLastRuneInString(before)
	if mark := separator(r); mark != '.' && mark != ',' {
		return before, false
	}
	sign = strings.TrimRight(before[:len(before)-size], " ")
	r, _ = utf8.DecodeLastRuneInString(sign)
	if sign == "" || unicode.Is(unicode.Sc, r) {
		return sign, true
	}
	return before, false
}

// withoutDashes drops what stands for no cents, and tells whether it did: 1299.-,
// 1299,– and 1299:-.
func withoutDashes(after string) (sign string, whole bool) {
	rest := strings.TrimLeft(after, ".,:")
	if len(after)-len(rest) != 1 {
		return after, false
	}
	if end := strings.TrimLeft(rest, "-–—"); end != rest {
		return end, true
	}
	return after, false
}

// plainNumber turns the digits and separators between first and last digit into
// "1299.00", or says what was expected instead. Of an amount that is said to be whole,
// a separator before three digits groups.
func plainNumber(runes []rune, code string, whole bool) (number, expected string) {
	groups, separators := digitGroups(runes)
	decimals := ""
	if n := len(separators); n > 0 {
		mark, tail := separators[n-1], groups[n]
		minor := minorUnits(code)
		switch {
		case mark != '.' && mark != ',': // spaces and apostrophes only group
		case n > 1 && separators[n-2] == mark: // 1.299.000
		case n > 1: // 1.299,00
			decimals, groups, separators = tail, groups[:n], separators[:n-1]
		case len(tail) != 3 || minor == 3 && mark == '.' && !whole || groups[0] == "0":
			decimals, groups, separators = tail, groups[:n], separators[:n-1]
		case minor == 0 || whole: // ¥39,800; 1.299,-
		default:
			return "", fmt.Sprintf("an amount that reads only one way, such as %[1]s%[2]s.00 %[3]s or %[1]s.%[2]s0 %[3]s", groups[0], tail, code)
		}
	}
	if !grouped(groups, separators) {
		return "", moneyForms
	}
	number = strings.Join(groups, "")
	if len(number) > maxMoneyDigits || len(decimals) > maxMoneyDecimal {
		return "", moneyDigits
	}
	if decimals != "" {
		number += "." + decimals
	}
	return number, ""
}

// digitGroups are the runs of digits, in ASCII, and the separators between them.
func digitGroups(runes []rune) (groups []string, separators []rune) {
	var group []rune
	for _, r := range runes {
		if d, ok := digit(r); ok {
			group = append(group, d)
			continue
		}
		groups, separators = append(groups, string(group)), append(separators, separator(r))
		group = group[:0]
	}
	return append(groups, string(group)), separators
}

// grouped tells whether one separator stands between groups of three digits, or of
// two but for the last, as in India.
func grouped(groups []string, separators []rune) bool {
	for i, mark := range separators {
		group := groups[i+1]
		indian := len(group) == 2 && i < len(separators)-1
		if mark == 0 || mark != separators[0] || len(groups[0]) > 3 || len(group) != 3 && !indian {
			return false
		}
	}
	return true
}

// separator folds a separator to '.', ',' or ' '; 0 is none that feeds use.
func separator(r rune) rune {
	switch r {
	case '.', '．', '٫':
		return '.'
	case ',', '，', '٬', '،':
		return ','
	case '\'', '’', 'ʼ', '′', ' ':
		return ' '
	}
	return 0
}

// digit folds a decimal digit of any script to ASCII: Unicode keeps each script's
// ten digits in one run (The Unicode Standard, section 4.6).
func digit(r rune) (rune, bool) {
	if '0' <= r && r <= '9' {
		return r, true
	}
	if !unicode.IsDigit(r) {
		return 0, false
	}
	for _, t := range unicode.Nd.R16 {
		if r <= rune(t.Hi) && r >= rune(t.Lo) {
			return '0' + (r-rune(t.Lo))%10, true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r <= rune(t.Hi) && r >= rune(t.Lo) {
			return '0' + (r-rune(t.Lo))%10, true
		}
	}
	return 0, false
}
