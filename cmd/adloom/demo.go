package main

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/gallery"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

const (
	demoCustomer = "demo"
	demoShop     = "/demo/shop"
)

// demo is a shop, its customer and the gallery of its ads.
type demo struct {
	base  string
	cards []gallery.Card
}

// newDemo loads the example templates for a customer of their own and makes the
// ads of every product of the shop. shop is where photos are fetched from.
func newDemo(ctx context.Context, n *node, base, shop string) (*demo, error) {
	customer, err := n.customers.Add(demoCustomer)
	if err != nil {
		return nil, err
	}
	builder := &renderurl.Builder{Base: base, Key: customer.Keys[0]}
	var links []*linker
	for _, name := range examples.Names() {
		t, err := publishExample(ctx, n.templates, name)
		if err != nil {
			return nil, fmt.Errorf("example %s: %w", name, err)
		}
		design, err := n.engine.Compile(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("example %s: %w", name, err)
		}
		links = append(links, &linker{design: design, builder: builder, format: templates.JPEG})
	}
	d := &demo{base: base}
	for _, p := range demoshop.Products() {
		card := gallery.Card{Title: p.Title, Price: p.Price, SalePrice: p.SalePrice}
		fields := templates.Fields{"title": p.Title, "price": p.Price, "sale_price": p.SalePrice, "image_link": shop + demoShop + "/" + p.Picture}
		for _, l := range links {
			link, err := l.link(fields)
			if err != nil {
				return nil, fmt.Errorf("ad of %s: %w", p.Handle, err)
			}
			t := l.design.Template
			card.Ads = append(card.Ads, gallery.Ad{Name: t.Name, URL: link, Width: t.Width, Height: t.Height})
		}
		d.cards = append(d.cards, card)
	}
	return d, nil
}

func publishExample(ctx context.Context, s *store.Store, name string) (*templates.Template, error) {
	folder, err := fs.Sub(examples.Templates(), name)
	if err != nil {
		return nil, err
	}
	doc, assets, err := store.Read(folder)
	if err != nil {
		return nil, err
	}
	version, err := s.Push(ctx, demoCustomer, name, doc, assets)
	if err != nil {
		return nil, err
	}
	if err := s.Publish(ctx, demoCustomer, name, version); err != nil {
		return nil, err
	}
	return s.Template(ctx, demoCustomer, name, version)
}

// wrap adds the gallery and the shop to a handler.
func (d *demo) wrap(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	page := gallery.Handler(d.cards)
	for _, path := range []string{"/{$}", "/gallery.css", "/gallery.svg"} {
		mux.Handle("GET "+path, page)
	}
	mux.Handle("GET "+demoShop+"/", http.StripPrefix(demoShop, demoshop.Handler()))
	mux.Handle("/", next)
	return mux
}

func (d *demo) greeting() string {
	return fmt.Sprintf("Adloom is ready at %s\n\n  gallery  %s/\n  one ad   %s\n", d.base, d.base, d.cards[0].Ads[0].URL)
}
