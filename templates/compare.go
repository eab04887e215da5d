package templates

import (
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

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
		return v.number, v.currency, nil
	case int:
		return apd.New(int64(v), 0), "", nil
	case float64:
		d, err := new(apd.Decimal).SetFloat64(v)
		return d, "", err
	}
	return nil, "", fmt.Errorf("expected values of one kind on both sides; found %v", v)
}
