package templates

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/cockroachdb/apd/v3"
)

// unit is what a measure is told in: a kind, and how much of the kind's first unit
// it is, exactly.
type unit struct{ kind, size string }

// units are those of unit_pricing_measure in Google's product data specification
// (support.google.com/merchants/answer/6324455). Inches and pounds are international
// ones (NIST SP 811, appendix B), gallons and their parts those of the United States.
var units = map[string]unit{
	"mg": {"weight", "0.001"}, "g": {"weight", "1"}, "kg": {"weight", "1000"},
	"oz": {"weight", "28.349523125"}, "lb": {"weight", "453.59237"},
	"ml": {"volume", "1"}, "cl": {"volume", "10"}, "l": {"volume", "1000"}, "cbm": {"volume", "1000000"},
	"floz": {"volume", "29.5735295625"}, "pt": {"volume", "473.176473"}, "qt": {"volume", "946.352946"}, "gal": {"volume", "3785.411784"},
	"cm": {"length", "1"}, "m": {"length", "100"}, "in": {"length", "2.54"}, "ft": {"length", "30.48"}, "yd": {"length", "91.44"},
	"sqm": {"area", "1"}, "sqft": {"area", "0.09290304"},
	"ct": {"count", "1"},
}

const (
	unitNames    = "mg, g, kg, oz, lb, ml, cl, l, cbm, floz, pt, qt, gal, cm, m, in, ft, yd, sqm, sqft or ct"
	measureForms = `an amount and a unit, such as "750 ml"`
)

// measure is an amount of a kind, in the kind's first unit.
type measure struct {
	amount *apd.Decimal
	kind   string
}

// parseMeasure reads "750ml", "1.5 kg" or "1,5 kg"; "kg" is one of it.
func parseMeasure(s string) (measure, error) {
	wrong := func(expected string) (measure, error) {
		return measure{}, fmt.Errorf("expected %s; found %q", expected, shorten(s))
	}
	name := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsSpace(r) || r == '.' || r == ',' })
	number := strings.TrimSpace(strings.TrimSuffix(s, name))
	u, ok := units[strings.ToLower(strings.TrimSpace(name))]
	if !ok {
		return wrong(measureForms + ", in " + unitNames)
	}
	if number == "" {
		number = "1"
	}
	// A comma before three digits could group thousands: 1,500 g.
	if whole, decimals, found := strings.Cut(number, ","); found {
		if len(decimals) == 3 && whole != "0" {
			return wrong(`an amount that reads only one way, such as "1.5 kg"`)
		}
		number = whole + "." + decimals
	}
	size, _, err1 := apd.NewFromString(u.size)
	amount, _, err2 := apd.NewFromString(number)
	if err1 != nil || err2 != nil || len(number) > 20 {
		return wrong(measureForms)
	}
	if amount.Sign() <= 0 {
		return wrong("an amount above zero")
	}
	_, err := exact().Mul(amount, amount, size)
	return measure{amount, u.kind}, err
}

// unitPrice is the price of base, where the product has measure of it: "750 ml" sold
// for 6 makes 8 for "1 l". Halves of the currency's smallest unit round up. It is
// missing when any of them is.
func unitPrice(price *Money, product, base string) (*Money, error) {
	if price == nil || product == "" || base == "" {
		return nil, nil
	}
	of, err := parseMeasure(product)
	if err != nil {
		return nil, err
	}
	per, err := parseMeasure(base)
	if err != nil {
		return nil, err
	}
	if of.kind != per.kind {
		return nil, fmt.Errorf("expected two measures of one kind; found %q, a %s, and %q, a %s", shorten(product), of.kind, shorten(base), per.kind)
	}
	ctx, result := exact(), new(apd.Decimal)
	_, err1 := ctx.Mul(result, price.number, per.amount)
	_, err2 := ctx.Quo(result, result, of.amount)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	ctx.Rounding = apd.RoundHalfUp
	if _, err := ctx.Quantize(result, result, -int32(minorUnits(price.currency))); err != nil || result.NumDigits() > 21 {
		return nil, fmt.Errorf("expected a unit price of at most 15 digits; found %q for each %q", shorten(product), shorten(base))
	}
	return &Money{number: result, currency: price.currency}, nil
}
