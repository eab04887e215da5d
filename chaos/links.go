//go:build linux

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/adloom/adloom/internal/loadgen"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// links are requests for the link ad without end, taking turns among nodes, customers
// and products, with new words in each. They are for one load at a time.
type links struct {
	nodes     []*node
	customers []customer
	products  int // distinct photos
	photo     func(product int) string
	words     string // what these links' titles begin with
	n         int
}

// links asks all nodes for products of the good shop.
func (w *world) links(from []customer, products int) *links {
	return &links{nodes: w.nodes, customers: from, products: products, words: unique(),
		photo: func(product int) string { return w.shop.photo(good, product) }}
}

// at has the links show photos of another shop.
func (l *links) at(s *shop, address string) *links {
	l.photo = func(product int) string { return s.photo(address, product) }
	return l
}

// runs counts sets of links, so that no two have the same words.
var runs atomic.Int64

func unique() string { return spell(int(runs.Add(1)) * 7919) }

func (l *links) Next() (loadgen.Target, error) {
	n := l.n
	l.n++
	return l.target(n, l.words+" "+spell(n))
}

// target is the n-th request, with a title.
func (l *links) target(n int, title string) (loadgen.Target, error) {
	c := l.customers[n%len(l.customers)]
	b := renderurl.Builder{Base: l.nodes[n%len(l.nodes)].base(), Key: c.key}
	fields := templates.Fields{"title": title, "price": fmt.Sprintf("%d.00 USD", 20+n%400), "image_link": l.photo(n % l.products)}
	if n%3 == 0 {
		fields["sale_price"] = "19.00 USD"
	}
	link, err := b.Build(renderurl.Request{Customer: c.id, Template: "link", Version: 1, Format: templates.JPEG, Fields: fields})
	if err != nil {
		return loadgen.Target{}, err
	}
	u, err := url.Parse(link)
	return loadgen.Target{Method: http.MethodGet, URL: u}, err
}

// spell makes words of a number, as titles have them: text is shaped anew for each.
func spell(n int) string {
	list := [...]string{"Linen", "shirt", "with", "pearl", "Buttons", "Velvet", "chair", "Oak", "walnut", "Trail", "running", "Shoe", "kids", "Wool", "blue", "grey"}
	var b strings.Builder
	for i := 0; i < 5; i++ {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(list[n%len(list)])
		n /= len(list)
	}
	return b.String()
}
