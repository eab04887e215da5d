package templates

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/bojanz/currency"
)

// Money is an exact amount of a currency.
type Money struct{ amount currency.Amount }

// symbols are the currency signs that mean one currency in a feed. A dollar
// sign alone is taken for the US dollar and ¥ for the yen, as feeds do.
var symbols = map[string]string{"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY",
	"₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₫": "VND", "₪": "ILS", "฿": "THB", "₴": "UAH", "₦": "NGN",
	"₱": "PHP", "zł": "PLN", "R$": "BRL", "Kč": "CZK", "Ft": "HUF"}

const moneyForms = `an amount with its currency, such as "129.00 USD"`

// ParseMoney reads an amount with its currency as feeds write it: "129.00 USD",
// "1.299,00 EUR", "€ 12,50", "¥39,800", "CHF 1'299.50". A single separator before
// exactly three digits is refused where it could be either a decimal or a
// grouping one; so are negative amounts, ranges and exponents.
func ParseMoney(s string) (*Money, error) {
	wrong := func(expected string) (*Money, error) {
		return nil, &FieldError{Expected: expected, Found: s}
	}
	runes := []rune(strings.TrimSpace(s))
	first, last := -1, -1
	for i, r := range runes {
		if unicode.IsDigit(r) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 || len(runes) > 64 {
		return wrong(moneyForms)
	}
	before := strings.TrimFunc(string(runes[:first]), unicode.IsSpace)
	after := strings.TrimFunc(string(runes[last+1:]), unicode.IsSpace)
	if before != "" && after != "" {
		return wrong(moneyForms)
	}
	code, ok := currencyCode(before + after)
	if !ok {
		return wrong(moneyForms)
	}
	number, expected := plainNumber(runes[first:last+1], code)
	if expected != "" {
		return wrong(expected)
	}
	amount, err := currency.NewAmount(number, code)
	if err != nil {
		return wrong(moneyForms)
	}
	return &Money{amount}, nil
}

func currencyCode(s string) (string, bool) {
	if code, ok := symbols[s]; ok {
		return code, true
	}
	code := strings.ToUpper(s)
	return code, currency.IsValid(code)
}

// plainNumber turns the digits and separators between first and last digit into
// "1299.00", or says what was expected instead.
func plainNumber(runes []rune, code string) (number, expected string) {
	groups := [][]rune{nil}
	var separators []rune
	for _, r := range runes {
		if d, ok := digit(r); ok {
			groups[len(groups)-1] = append(groups[len(groups)-1], d)
			continue
		}
		separators = append(separators, separator(r))
		groups = append(groups, nil)
	}
	decimals := ""
	if n := len(separators); n > 0 {
		mark, tail := separators[n-1], groups[n]
		minor, _ := currency.GetDigits(code)
		switch {
		case mark != '.' && mark != ',': // spaces and apostrophes only group
		case n > 1 && separators[n-2] == mark: // 1.299.000
		case n > 1: // 1.299,00
			decimals, groups, separators = string(tail), groups[:n], separators[:n-1]
		case len(tail) != 3 || minor == 3 && mark == '.' || string(groups[0]) == "0":
			decimals, groups, separators = string(tail), groups[:n], separators[:n-1]
		case minor == 0: // ¥39,800
		default:
			return "", fmt.Sprintf("an amount that reads only one way, such as %[1]s%[2]s.00 %[3]s or %[1]s.%[2]s0 %[3]s",
				string(groups[0]), string(tail), code)
		}
	}
	for i, mark := range separators {
		group := groups[i+1]
		indian := len(group) == 2 && i < len(separators)-1
		if mark == 0 || mark != separators[0] || len(groups[0]) > 3 || len(group) != 3 && !indian {
			return "", moneyForms
		}
	}
	var whole strings.Builder
	for _, g := range groups {
		whole.WriteString(string(g))
	}
	if whole.Len() > 15 || len(decimals) > 6 {
		return "", "at most 15 digits and 6 decimals"
	}
	if decimals != "" {
		return whole.String() + "." + decimals, ""
	}
	return whole.String(), ""
}

// separator folds a separator to '.', ',' or ' '; 0 is none that feeds use.
func separator(r rune) rune {
	switch r {
	case '.', '．', '٫':
		return '.'
	case ',', '，', '٬':
		return ','
	case '\'', '’', ' ', '\u00a0', '\u202f', '\u2009':
		return ' '
	}
	return 0
}

// digit folds a decimal digit of any script to ASCII: Unicode keeps each script's
// ten digits in one run (The Unicode Standard, section 4.6).
func digit(r rune) (rune, bool) {
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

// String is the normal form: "129.00 USD", with at least the currency's own decimals.
func (m *Money) String() string {
	minor, _ := currency.GetDigits(m.amount.CurrencyCode())
	number := m.amount.Number()
	whole, decimals, _ := strings.Cut(number, ".")
	decimals = strings.TrimRight(decimals, "0")
	for len(decimals) < int(minor) {
		decimals += "0"
	}
	if decimals != "" {
		whole += "." + decimals
	}
	return whole + " " + m.amount.CurrencyCode()
}
