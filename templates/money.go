package templates

import (
	"fmt"
	"strings"

	"github.com/bojanz/currency"
	"github.com/cockroachdb/apd/v3"
)

// Money is an exact amount of a currency.
type Money struct {
	number   *apd.Decimal // never negative; never changed
	currency string       // ISO 4217
	saving   bool         // what a customer saves, so that to promise more is to promise too much
}

// String is the normal form: "129.00 USD", with at least the currency's own decimals.
func (m *Money) String() string {
	whole, decimals, _ := strings.Cut(m.number.Text('f'), ".")
	if decimals = padded(decimals, minorUnits(m.currency)); len(decimals) == 3 && minorUnits(m.currency) != 3 && whole != "0" {
		decimals += "0" // three could be read as a group of thousands
	}
	if decimals != "" {
		whole += "." + decimals
	}
	return whole + " " + m.currency
}

// padded is decimals without zeros at the end beyond the first least of them, and
// with zeros where there are fewer.
func padded(decimals string, least int) string {
	decimals = strings.TrimRight(decimals, "0")
	return decimals + strings.Repeat("0", max(0, least-len(decimals)))
}

// minorUnits is how many decimals a currency is written with. CLDR 48 says so; it
// follows ISO 4217 but for currencies whose small coins are gone.
func minorUnits(code string) int {
	switch code {
	case "AFN", "ALL", "COP", "HUF", "IDR", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "PKR", "SOS", "SYP", "YER":
		return 0
	}
	digits, _ := currency.GetDigits(code)
	return int(digits)
}

// sameCurrency is an error when two amounts cannot be set against each other.
func sameCurrency(a, b *Money) error {
	if a.currency != b.currency {
		return fmt.Errorf("expected one currency on both sides; found %s and %s", a.currency, b.currency)
	}
	return nil
}
