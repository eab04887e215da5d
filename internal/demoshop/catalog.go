// Package demoshop is a fictional shop, Fjord & Fable: a catalog of products, and photos of them that it draws itself,
// so that a newcomer sees ads without a shop, a feed or a network.
package demoshop

// Product is one row of the catalog. Prices are in the feed's form, "129.00 USD".
type Product struct {
	Handle      string // the product's id
	Title       string
	Description string
	Brand       string
	Price       string
	SalePrice   string // empty when not on sale
	Picture     string // the photo's file name, such as "mug.jpg"
}

// Products returns the catalog, best first. The caller may change the slice.
func Products() []Product {
	products := []Product{
		{
			Handle: "armchair", Picture: "armchair.jpg", Price: "749.00 EUR", SalePrice: "599.00 EUR",
			Title:       "Velvet Armchair “Fauteuil Émeraude”",
			Description: "A channelled back, a deep seat and arms made for mugs of tea. Solid oak legs.",
		},
		{
			Handle: "trail-shoe", Picture: "trail-shoe.jpg", Price: "159.00 EUR", SalePrice: "119.00 EUR",
			Title:       "Trail running shoe, recycled mesh, made for wet rock and long descents",
			Description: "5 mm lugs, a rock plate and an upper of recycled mesh that dries within the hour.",
		},
		{
			Handle: "watch", Picture: "watch.jpg", Price: "420.00 USD",
			Title:       "Nordlys Automatic 38 mm",
			Description: "Sunburst dial, small seconds and a strap of vegetable-tanned leather.",
		},
		{
			Handle: "linen-shirt", Picture: "linen-shirt.jpg", Price: "129.00 USD", SalePrice: "89.00 USD",
			Title:       "Hand-woven linen shirt with mother-of-pearl buttons",
			Description: "Woven on old looms from European flax, washed until soft.",
		},
		{
			Handle: "desk-lamp", Picture: "desk-lamp.jpg", Price: "189.00 EUR",
			Title:       "Reading Lamp Ålesund in Terracotta & Brass",
			Description: "Turns, tilts and stays where you leave it. Warm light, 2,700 K.",
		},
		{
			Handle: "backpack", Picture: "backpack.jpg", Price: "145.00 USD", SalePrice: "109.00 USD",
			Title:       "Harbour Backpack 22 L, Waxed Canvas & Leather",
			Description: "Keeps a laptop, a lunch and a sudden shower apart from each other.",
		},
		{
			Handle: "mug", Picture: "mug.jpg", Price: "24.00 USD",
			Title:       "Stoneware Mug",
			Description: "Thrown by hand and dipped twice, so no two have the same tide line.",
		},
		{
			Handle: "bicycle", Picture: "bicycle.jpg", Price: "890.00 EUR", SalePrice: "790.00 EUR",
			Title:       "City Bicycle with Woven Basket",
			Description: "A light steel frame, a leather saddle, and room for a baguette. Flowers not included.",
		},
		{
			Handle: "headphones", Picture: "headphones.png", Price: "229.00 USD", SalePrice: "179.00 USD",
			Title:       "Wireless Headphones, 40 h of Quiet",
			Description: "Active noise cancelling, a padded band and buttons you can find in the dark.",
		},
		{
			Handle: "teapot", Picture: "teapot.jpg", Price: "9800 JPY",
			Title:       "Cast-Iron Teapot “Seigaiha”, 1.2 L",
			Description: "Enamelled inside, waves outside, with a handle of bound bamboo.",
		},
		{
			Handle: "rubber-plant", Picture: "rubber-plant.jpg", Price: "48.00 GBP",
			Title:       "Rubber Plant in a Painted Pot, Ø 24 cm",
			Description: "Asks for a bright corner and a little water once a week.",
		},
		{
			Handle: "sunglasses", Picture: "sunglasses.jpg", Price: "98.00 USD", SalePrice: "69.00 USD",
			Title:       "Tortoiseshell Sunglasses",
			Description: "Bio-acetate frames with graduated amber lenses, UV 400.",
		},
		{
			Handle: "beanie", Picture: "beanie.jpg", Price: "39.00 EUR",
			Title:       `Knit Beanie "Blåfjell" with Pompom`,
			Description: "Merino from Norway, knitted in the round, with a fold for cold ears.",
		},
		{
			Handle: "notebooks", Picture: "notebooks.jpg", Price: "32.00 USD", SalePrice: "26.00 USD",
			Title:       "Notebooks: Dots, Waves & Peaks (Set of 3)",
			Description: "Thread-bound, 192 pages each, and paper that does not mind a fountain pen.",
		},
	}
	for i := range products {
		products[i].Brand = "Fjord & Fable"
	}
	return products
}
