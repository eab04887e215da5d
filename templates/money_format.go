package templates

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"
)

// SuperscriptStart and SuperscriptEnd stand around what money writes raised, as in
// 19⁹⁹. They are noncharacters, which field values are rid of, so that no product
// can forge one. A text may still hold one without the other, where it was written
// into a template: it stands for nothing.
const (
	SuperscriptStart = '\uFDD0'
	SuperscriptEnd   = '\uFDD1'
)

const centsForms = `"always", "nonzero", "never" or "superscript" for cents`

// formatMoney writes an amount as the locale writes it (CLDR). cents is
//   - "always": the currency's decimals, and more where the amount has more;
//   - "nonzero": the same, but none when they are all zero;
//   - "never": none. The amount is rounded up, so that no ad shows too low a price,
//     and what save gives is rounded down, so that none promises too much;
//   - "superscript": as always, raised and without a decimal separator.
func formatMoney(m *Money, c *conventions, cents string) (string, error) {
	if m == nil {
		return "", nil
	}
	whole, decimals, _ := strings.Cut(m.number.Text('f'), ".")
	decimals = padded(decimals, minorUnits(m.currency))
	raised := ""
	switch cents {
	case "always":
	case "nonzero":
		if strings.Trim(decimals, "0") == "" {
			decimals = ""
		}
	case "never":
		rounding := apd.RoundCeiling
		if m.saving {
			rounding = apd.RoundDown
		}
		whole, decimals = decimalDigits(m.number, 0, rounding)
	case "superscript":
		if decimals != "" {
			raised = string(SuperscriptStart) + c.digits(decimals) + string(SuperscriptEnd)
		}
		decimals = ""
	default:
		return "", fmt.Errorf("expected %s; found %q", centsForms, shorten(cents))
	}
	return c.withSign(c.write(c.money, whole, decimals)+raised, m.currency), nil
}

// withSign writes the currency's sign beside digits. Where a pattern has no space
// between them, CLDR puts one unless a symbol touches the digits: $5, but CHF 5.
func (c *conventions) withSign(digits, code string) string {
	sign := c.signs[code]
	if sign == "" {
		sign = code
	}
	before, touches := strings.CutSuffix(c.before, "¤")
	switch {
	case touches && spaced(utf8.DecodeLastRuneInString(sign)):
		before += sign + "\u00a0"
	case touches:
		before += sign
	default:
		before = strings.Replace(before, "¤", sign, 1)
	}
	after, touches := strings.CutPrefix(c.after, "¤")
	switch {
	case touches && spaced(utf8.DecodeRuneInString(sign)):
		after = "\u00a0" + sign + after
	case touches:
		after = sign + after
	default:
		after = strings.Replace(after, "¤", sign, 1)
	}
	return before + digits + after
}

func spaced(r rune, _ int) bool {
	return !unicode.In(r, unicode.S, unicode.Z)
}
