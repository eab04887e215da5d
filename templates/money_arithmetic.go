package templates

import (
	"errors"

	"github.com/cockroachdb/apd/v3"
)

// exact is how amounts, which have at most 21 digits, are reckoned with: 60 digits
// hold every sum and product that is made of them.
func exact() *apd.Context { return apd.BaseContext.WithPrecision(60) }

// percentOff is how many percent sale is below price, rounded down so that an ad
// never promises more than the truth; 0 when it is not below or one is missing.
func percentOff(price, sale *Money) (int, error) {
	saved, err := save(price, sale)
	if err != nil || saved == nil {
		return 0, err
	}
	ctx, off := exact(), new(apd.Decimal)
	_, err1 := ctx.Mul(off, saved.number, apd.New(100, 0))
	_, err2 := ctx.QuoInteger(off, off, price.number)
	if err := errors.Join(err1, err2); err != nil {
		return 0, err
	}
	n, err := off.Int64()
	return int(n), err
}

// save is the exact amount by which sale is below price; missing when it is not
// below or one is missing.
func save(price, sale *Money) (*Money, error) {
	if price == nil || sale == nil {
		return nil, nil
	}
	if err := sameCurrency(price, sale); err != nil || sale.number.Cmp(price.number) >= 0 {
		return nil, err
	}
	saved := new(apd.Decimal)
	if _, err := exact().Sub(saved, price.number, sale.number); err != nil {
		return nil, err
	}
	return &Money{number: saved, currency: price.currency, saving: true}, nil
}
