package templates

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// maxDecimals bounds the decimals of a number; patternDecimals is how many CLDR's
// pattern for numbers, #,##0.###, has at most.
const (
	maxDecimals     = 20
	patternDecimals = 3
)

// formatNumber writes a number as the locale does: with the decimals asked for, or
// with those it has, three at most. Halves round away from zero.
func formatNumber(n any, c *conventions, decimals ...int) (string, error) {
	if isMissing(n) {
		return "", nil
	}
	if len(decimals) > 0 && (decimals[0] < 0 || decimals[0] > maxDecimals) {
		return "", fmt.Errorf("expected 0 to %d decimals; found %d", maxDecimals, decimals[0])
	}
	d := new(apd.Decimal)
	switch n := n.(type) {
	case int:
		d.SetInt64(int64(n))
	case float64:
		if math.IsInf(n, 0) || math.IsNaN(n) {
			return "", fmt.Errorf("expected a finite number; found %v", n)
		}
		if _, _, err := d.SetString(strconv.FormatFloat(n, 'f', -1, 64)); err != nil {
			return "", err
		}
	default:
		return "", fmt.Errorf("expected a number; found %v", n)
	}
	least, most := 0, patternDecimals
	if len(decimals) > 0 {
		least, most = decimals[0], decimals[0]
	}
	whole, rest := decimalDigits(d, most, apd.RoundHalfUp)
	if rest = strings.TrimRight(rest, "0"); len(rest) < least {
		rest += strings.Repeat("0", least-len(rest))
	}
	text := c.write(c.number, whole, rest)
	if d.Negative && strings.Trim(whole+rest, "0") != "" {
		text = c.minus + text
	}
	return text, nil
}

// decimalDigits are the digits of a number before and after the decimal separator,
// rounded to at most so many decimals. The sign is left out.
func decimalDigits(d *apd.Decimal, most int, rounding apd.Rounder) (whole, decimals string) {
	whole, decimals, _ = strings.Cut(new(apd.Decimal).Abs(d).Text('f'), ".")
	if len(decimals) <= most {
		return whole, decimals
	}
	ctx := apd.BaseContext.WithPrecision(uint32(len(whole) + len(decimals) + 1))
	ctx.Rounding = rounding
	rounded := new(apd.Decimal)
	if _, err := ctx.Quantize(rounded, new(apd.Decimal).Abs(d), -int32(most)); err != nil {
		return whole, decimals // it has more digits than an exponent can say; none of ours does
	}
	whole, decimals, _ = strings.Cut(rounded.Text('f'), ".")
	return whole, decimals
}
