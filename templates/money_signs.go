package templates

import (
	"slices"
	"strings"
	"unicode"

	"github.com/bojanz/currency"
)

// signs are what feeds write for one currency, beside its ISO 4217 code: folded, as
// currencyOf folds. A dollar sign alone is taken for the US dollar, ¥ for the yen
// and £ for the pound sterling, as feeds do.
var signs = map[string]string{
	"$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "cdn$": "CAD", "$us": "USD", "$ca": "CAD", "$au": "AUD", "hk$": "HKD", "nt$": "TWD",
	"s$": "SGD", "sg$": "SGD", "nz$": "NZD", "mx$": "MXN", "mex$": "MXN", "r$": "BRL", "ar$": "ARS",
	"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "JPY", "jp¥": "JPY", "円": "JPY", "cn¥": "CNY", "元": "CNY", "rmb": "CNY",
	"₹": "INR", "₩": "KRW", "원": "KRW", "₽": "RUB", "руб": "RUB", "р": "RUB", "₺": "TRY", "tl": "TRY", "₫": "VND", "đ": "VND", "vnđ": "VND",
	"₪": "ILS", "nis": "ILS", "ש״ח": "ILS", "ש\"ח": "ILS", "฿": "THB", "บาท": "THB", "₴": "UAH", "грн": "UAH", "₦": "NGN", "₱": "PHP",
	"zł": "PLN", "zl": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON", "leu": "RON", "sfr": "CHF", "fr": "CHF",
	"din": "RSD", "дин": "RSD", "km": "BAM", "ден": "MKD", "lek": "ALL", "lekë": "ALL", "₾": "GEL", "֏": "AMD", "₼": "AZN", "₸": "KZT",
	"rp": "IDR", "rm": "MYR", "৳": "BDT", "₭": "LAK", "₮": "MNT", "៛": "KHR", "r": "ZAR", "ksh": "KES", "₵": "GHS", "gh₵": "GHS",
	"₡": "CRC", "₲": "PYG", "s/": "PEN", "b/": "PAB", "q": "GTQ",
	"دإ": "AED", "رس": "SAR", "دك": "KWD", "دب": "BHD", "رق": "QAR", "رع": "OMR", "جم": "EGP", "دم": "MAD", "دت": "TND", "دأ": "JOD",
	"دج": "DZD", "دع": "IQD", "لل": "LBP", "دل": "LYD", "ریال": "IRR",
}

// sharedSigns stand for several currencies, so that a feed has to say which.
var sharedSigns = map[string][]string{
	"kr": {"SEK", "NOK", "DKK", "ISK"}, "rs": {"INR", "PKR", "LKR", "NPR", "MUR"}, "₨": {"PKR", "INR", "LKR", "NPR", "MUR"},
	"﷼": {"SAR", "IRR", "QAR", "OMR", "YER"}, "ريال": {"SAR", "QAR", "OMR", "YER"}, "درهم": {"AED", "MAD"},
	"دينار": {"KWD", "BHD", "JOD", "IQD", "TND", "DZD", "LYD"}, "fcfa": {"XOF", "XAF"}, "cfa": {"XOF", "XAF"},
}

// alsoMean are further currencies of signs that have a meaning of their own. The
// code beside the sign decides: "$12.99 CAD".
var alsoMean = map[string][]string{
	"$": {"AUD", "CAD", "NZD", "HKD", "TWD", "SGD", "MXN", "ARS", "CLP", "COP", "BRL", "UYU", "DOP", "BBD", "BSD", "BZD", "JMD", "TTD", "XCD"},
	"¥": {"CNY"}, "£": {"EGP", "GIP", "FKP", "SHP", "LBP", "SYP"}, "元": {"TWD", "HKD"}, "₩": {"KPW"},
}

// currencyOf reads what stands before and after a number: a sign, a code, or both of
// one currency. It returns the currency, or several that it could be, or none.
func currencyOf(before, after string) (code string, among []string) {
	before, after = foldSign(before), foldSign(after)
	if before != "" && after != "" {
		return agreed([2]string{before, after}, [2]string{after, before}), nil
	}
	sign := before + after
	if shared := sharedSigns[sign]; shared != nil {
		return "", shared
	}
	if code := signs[sign]; code != "" {
		return code, nil
	}
	if code := isoCode(sign); code != "" {
		return code, nil
	}
	n := len(sign)
	if n <= 3 {
		return "", nil
	}
	return agreed([2]string{sign[3:], sign[:3]}, [2]string{sign[:n-3], sign[n-3:]}), nil // MXN$, $ CAD
}

// agreed is the currency of the first pair of a sign and a code that agree.
func agreed(pairs ...[2]string) string {
	for _, pair := range pairs {
		sign, code := pair[0], isoCode(pair[1])
		if code != "" && (signs[sign] == code || slices.Contains(sharedSigns[sign], code) || slices.Contains(alsoMean[sign], code)) {
			return code
		}
	}
	return ""
}

func isoCode(folded string) string {
	if code := strings.ToUpper(folded); currency.IsValid(code) {
		return code
	}
	return ""
}

// foldSign is a currency sign in lower case, without spaces and full stops, its full
// width forms as usual ones.
func foldSign(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '.':
			return -1
		case '＄':
			return '$'
		case '￥':
			return '¥'
		case '￡':
			return '£'
		case '￦':
			return '₩'
		}
		return unicode.ToLower(r)
	}, s)
}
