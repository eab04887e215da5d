package templates_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

// eval expands one text over fields of every type.
func eval(t *testing.T, locale, text string, product templates.Fields) (string, error) {
	t.Helper()
	expansion, values := expansion(t, locale, text, product)
	return expansion.Eval(values)
}

func expansion(t testing.TB, locale, text string, product templates.Fields) (*templates.Expansion, *templates.Values) {
	t.Helper()
	doc := `{"schema":1,"name":"n","width":10,"height":10,"locale":"` + locale + `","fields":[
		{"name":"title","type":"text"},{"name":"price","type":"money"},{"name":"sale_price","type":"money"},
		{"name":"stock","type":"number"},{"name":"image_link","type":"image"},{"name":"brand","type":"text","required":true}],
		"layers":[{"id":"a","type":"qr","width":5,"height":5,"text":` + quote(text) + `}]}`
	tmpl, err := templates.Decode([]byte(doc), nil)
	if err != nil {
		t.Fatalf("Decode(%s): %v", text, err)
	}
	return tmpl.Layers[0].(*templates.QR).Text, tmpl.Values(product)
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func TestExpressions(t *testing.T) {
	t.Parallel()
	product := templates.Fields{"title": " Rain\r\ncoat ", "price": "100 USD", "sale_price": "66.67 USD", "stock": "7.0", "brand": "ijs & co"}
	f := func(text, want string) {
		t.Helper()
		got, err := eval(t, "en", text, product)
		if err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", text, got, err, want)
		}
	}
	f("plain", "plain")
	f("{{title}}!", "Rain\ncoat!")
	f("{{ title(brand) }}", "Ijs & Co")
	f("{{upper(brand)}} {{lower('ABC')}}", "IJS & CO abc")
	f("{{money(price)}} {{money(price, 'nonzero')}} {{money(sale_price, 'nonzero')}}", "$100.00 $100 $66.67")
	f("{{price}}", "100.00 USD")
	f("{{percentOff(price, sale_price)}}", "33")
	f("{{percentOff(sale_price, price)}}", "0")
	f("{{stock > 5}} {{stock == 7}} {{stock + 1}}", "true true 8")
	f("{{sale_price < price}} {{price < sale_price}} {{price >= 100}} {{99.5 > price}}", "true false true false")
	f("{{truncate('👨‍👩‍👧 family', 3)}}", "👨‍👩‍👧…")
	f("{{default(image_link, 'none')}} {{money(default(sale_price, price))}}", "none $66.67")
	f("{{'}}'}}{{\"a\\\"}}\"}}", "}}a\"}}")
	f("{{image_link == nil}} {{title != nil}}", "true true")
	f("{{number(1234567.5)}} {{number(stock)}}", "1,234,567.5 7")
	f("{{date('2026-11-27T08:05+0100', 'd.M.yyyy HH:mm')}}", "27.11.2026 08:05")
	f("{{date('2026-11-27', 'Ends dd.MM. 15 Uhr')}}", "Ends 27.11. 15 Uhr")
	f("{{len(title)}}", "9")
	f("{{brand == 'ijs & co'}} {{brand < 'z'}} {{(stock > 1) == (stock > 2)}}", "true true true")
	f("{{(true ? price : title) == (true ? default(price, price) : title)}}", "true")
}

func TestMissingValues(t *testing.T) {
	t.Parallel()
	f := func(text, want string) {
		t.Helper()
		got, err := eval(t, "en", text, templates.Fields{"price": "5 EUR", "title": "  "})
		if err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", text, got, err, want)
		}
	}
	f("{{sale_price < price}} {{sale_price > price}} {{sale_price == price}} {{sale_price != price}}", "false false false true")
	f("{{sale_price == nil}} {{nil == stock}} {{title == nil}} {{price != nil}}", "true true true true")
	f("[{{money(sale_price)}}{{title}}{{upper(title)}}{{stock}}]", "[]")
	f("{{percentOff(price, sale_price)}} {{stock > 1}} {{stock < 1}}", "0 false false")
}

func TestFieldErrors(t *testing.T) {
	t.Parallel()
	f := func(text string, product templates.Fields, field, want string) {
		t.Helper()
		_, err := eval(t, "en", text, product)
		var bad *templates.FieldError
		if !errors.As(err, &bad) || bad.Field != field || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want field %s and %q", text, err, field, want)
		}
	}
	f("{{brand}}", nil, "brand", "the template requires; the product does not have it")
	f("{{price}}", templates.Fields{"price": "12"}, "price", `expected an amount with its currency, such as "129.00 USD"; found "12"`)
	f("{{price}}", templates.Fields{"price": "1.299 EUR"}, "price", "reads only one way")
	f("{{stock}}", templates.Fields{"stock": "many"}, "stock", "a number such as 4.5")
	f("{{stock}}", templates.Fields{"stock": "1e999"}, "stock", "a number such as 4.5")
	f("{{stock}}", templates.Fields{"stock": "NaN"}, "stock", "a number such as 4.5")
	f("{{image_link}}", templates.Fields{"image_link": "file:///etc/passwd"}, "image_link", "an http or https URL")
	f("{{title}}", templates.Fields{"title": "\xff"}, "title", "valid UTF-8")
	f("{{title}}", templates.Fields{"title": strings.Repeat("x", templates.MaxFieldLength+1)}, "title", "at most 16384 bytes")

	f("{{title}}", templates.Fields{"title": strings.Repeat("\U0001D160", templates.MaxFieldLength/4)}, "title", "bytes in NFC")

	_, err := eval(t, "en", "{{price < sale_price}}", templates.Fields{"price": "1 EUR", "sale_price": "1 USD"})
	var failed *templates.ExpressionError
	if !errors.As(err, &failed) || !strings.Contains(err.Error(), "one currency on both sides; found EUR and USD") {
		t.Errorf("two currencies: %v", err)
	}
	if _, err := eval(t, "en", "{{1/0}}", nil); err == nil || !strings.Contains(err.Error(), "finite") {
		t.Errorf("a division by zero: %v", err)
	}
	long := templates.Fields{"title": strings.Repeat("x", templates.MaxFieldLength)}
	if _, err := eval(t, "en", strings.Repeat("{{title}}", 5), long); err == nil || !strings.Contains(err.Error(), "at most 65536 bytes") {
		t.Errorf("a text that grows: %v", err)
	}
	if _, err := eval(t, "en", "{{stock + 1}}", nil); err == nil {
		t.Error("a missing number was added to")
	}
}

func TestReads(t *testing.T) {
	t.Parallel()
	tmpl, err := templates.Decode([]byte(linkAd), map[string][]byte{"ribbon.png": {}})
	if err != nil {
		t.Fatal(err)
	}
	v := tmpl.Values(templates.Fields{"title": "a", "price": "129 USD", "sale_price": "", "other": "x", "image_link": "https://x.test/a"})
	if _, err := tmpl.Layers[2].Common().Show.Eval(v); err != nil {
		t.Fatal(err)
	}
	if got := v.Read(); len(got) != 1 || got["price"] != "129.00 USD" {
		t.Errorf("read %v; want the price alone, in normal form", got)
	}
}

// A URL is bytes: another Unicode form of it is another file.
func TestImageURLsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	const link = "https://shop.example/cafe\u0301.jpg"
	if got, err := eval(t, "en", "{{image_link}}", templates.Fields{"image_link": " " + link + "\n"}); err != nil || got != link {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := eval(t, "en", "{{title}}", templates.Fields{"title": "cafe\u0301"}); err != nil || got != "caf\u00e9" {
		t.Errorf("%q, %v", got, err)
	}
}
