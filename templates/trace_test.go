package templates_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

// trace evaluates a template of these layers and returns a line for each evaluation.
func trace(t *testing.T, layers string, product templates.Fields) []string {
	t.Helper()
	doc := `{"schema":1,"name":"n","width":10,"height":10,"fields":[
		{"name":"title","type":"text"},{"name":"price","type":"money"},{"name":"sale_price","type":"money"},
		{"name":"stock","type":"number"},{"name":"brand","type":"text","required":true}],"layers":[` + layers + `]}`
	tmpl, err := templates.Decode([]byte(doc), nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range tmpl.Trace(product) {
		line := fmt.Sprintf("%s %s %s %v = %s %v %q", e.Layer, e.Path, e.Source, e.Reads, e.Kind(), e.Value, e.Text)
		if e.Err != nil {
			line += " error"
			if e.Value != nil || e.Text != "" {
				t.Errorf("%s: a value %v beside the error %v", e.Path, e.Value, e.Err)
			}
		}
		if e.Condition != strings.HasSuffix(e.Path, ".show") {
			t.Errorf("%s: condition %v", e.Path, e.Condition)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTrace(t *testing.T) {
	t.Parallel()
	f := func(layers string, product templates.Fields, want ...string) {
		t.Helper()
		got := trace(t, layers, product)
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s of %v:\n%s\nwant\n%s", layers, product, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	qr := func(id, text string) string {
		return `{"id":"` + id + `","type":"qr","width":5,"height":5,"text":` + quote(text) + `}`
	}
	f(qr("a", "static"), nil)

	// Every kind of value, and none.
	f(qr("a", "{{ title }} {{stock + 1}} {{len(title)}} {{price}} {{money(price)}} {{sale_price < price}} {{sale_price}}"),
		templates.Fields{"title": " Hat ", "stock": "4.5", "price": "$12"},
		`a layers[0].text title [title] = text Hat "Hat"`,
		`a layers[0].text stock + 1 [stock] = number 5.5 "5.5"`,
		`a layers[0].text len(title) [title] = number 3 "3"`,
		`a layers[0].text price [price] = money 12.00 USD "12.00 USD"`,
		`a layers[0].text money(price) [price] = text $12.00 "$12.00"`,
		`a layers[0].text sale_price < price [price sale_price] = boolean false "false"`,
		`a layers[0].text sale_price [sale_price] = missing <nil> ""`)
	f(qr("a", "{{price}} {{sale_price < price}} {{money(default(sale_price, price))}}"),
		templates.Fields{"price": "1.299 EUR", "sale_price": "9,50 EUR"}, // the price could be read in two ways
		`a layers[0].text price [price] = missing <nil> "" error`,
		`a layers[0].text sale_price < price [price sale_price] = missing <nil> "" error`,
		`a layers[0].text money(default(sale_price, price)) [price sale_price] = missing <nil> "" error`)

	// Layers that are hidden, and what they hold, are evaluated too; one error ends nothing.
	f(`{"id":"g","type":"group","show":"sale_price < price","layers":[`+
		`{"id":"s","type":"text","width":9,"size":9,"font":"Go","show":"brand == 'x'","spans":[{"text":"-{{percentOff(price, sale_price)}}%"},{"text":"{{title}}"}]},`+
		`{"id":"r","type":"rating","width":9,"height":9,"value":"{{1 / (stock - 4)}}"}]},`+
		`{"id":"i","type":"image","width":9,"height":9,"show":"stock > 3","src":"https://shop.test/{{lower(title)}}.jpg"}`,
		templates.Fields{"title": "HAT", "price": "10 USD", "sale_price": "10 EUR", "stock": "4"},
		`g layers[0].show sale_price < price [price sale_price] = missing <nil> "" error`,
		`s layers[0].layers[0].show brand == 'x' [brand] = missing <nil> "" error`,
		`s layers[0].layers[0].spans[0].text percentOff(price, sale_price) [price sale_price] = missing <nil> "" error`,
		`s layers[0].layers[0].spans[1].text title [title] = text HAT "HAT"`,
		`r layers[0].layers[1].value 1 / (stock - 4) [stock] = missing <nil> "" error`,
		`i layers[1].show stock > 3 [stock] = boolean true "true"`,
		`i layers[1].src lower(title) [title] = text hat "hat"`)
}

func TestTraceErrors(t *testing.T) {
	t.Parallel()
	doc := `{"schema":1,"name":"n","width":10,"height":10,"fields":[{"name":"price","type":"money","required":true},{"name":"stock","type":"number"}],
		"layers":[{"id":"a","type":"qr","width":5,"height":5,"text":"{{price}}{{1 / stock}}"}]}`
	tmpl, err := templates.Decode([]byte(doc), nil)
	if err != nil {
		t.Fatal(err)
	}
	found := tmpl.Trace(templates.Fields{"stock": "0"})
	var field *templates.FieldError
	if !errors.As(found[0].Err, &field) || field.Field != "price" {
		t.Errorf("a required field that is missing: %v", found[0].Err)
	}
	var expression *templates.ExpressionError
	if !errors.As(found[1].Err, &expression) || expression.Source != "1 / stock" || found[1].Value != nil {
		t.Errorf("a division by zero: %v, %v", found[1].Value, found[1].Err)
	}
}

// What Trace says of a text that grows too long is what the render says.
func TestTraceAgreesWithEval(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", templates.MaxFieldLength)
	text := "-" + strings.Repeat("{{title}}", 4) // one byte too many
	expansion, values := expansion(t, "en", text, templates.Fields{"title": long})
	_, err := expansion.Eval(values)
	if err == nil {
		t.Fatal("the text fits; the test needs a longer one")
	}
	doc := `{"schema":1,"name":"n","width":10,"height":10,"fields":[{"name":"title","type":"text"}],
		"layers":[{"id":"a","type":"qr","width":5,"height":5,"text":` + quote(text) + `}]}`
	tmpl, err2 := templates.Decode([]byte(doc), nil)
	if err2 != nil {
		t.Fatal(err2)
	}
	found := tmpl.Trace(templates.Fields{"title": long})
	if found[2].Err != nil || found[3].Err == nil || found[3].Err.Error() != err.Error() {
		t.Errorf("Trace: %v, %v; Eval: %v", found[2].Err, found[3].Err, err)
	}
}

// In a text, what keeps its values apart counts, too.
func TestTraceAgreesWithEvalOfTexts(t *testing.T) {
	t.Parallel()
	doc := `{"schema":1,"name":"n","width":10,"height":10,"fields":[{"name":"title","type":"text"}],
		"layers":[{"id":"a","type":"text","width":5,"size":5,"font":"Go","text":"{{title}}{{title}}{{title}}{{title}}"}]}`
	tmpl, err := templates.Decode([]byte(doc), nil)
	if err != nil {
		t.Fatal(err)
	}
	product := templates.Fields{"title": strings.Repeat("x", templates.MaxFieldLength)}
	_, err = tmpl.Layers[0].(*templates.Text).Spans[0].Text.Eval(tmpl.Values(product))
	if found := tmpl.Trace(product); err == nil || found[3].Err == nil || found[3].Err.Error() != err.Error() {
		t.Errorf("Trace: %v; Eval: %v", found[3].Err, err)
	}
}

func TestAskedAndWrong(t *testing.T) {
	t.Parallel()
	expansion, values := expansion(t, "en", "{{title}}{{stock}}", templates.Fields{"stock": "many", "price": "1 USD"})
	if _, err := expansion.Eval(values); err == nil {
		t.Fatal("a stock of many is no number")
	}
	if !values.Asked("title") || !values.Asked("stock") || values.Asked("price") || values.Asked("nothing") {
		t.Error("title and stock were asked for, and nothing else")
	}
	if values.Wrong("title") != nil || values.Wrong("stock") == nil || values.Wrong("brand") == nil {
		t.Errorf("title %v, stock %v, brand %v", values.Wrong("title"), values.Wrong("stock"), values.Wrong("brand"))
	}
}
