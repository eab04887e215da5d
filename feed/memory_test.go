package feed_test

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"testing"

	"github.com/adloom/adloom/feed"
)

// catalog is a reader that makes up a feed of so many rows as it is read.
type catalog struct {
	rows, next int
	pending    []byte
	buf        []byte
}

func newCatalog(rows int) *catalog {
	header := "id,title,description,link,image_link,additional_image_link,price,sale_price,availability,condition,brand,product_type,mpn\n"
	return &catalog{rows: rows, pending: []byte(header)}
}

func (c *catalog) Read(p []byte) (int, error) {
	if len(c.pending) == 0 {
		if c.next == c.rows {
			return 0, io.EOF
		}
		b := c.buf[:0]
		for len(b) < 32<<10 && c.next < c.rows {
			b = append(b, "sku-"...)
			b = strconv.AppendInt(b, int64(c.next), 10)
			b = append(b, ",\"Laptop 15\"\" with a bag\",\"Equipped with a seventh-generation processor, this one is snappier than ever. From daily tasks like launching apps to more advanced computing, you can power through your day.\",https://shop.example.test/p/laptop-"...)
			b = strconv.AppendInt(b, int64(c.next), 10)
			b = append(b, ",https://assets.example.test/catalog/images/derick-david-409858-unsplash.jpg,,1623.99 USD,1299.00 USD,in_stock,new,Apple,Computers,L2201308\n"...)
			c.next++
		}
		c.buf, c.pending = b, b
	}
	n := copy(p, c.pending)
	c.pending = c.pending[n:]
	return n, nil
}

// TestMemoryIsFlat watches the heap while a feed goes through that is many
// times larger.
func TestMemoryIsFlat(t *testing.T) {
	for _, workers := range []int{1, 2} {
		var base, most uint64
		heap := func() uint64 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			return m.HeapAlloc
		}
		base = heap()
		opts := feed.Options{Workers: workers, Progress: func(rows, _ int64) {
			if rows%10_000 < 300 {
				most = max(most, heap())
			}
		}}
		report, err := feed.Convert(t.Context(), io.Discard, newCatalog(100_000), opts, func(r feed.Row) (string, error) {
			return "https://ads.example.test/r/" + r.Get("id") + ".jpg", nil
		})
		if err != nil || report.Linked != 100_000 || report.BytesRead < 30<<20 {
			t.Fatalf("got %d rows of %d bytes, error %v", report.Linked, report.BytesRead, err)
		}
		if grown := int64(most) - int64(base); most == 0 || grown > 8<<20 {
			t.Errorf("%d workers: the heap grew by %d KB, want less than 8 MB", workers, grown>>10)
		}
	}
}

// BenchmarkConvert has a link that costs nothing; the fields variant looks at
// every value, as a real one does.
func BenchmarkConvert(b *testing.B) {
	links := map[string]func(feed.Row) (string, error){
		"constant": constant("https://ads.example.test/r/acme/sale@3/abcdefghijklmnopqrstuvwxyz.jpg?sig=0123456789"),
		"fields":   func(r feed.Row) (string, error) { return r.Fields()["image_link"] + "?x", nil },
	}
	for _, name := range []string{"constant", "fields"} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/workers=%d", name, workers), func(b *testing.B) {
				b.ReportAllocs()
				report, err := feed.Convert(b.Context(), io.Discard, newCatalog(b.N), feed.Options{Workers: workers}, links[name])
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(report.BytesRead / int64(b.N))
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}
