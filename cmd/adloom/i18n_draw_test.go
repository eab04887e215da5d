package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

func TestDrawThrowaway(t *testing.T) {
	out := os.Getenv("I18N_OUT")
	if out == "" {
		t.Skip()
	}
	f, _ := os.Open(shared(t, "text", "products_i18n.jsonl"))
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	engine := engineFlags{fontFlags: fontFlags{Fonts: []string{"/usr/share/fonts"}}, Codecs: "native"}.engine(imageinfo.DefaultLimits(), renderer.DefaultBudgets())
	product := demoshop.Products()[0]
	data, _ := demoshop.Photo(product.Picture)
	info, _ := imageinfo.Read(data)
	for s.Scan() {
		var r map[string]string
		json.Unmarshal(s.Bytes(), &r)
		if only := os.Getenv("I18N_ONLY"); only != "" && !strings.Contains(only, r["id"]) {
			continue
		}
		for _, name := range examples.Names() {
			folder, _ := fs.Sub(examples.Templates(), name)
			doc, assets, _ := store.Read(folder)
			var m map[string]any
			json.Unmarshal(doc, &m)
			m["locale"] = r["lang"]
			doc, _ = json.Marshal(m)
			tm, err := templates.Decode(doc, assets)
			if err != nil {
				fmt.Println(r["id"], name, "DECODE", err)
				continue
			}
			d, err := engine.Compile(t.Context(), tm)
			if err != nil {
				t.Fatal(err)
			}
			var v float64
			fmt.Sscan(r["price_value"], &v)
			dec := 0
			if i := strings.IndexByte(r["price_value"], '.'); i >= 0 {
				dec = len(r["price_value"]) - i - 1
			}
			fields := templates.Fields{"title": r["title"], "price": r["price_value"] + " " + r["currency"], "sale_price": fmt.Sprintf("%.*f %s", dec, v*.8, r["currency"]), "image_link": benchURL}
			sc, err := d.Resolve(fields)
			if err != nil {
				fmt.Println(r["id"], name, "RESOLVE", err)
				continue
			}
			p, err := engine.Paint(t.Context(), sc, renderer.Photos{benchURL: {Data: data, Info: info}})
			if err != nil {
				fmt.Println(r["id"], name, "PAINT", err)
				continue
			}
			for _, tx := range p.Texts {
				fmt.Printf("%s %s %s %v size=%v whole=%v missing=%q\n", r["id"], name, tx.Layer, tx.Families, tx.Size, tx.Whole, string(tx.Missing))
			}
			for _, l := range strings.Split(sc.Describe(), "\n") {
				if strings.Contains(l, "words") {
					fmt.Println("   ", l)
				}
			}
			o, _ := os.Create(out + "/" + r["id"] + "-" + name + ".png")
			png.Encode(o, p.Image)
			o.Close()
			p.Release()
		}
	}
}
