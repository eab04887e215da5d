package demoshop_test

import (
	"encoding/csv"
	"errors"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/adloom/adloom/internal/demoshop"
)

func TestProducts(t *testing.T) {
	t.Parallel()
	money := regexp.MustCompile(`^[0-9]+(\.[0-9]{2})? [A-Z]{3}$`)
	seen := map[string]bool{}
	onSale := 0
	for _, p := range demoshop.Products() {
		if p.Handle == "" || seen[p.Handle] {
			t.Errorf("handle %q: expected a name of its own", p.Handle)
		}
		seen[p.Handle] = true
		if p.Title == "" || p.Description == "" || p.Brand == "" || utf8.RuneCountInString(p.Title) > 70 {
			t.Errorf("%s: expected a title of at most 70 characters, a description and a brand, found %+v", p.Handle, p)
		}
		if !money.MatchString(p.Price) {
			t.Errorf("%s: expected a price such as 129.00 USD, found %q", p.Handle, p.Price)
		}
		if p.SalePrice != "" {
			onSale++
			if !money.MatchString(p.SalePrice) || amount(t, p.SalePrice) >= amount(t, p.Price) ||
				p.SalePrice[len(p.SalePrice)-3:] != p.Price[len(p.Price)-3:] {
				t.Errorf("%s: expected a sale price below %s, found %q", p.Handle, p.Price, p.SalePrice)
			}
		}
	}
	if len(seen) != 14 || onSale < 4 || onSale > 10 {
		t.Errorf("expected 14 products, several of them on sale, found %d and %d", len(seen), onSale)
	}
}

func amount(t *testing.T, money string) float64 {
	t.Helper()
	number, _, _ := strings.Cut(money, " ")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestHandler(t *testing.T) {
	t.Parallel()
	shop := demoshop.Handler()
	w := get(shop, "/bicycle.jpg", "")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/jpeg" {
		t.Fatalf("expected 200 and a JPEG, found %d and %v", w.Code, w.Header())
	}
	h := w.Header()
	if h.Get("Content-Length") != strconv.Itoa(w.Body.Len()) {
		t.Errorf("expected a Content-Length of %d, found %q", w.Body.Len(), h.Get("Content-Length"))
	}
	if size, err := jpeg.DecodeConfig(w.Body); err != nil || size.Width != 1600 || size.Height != 1000 {
		t.Errorf("expected 1600 x 1000, found %d x %d, %v", size.Width, size.Height, err)
	}
	if w := get(shop, "/bicycle.jpg", h.Get("ETag")); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("expected 304 for the same ETag, found %d with %d bytes", w.Code, w.Body.Len())
	}
	if w := get(shop, "/bicycle.jpg", `"other"`); w.Code != http.StatusOK {
		t.Errorf("expected 200 for another ETag, found %d", w.Code)
	}
	for _, path := range []string{"/", "/car.jpg", "/mug.png", "/mug.jpg/x"} {
		if w := get(shop, path, ""); w.Code != http.StatusNotFound {
			t.Errorf("%s: expected 404, found %d", path, w.Code)
		}
	}
}

func get(h http.Handler, path, etag string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFeed(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := demoshop.Feed(&b, "http://localhost:8080/demo/"); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	products := demoshop.Products()
	if len(rows) != len(products)+1 {
		t.Fatalf("expected a header and %d rows, found %d", len(products), len(rows))
	}
	if got := strings.Join(rows[0], ","); got != "id,title,description,availability,condition,price,sale_price,link,image_link,brand" {
		t.Errorf("found the header %s", got)
	}
	for i, p := range products {
		row := rows[i+1]
		if row[0] != p.Handle || row[1] != p.Title || row[5] != p.Price || row[6] != p.SalePrice || row[9] != p.Brand {
			t.Errorf("expected %+v, found %q", p, row)
		}
		if want := "http://localhost:8080/demo/" + p.Picture; row[8] != want {
			t.Errorf("expected %s, found %s", want, row[8])
		}
	}
}

func TestFeedReportsTheWriter(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	if err := demoshop.Feed(refusing{full}, ""); !errors.Is(err, full) {
		t.Errorf("expected %v, found %v", full, err)
	}
}

type refusing struct{ err error }

func (r refusing) Write([]byte) (int, error) { return 0, r.err }
