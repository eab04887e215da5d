package renderurl_test

import (
	"fmt"
	"net/url"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

func Example() {
	key := renderurl.Key{ID: "2026", Secret: []byte("a secret of 16 bytes or more")}
	builder := renderurl.Builder{Base: "https://ads.example.com", Key: key}
	s, err := builder.Build(renderurl.Request{
		Customer: "acme", Template: "sale", Version: 3, Format: templates.JPEG,
		Fields: templates.Fields{"title": "Linen shirt", "price": "129.00 USD"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s)

	u, err := url.Parse(s)
	if err != nil {
		fmt.Println(err)
		return
	}
	signed, err := renderurl.Parse(u)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(signed.Request.Template, signed.Request.Fields["title"], signed.Verify([]renderurl.Key{key}))
	// Output:
	// https://ads.example.com/r/acme/sale@3.jpg?price=129.00%20USD&title=Linen%20shirt&sig=Y2KwYHjI63jCtW2XYvpXRQ
	// sale Linen shirt <nil>
}
