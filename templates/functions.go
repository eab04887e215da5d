package templates

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"
	"github.com/cockroachdb/apd/v3"
	"github.com/expr-lang/expr"
	"github.com/rivo/uniseg"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// functionPrefix keeps function names apart from field names. Who types it is refused.
const functionPrefix = "ƒ"

// functionNames are the functions of templates; builtins those of expr that stay.
var (
	functionNames = []string{"money", "percentOff", "upper", "lower", "title", "truncate", "default", "date", "number"}
	builtins      = []string{"len", "abs", "ceil", "floor", "round", "trim"}
)

// functionOptions are the functions of expressions for one locale.
// A missing value gives "" or 0 rather than an error.
func functionOptions(tag language.Tag) []expr.Option {
	locale := currency.NewLocale(tag.String())
	var options []expr.Option
	add := func(name string, f func(args ...any) (any, error), types ...any) {
		options = append(options, expr.Function(functionPrefix+name, f, types...))
	}
	add("compare", compare, new(func(string, any, any) bool))
	add("money", func(args ...any) (any, error) {
		cents := "always"
		if len(args) > 1 {
			cents = args[1].(string)
		}
		return formatMoney(args[0].(*Money), locale, cents)
	}, new(func(*Money, ...string) string))
	add("percentOff", func(args ...any) (any, error) {
		return percentOff(args[0].(*Money), args[1].(*Money))
	}, new(func(*Money, *Money) int))
	// A Caser keeps state, so each call makes its own: templates are shared.
	add("upper", func(args ...any) (any, error) { return cases.Upper(tag).String(args[0].(string)), nil }, new(func(string) string))
	add("lower", func(args ...any) (any, error) { return cases.Lower(tag).String(args[0].(string)), nil }, new(func(string) string))
	add("title", func(args ...any) (any, error) { return cases.Title(tag).String(args[0].(string)), nil }, new(func(string) string))
	add("truncate", func(args ...any) (any, error) { return truncate(args[0].(string), args[1].(int)) }, new(func(string, int) string))
	add("default", func(args ...any) (any, error) {
		if isMissing(args[0]) {
			return args[1], nil
		}
		return args[0], nil
	}, new(func(string, string) string), new(func(*Money, *Money) *Money), new(func(any, any) any))
	add("number", func(args ...any) (any, error) {
		if isMissing(args[0]) {
			return "", nil
		}
		return message.NewPrinter(tag).Sprint(number.Decimal(args[0])), nil
	}, new(func(float64) string), new(func(int) string))
	add("date", func(args ...any) (any, error) { return formatDate(args[0].(string), args[1].(string)) }, new(func(string, string) string))
	return options
}

func isMissing(v any) bool {
	m, money := v.(*Money)
	return v == nil || v == "" || money && m == nil
}

// compare gives comparisons their meaning: one with a missing value holds only
// when it asks whether the value is missing.
func compare(args ...any) (any, error) {
	operator, a, b := args[0].(string), args[1], args[2]
	if isMissing(a) || isMissing(b) {
		same := isMissing(a) && isMissing(b)
		return operator == "==" && same || operator == "!=" && !same, nil
	}
	order, err := order(a, b)
	if err != nil {
		return nil, err
	}
	switch operator {
	case "==":
		return order == 0, nil
	case "!=":
		return order != 0, nil
	case "<":
		return order < 0, nil
	case "<=":
		return order <= 0, nil
	case ">":
		return order > 0, nil
	}
	return order >= 0, nil
}

func order(a, b any) (int, error) {
	if x, ok := a.(string); ok {
		if y, ok := b.(string); ok {
			return strings.Compare(x, y), nil
		}
	}
	if x, ok := a.(bool); ok {
		if y, ok := b.(bool); ok {
			return truth(x) - truth(y), nil
		}
	}
	x, currencyX, err := decimal(a)
	if err != nil {
		return 0, err
	}
	y, currencyY, err := decimal(b)
	if err != nil {
		return 0, err
	}
	if currencyX != "" && currencyY != "" && currencyX != currencyY {
		return 0, fmt.Errorf("expected one currency on both sides; found %s and %s", currencyX, currencyY)
	}
	return x.Cmp(y), nil
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// decimal is the exact number in an operand, with its currency if it has one.
func decimal(v any) (*apd.Decimal, string, error) {
	switch v := v.(type) {
	case *Money:
		d, _, err := apd.NewFromString(v.amount.Number())
		return d, v.amount.CurrencyCode(), err
	case int:
		return apd.New(int64(v), 0), "", nil
	case float64:
		d, err := new(apd.Decimal).SetFloat64(v)
		return d, "", err
	}
	return nil, "", fmt.Errorf("expected values of one kind on both sides; found %v", v)
}

// formatMoney writes an amount as the locale writes it (CLDR). cents is "always",
// or "nonzero": no decimals when they are all zero.
func formatMoney(m *Money, locale currency.Locale, cents string) (string, error) {
	if m == nil {
		return "", nil
	}
	f := currency.NewFormatter(locale)
	switch cents {
	case "always":
	case "nonzero":
		if m.amount.Round().Equal(m.amount.RoundTo(0, currency.RoundDown)) {
			f.MinDigits = 0
		}
	default:
		return "", fmt.Errorf(`expected "always" or "nonzero" for cents; found %q`, cents)
	}
	return f.Format(m.amount), nil
}

// percentOff is how many percent sale is below price, rounded down so that an ad
// never promises more than the truth; 0 when it is not below or one is missing.
func percentOff(price, sale *Money) (int, error) {
	if price == nil || sale == nil {
		return 0, nil
	}
	if c, err := order(sale, price); err != nil || c >= 0 {
		return 0, err
	}
	p, _, err := decimal(price)
	if err != nil {
		return 0, err
	}
	s, _, err := decimal(sale)
	if err != nil {
		return 0, err
	}
	ctx := apd.BaseContext.WithPrecision(40)
	off := new(apd.Decimal)
	_, err1 := ctx.Sub(off, p, s)
	_, err2 := ctx.Mul(off, off, apd.New(100, 0))
	_, err3 := ctx.QuoInteger(off, off, p)
	if err := errors.Join(err1, err2, err3); err != nil {
		return 0, err
	}
	n, err := off.Int64()
	return int(n), err
}

// truncate cuts a text to n user-perceived characters, the last one being … when
// something was cut (grapheme clusters of UAX #29).
func truncate(s string, n int) (string, error) {
	if n < 1 {
		return "", fmt.Errorf("expected a length of at least 1; found %d", n)
	}
	if uniseg.GraphemeClusterCount(s) <= n {
		return s, nil
	}
	var cut strings.Builder
	for g := uniseg.NewGraphemes(s); n > 1 && g.Next(); n-- {
		cut.WriteString(g.Str())
	}
	return strings.TrimSpace(cut.String()) + "…", nil
}

// formatDate writes an ISO 8601 date or time by a pattern of yyyy, MM, M, dd, d,
// HH and mm. The time is shown as it stands: a picture depends on no time zone.
func formatDate(s, pattern string) (string, error) {
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return writeDate(t, pattern), nil
		}
	}
	return "", fmt.Errorf("expected an ISO 8601 date such as 2026-11-27; found %q", shorten(s))
}

var dateParts = []struct{ pattern, layout string }{
	{"yyyy", "2006"}, {"MM", "01"}, {"M", "1"}, {"dd", "02"}, {"d", "2"}, {"HH", "15"}, {"mm", "04"},
}

// writeDate replaces the parts of a pattern that stand alone; a letter beside them,
// as in a word, leaves them as they are.
func writeDate(t time.Time, pattern string) string {
	var out strings.Builder
	for rest := pattern; rest != ""; {
		word := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsLetter))
		if word == 0 {
			_, size := utf8.DecodeRuneInString(rest)
			out.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		text := rest[:word]
		for _, part := range dateParts {
			if text == part.pattern {
				text = t.Format(part.layout)
				break
			}
		}
		out.WriteString(text)
		rest = rest[word:]
	}
	return out.String()
}
