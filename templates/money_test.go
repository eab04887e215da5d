package templates_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	f := func(s, want string) {
		t.Helper()
		if m, err := templates.ParseMoney(s); err != nil || m.String() != want {
			t.Errorf("ParseMoney(%q) = %v, %v; want %s", s, m, err, want)
		}
	}
	f("129.00 USD", "129.00 USD")
	f("12 EUR", "12.00 EUR")
	f("EUR 12.5", "12.50 EUR")
	f("EUR 12,50", "12.50 EUR")
	f("12,00 EUR", "12.00 EUR")
	f("12,50€", "12.50 EUR")
	f("1.299,00 EUR", "1299.00 EUR")
	f("1,299.00 USD", "1299.00 USD")
	f("1 299,00 €", "1299.00 EUR")
	f("1\u00a0299\u202f000,5 €", "1299000.50 EUR")
	f("1\u2009299,00 zł", "1299.00 PLN")
	f("12.000 KWD", "12.000 KWD")
	f("CHF 1'299.50", "1299.50 CHF")
	f("1’299.50 Fr.", "1299.50 CHF")
	f("12.00eur", "12.00 EUR")
	f("0.125 USD", "0.125 USD")
	f("0.00 USD", "0.00 USD")
	f("1.2340 USD", "1.2340 USD")
	f("1.299.000 EUR", "1299000.00 EUR")

	// An amount may begin with its decimals; behind an abbreviation a full stop is none.
	f(".99 USD", "0.99 USD")
	f("$.99", "0.99 USD")
	f("US$ .5", "0.50 USD")
	f(",99 €", "0.99 EUR")
	f("€,99", "0.99 EUR")
	f("£ .5", "0.50 GBP")
	f(",995 EUR", "0.995 EUR")
	f("٫٩٩ SAR", "0.99 SAR")
	f("$.125", "0.125 USD")
	f("Fr.12.50", "12.50 CHF")
	f("CHF.12.50", "12.50 CHF")
	f("S/.12", "12.00 PEN")

	// Signs.
	f("$12", "12.00 USD")
	f("US$12.99", "12.99 USD")
	f("US $12.99", "12.99 USD")
	f("A$12.99", "12.99 AUD")
	f("C$12.99", "12.99 CAD")
	f("HK$1,299.00", "1299.00 HKD")
	f("NT$12.99", "12.99 TWD")
	f("S$12.99", "12.99 SGD")
	f("NZ$12.99", "12.99 NZD")
	f("MX$12.99", "12.99 MXN")
	f("R$ 1.299,90", "1299.90 BRL")
	f("$12.99 CAD", "12.99 CAD")
	f("1 299,50 $ CA", "1299.50 CAD")
	f("12,99 $US", "12.99 USD")
	f("USD $12.99", "12.99 USD")
	f("MXN$12.99", "12.99 MXN")
	f("$ 12.990 CLP", "12990 CLP")
	f("kr 129,00 SEK", "129.00 SEK")
	f("£12.99", "12.99 GBP")
	f("¥39,800", "39800 JPY")
	f("39 800 ¥", "39800 JPY")
	f("1500 JPY", "1500 JPY")
	f("39,800円", "39800 JPY")
	f("￥３９，８００", "39800 JPY")
	f("299.00元", "299.00 CNY")
	f("39,800원", "39800 KRW")
	f("₹1,29,900", "129900.00 INR")
	f("₹1,29,999.00", "129999.00 INR")
	f("Rp 1.299.000", "1299000 IDR")
	f("Rp129.000", "129000 IDR")
	f("1.299.000 ₫", "1299000 VND")
	f("129.000đ", "129000 VND")
	f("12.990 Ft", "12990 HUF")
	f("1 299,00 Kč", "1299.00 CZK")
	f("1 299,00 руб.", "1299.00 RUB")
	f("1 299,50 грн", "1299.50 UAH")
	f("129,99 lei", "129.99 RON")
	f("129,99 TL", "129.99 TRY")
	f("AED 129", "129.00 AED")
	f("129.00 د.إ.\u200f", "129.00 AED")
	f("\u200f١٬٢٩٩٫٥٠\u00a0ر.س.\u200f", "1299.50 SAR")
	f("١٢٫٥٠ SAR", "12.50 SAR")
	f("\u200e۱٬۲۹۹٬۰۰۰\u00a0ریال", "1299000 IRR")
	f("\u2067129.00\u2069 ₪", "129.00 ILS")
	f("१,२९,९००.०० INR", "129900.00 INR")
	f("１２.００ EUR", "12.00 EUR")

	// No cents.
	f("1 299.- CHF", "1299.00 CHF")
	f("CHF 1'299.–", "1299.00 CHF")
	f("1299,- NOK", "1299.00 NOK")
	f("129,-- €", "129.00 EUR")
	f("1.299,- EUR", "1299.00 EUR")
	f("€ 1.299,--", "1299.00 EUR")
	f("1,299.- USD", "1299.00 USD")
	f("12.500,- KWD", "12500.000 KWD")
	f("1 299:- SEK", "1299.00 SEK")
}

func TestParseMoneyRefuses(t *testing.T) {
	t.Parallel()
	f := func(want string, texts ...string) {
		t.Helper()
		for _, s := range texts {
			if m, err := templates.ParseMoney(s); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("ParseMoney(%q) = %v, %v; want an error with %s", s, m, err, want)
			}
		}
	}
	f(`expected an amount with its currency, such as "129.00 USD"`,
		"", "free", "12", "12.0", "-5.00 USD", "−5.00 USD", "(5.00 USD)", "12.00 USD - 15.00 USD", "12–15 EUR", "from 12 EUR", "$5 or £4",
		"12.00 USD 15.00 USD", "9.99 XXX", "1e3 USD", "1.2.3 USD", "1,29,99 USD", "12.34.56,7 EUR", "USD 5 EUR", "$5 EUR", "5..0 USD",
		"1234.567,00 EUR", "12.- - EUR", "$.9.9", ".1,299.00 USD", strings.Repeat("1", 100)+" USD", strings.Repeat("\u200f", 400)+"1 USD", "12 تومان")
	f("reads only one way, such as 1299.00 EUR or 1.2990 EUR", "1.299 EUR", "1,299 EUR", "1,299€")
	f("reads only one way, such as 50.00 EUR or 0.50 EUR", "EUR.50")
	f("reads only one way", "1,299 USD", "1,299 KWD")
	f(`a currency by its code, such as "129.00 SEK"; the sign stands for SEK, NOK, DKK, ISK`, "129 kr", "kr. 129,00", "1299,- kr")
	f("the sign stands for INR, PKR, LKR, NPR, MUR", "Rs. 129", "Rs 129.00")
	f("the sign stands for SAR, IRR", "129 ﷼")
	f("at most 15 digits and 6 decimals", "99999999999999999999.99 USD", "1.1234567 EUR")
}

func TestMoneyCents(t *testing.T) {
	t.Parallel()
	const start, end = string(templates.SuperscriptStart), string(templates.SuperscriptEnd)
	f := func(locale, cents, price, want string) {
		t.Helper()
		got, err := eval(t, locale, "{{money(price, '"+cents+"')}}", templates.Fields{"price": price})
		if err != nil || got != want {
			t.Errorf("money(%s, %s) in %s = %+q, %v; want %+q", price, cents, locale, got, err, want)
		}
	}
	f("en", "always", "20 USD", "$20.00")
	f("en", "always", "1.459 KWD", "KWD\u00a01.459")
	f("de", "always", "1,4590 EUR", "1,459\u00a0€")
	f("hu", "always", "1299.5 HUF", "1299,5\u00a0Ft")
	f("en", "nonzero", "20 USD", "$20")
	f("en", "nonzero", "19.90 USD", "$19.90")
	f("en", "never", "20 USD", "$20")
	f("en", "never", "129.99 USD", "$130")
	f("en", "never", "129.01 USD", "$130")
	f("en", "never", "9.9990 USD", "$10")
	f("de", "never", "999999,01 EUR", "1.000.000\u00a0€")
	f("en", "superscript", "19.99 USD", "$19"+start+"99"+end)
	f("de", "superscript", "1.219,90 EUR", "1.219"+start+"90"+end+"\u00a0€")
	f("en", "superscript", "20 USD", "$20"+start+"00"+end)
	f("ja", "superscript", "2000 JPY", "￥2,000")
	f("ar-EG", "superscript", "19.99 EGP", "\u200f١٩"+start+"٩٩"+end+"\u00a0ج.م.\u200f")
	f("ar-EG-u-nu-latn", "always", "1299.5 EGP", "\u200f1,299.50\u00a0ج.م.\u200f")
	f("tlh", "always", "1299.5 EUR", "€1,299.50")
	f("pt-CV", "always", "12 CVE", "12,00\u00a0CVE")

	if _, err := eval(t, "en", "{{money(price, 'none')}}", templates.Fields{"price": "1 EUR"}); err == nil ||
		!strings.Contains(err.Error(), `expected "always", "nonzero", "never" or "superscript" for cents; found "none"`) {
		t.Errorf("unknown cents: %v", err)
	}
}

// The parts that are drawn raised come through the other functions without harm.
func TestSuperscriptMarkers(t *testing.T) {
	t.Parallel()
	const start, end = string(templates.SuperscriptStart), string(templates.SuperscriptEnd)
	f := func(text, want string) {
		t.Helper()
		got, err := eval(t, "en", text, templates.Fields{"price": "19.99 USD", "title": "a" + start + "b" + end + "\U0001FFFEc\uFFFF"})
		if err != nil || got != want {
			t.Errorf("%s = %+q, %v; want %+q", text, got, err, want)
		}
	}
	const price = "$19" + start + "99" + end
	f("{{title}}", "abc")
	f("{{upper(money(price, 'superscript'))}}{{lower(money(price, 'superscript'))}}{{title(money(price, 'superscript'))}}", price+price+price)
	f("{{truncate(money(price, 'superscript'), 5)}}", price)
	f("{{truncate(money(price, 'superscript'), 4)}}", "$19"+start+end+"…")
	f("{{truncate(money(price, 'superscript') + '!', 5)}}", "$19"+start+"9"+end+"…")
	f("{{truncate(money(price, 'superscript') + '!', 6)}}", price+"!")
}

func TestSavings(t *testing.T) {
	t.Parallel()
	f := func(text, want string) {
		t.Helper()
		got, err := eval(t, "en", text, templates.Fields{"price": "100 USD", "sale_price": "66.67 USD"})
		if err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", text, got, err, want)
		}
	}
	f("{{money(save(price, sale_price))}} {{save(price, sale_price)}}", "$33.33 33.33 USD")
	f("{{money(save(price, sale_price), 'never')}}", "$33")
	f("{{money(default(save(sale_price, price), price), 'never')}}", "$100")
	f("[{{money(save(sale_price, price))}}{{save(price, price)}}]", "[]")
	f("{{save(price, sale_price) > 30}} {{save(sale_price, price) == nil}}", "true true")

	product := templates.Fields{"price": "2 EUR", "sale_price": "1 USD"}
	for _, text := range []string{"{{save(price, sale_price)}}", "{{percentOff(price, sale_price)}}"} {
		if _, err := eval(t, "en", text, product); err == nil || !strings.Contains(err.Error(), "one currency on both sides; found EUR and USD") {
			t.Errorf("%s: %v", text, err)
		}
	}
	if got, err := eval(t, "en", "[{{save(price, sale_price)}}]", templates.Fields{"price": "2 EUR"}); err != nil || got != "[]" {
		t.Errorf("without a sale price: %q, %v", got, err)
	}
}

func TestUnitPrice(t *testing.T) {
	t.Parallel()
	f := func(price, measure, base, want string) {
		t.Helper()
		got, err := eval(t, "de", "{{unitPrice(price, '"+measure+"', '"+base+"')}}", templates.Fields{"price": price})
		if err != nil {
			got = err.Error()
		}
		if got != want && (err == nil || want == "" || !strings.Contains(got, want)) {
			t.Errorf("unitPrice(%s, %s, %s) = %q; want %q", price, measure, base, got, want)
		}
	}
	f("6 EUR", "750ml", "100ml", "0.80 EUR")
	f("6 EUR", "750 ml", "1 l", "8.00 EUR")
	f("6 EUR", "75cl", "l", "8.00 EUR")
	f("4.99 EUR", "1.5 kg", "100g", "0.33 EUR")
	f("4.99 EUR", "1,5 KG", "1kg", "3.33 EUR")
	f("1 EUR", "8 ct", "1 ct", "0.13 EUR")
	f("1 USD", "16 oz", "1 lb", "1.00 USD")
	f("398 JPY", "300 g", "100 g", "133 JPY")
	f("89 EUR", "2.5 sqm", "1 sqm", "35.60 EUR")
	f("6 EUR", "", "1 l", "")
	f("6 EUR", "750ml", "", "")
	f("", "750ml", "1 l", "")
	f("6 EUR", "750ml", "100g", `expected two measures of one kind; found "750ml", a volume, and "100g", a weight`)
	f("6 EUR", "750", "1 l", `such as "750 ml", in mg, g, kg`)
	f("6 EUR", "6 stone", "1 kg", `found "6 stone"`)
	f("6 EUR", "0 ml", "1 l", "an amount above zero")
	f("6 EUR", "1,500 g", "1 kg", "reads only one way")
	f("6 EUR", "1.2.3 g", "1 kg", `such as "750 ml"; found "1.2.3 g"`)
	f("6 EUR", "0.000000001 mg", "999999999 kg", "expected a unit price of at most 15 digits")
}

func BenchmarkMoney(b *testing.B) {
	for _, bench := range []struct{ locale, price, text string }{
		{"en", "1299.50 USD", "{{money(price)}}"}, {"de", "1299.50 EUR", "{{money(price, 'superscript')}}"},
		{"ar-EG", "1299.50 EGP", "{{money(price)}}"}, {"en", "1299.50 USD", "{{date('2026-11-27', 'long')}}"},
		{"en", "1299.50 USD", "{{number(1234567.891)}}"},
	} {
		b.Run(bench.locale+" "+bench.text, func(b *testing.B) {
			text, values := expansion(b, bench.locale, bench.text, templates.Fields{"price": bench.price})
			b.ReportAllocs()
			for b.Loop() {
				if _, err := text.Eval(values); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseMoney(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := templates.ParseMoney("1.299,00 EUR"); err != nil {
			b.Fatal(err)
		}
	}
}
