package demoshop

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Feed writes the catalog as CSV in the columns of Google's and Meta's feed specifications. base is where Handler is
// mounted, such as http://localhost:8080/demo; the product pages belong to a domain that does not exist.
func Feed(w io.Writer, base string) error {
	base = strings.TrimRight(base, "/")
	rows := [][]string{{
		"id", "title", "description", "availability", "condition", "price", "sale_price", "link", "image_link", "brand",
	}}
	for _, p := range Products() {
		rows = append(rows, []string{
			p.Handle, p.Title, p.Description, "in_stock", "new", p.Price, p.SalePrice,
			"https://fjord-and-fable.example/products/" + p.Handle, base + "/" + p.Picture, p.Brand,
		})
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	return nil
}
