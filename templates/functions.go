package templates

import (
	"github.com/expr-lang/expr"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// functionPrefix keeps function names apart from field names. Who types it is refused.
const functionPrefix = "ƒ"

// functionNames are the functions of templates; builtins those of expr that stay.
var (
	functionNames = []string{"money", "percentOff", "save", "unitPrice", "upper", "lower", "title", "truncate", "default",
		"date", "dateStart", "dateEnd", "number"}
	builtins = []string{"len", "abs", "ceil", "floor", "round", "trim"}
)

// functionOptions are the functions of expressions for one locale.
// A missing value gives "" or 0 rather than an error.
func functionOptions(tag language.Tag) []expr.Option {
	c := conventionsOf(tag)
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
		return formatMoney(args[0].(*Money), c, cents)
	}, new(func(*Money, ...string) string))
	add("percentOff", func(args ...any) (any, error) {
		return percentOff(args[0].(*Money), args[1].(*Money))
	}, new(func(*Money, *Money) int))
	add("save", func(args ...any) (any, error) {
		return save(args[0].(*Money), args[1].(*Money))
	}, new(func(*Money, *Money) *Money))
	add("unitPrice", func(args ...any) (any, error) {
		return unitPrice(args[0].(*Money), args[1].(string), args[2].(string))
	}, new(func(*Money, string, string) *Money))
	// A Caser keeps state, so each call makes its own: templates are shared.
	add("upper", func(args ...any) (any, error) { return upperCase(tag, args[0].(string)), nil }, new(func(string) string))
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
		if len(args) > 1 {
			return formatNumber(args[0], c, args[1].(int))
		}
		return formatNumber(args[0], c)
	}, new(func(float64, ...int) string), new(func(int, ...int) string))
	add("date", func(args ...any) (any, error) { return formatDate(args[0].(string), args[1].(string), c) }, new(func(string, string) string))
	add("dateStart", func(args ...any) (any, error) { return formatDate(dateStart(args[0].(string)), args[1].(string), c) }, new(func(string, string) string))
	add("dateEnd", func(args ...any) (any, error) { return formatDate(dateEnd(args[0].(string)), args[1].(string), c) }, new(func(string, string) string))
	return options
}

func isMissing(v any) bool {
	m, money := v.(*Money)
	return v == nil || v == "" || money && m == nil
}
