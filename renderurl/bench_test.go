package renderurl_test

import (
	"testing"

	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// typical is a product whose URL is readable, and one whose URL is compact.
func typical() map[string]renderurl.Request {
	return map[string]renderurl.Request{
		"readable": request(templates.Fields{
			"title": "Men's Linen Shirt, Long Sleeve", "price": "129.00 USD", "sale_price": "99.00 USD", "brand": "Northwind",
			"image_link": "https://cdn.shop.example.com/images/products/1200/linen-shirt-01.jpg",
		}),
		"compact": request(templates.Fields{
			"title": "قميص رجالي من الكتان بأكمام طويلة", "price": "129.00 SAR", "sale_price": "99.00 SAR", "brand": "نسيم",
			"image_link": "https://cdn.shop.example.com/images/products/1200/linen-shirt-01.jpg",
		}),
	}
}

func BenchmarkBuild(b *testing.B) {
	for name, r := range typical() {
		b.Run(name, func(b *testing.B) {
			builder := renderurl.Builder{Base: base, Key: key()}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := builder.Build(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseAndVerify(b *testing.B) {
	for name, r := range typical() {
		b.Run(name, func(b *testing.B) {
			u := mustParseURL(b, build(b, r))
			keys := []renderurl.Key{key()}
			b.ReportAllocs()
			for b.Loop() {
				signed, err := renderurl.Parse(u)
				if err == nil {
					err = signed.Verify(keys)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
