package feed_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/adloom/adloom/feed"
)

func ExampleConvert() {
	in := "ID;Title;Image Link\n" +
		"7;\"Chair; oak\";https://shop.example/7.jpg\n" +
		"8;Table;\n"
	link := func(row feed.Row) (string, error) {
		if row.Get("image_link") == "" {
			return "", fmt.Errorf("the product has no photo")
		}
		return "https://ads.example/r/acme/sale.jpg?id=" + row.Get("id"), nil
	}
	report, err := feed.Convert(context.Background(), os.Stdout, strings.NewReader(in), feed.Options{OnError: feed.Keep}, link)
	fmt.Println("linked", report.Linked, "kept", report.Kept, report.Errors, err)
	// Output:
	// ID;Title;Image Link
	// 7;"Chair; oak";https://ads.example/r/acme/sale.jpg?id=7
	// 8;Table;
	// linked 1 kept 1 [line 3 (id 8): the product has no photo] <nil>
}
