package templates_test

import (
	"testing"

	"github.com/adloom/adloom/templates"
)

// What is read has a normal form that reads as itself.
func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"129.00 USD", "1.299,00 EUR", "¥39,800", "₹1,29,999.00", "١٢٫٥٠ SAR", "CHF 1'299.50", "1e3 USD", "𝟙𝟚 EUR", "-5 USD"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := templates.ParseMoney(s)
		if err != nil {
			return
		}
		again, err := templates.ParseMoney(m.String())
		if err != nil || again.String() != m.String() {
			t.Errorf("%q reads as %s, which reads as %v, %v", s, m, again, err)
		}
	})
}
