package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
)

type renderCmd struct {
	engineFlags
	fetchFlags
	productFlags
	Report bool   `help:"Say how each text came out: its size and fonts. What was cut or lacks a character is said in any case."`
	File   string `arg:"" type:"path" help:"template.json, or the folder that has it. Assets lie in assets/ beside it."`
	Output string `short:"o" required:"" type:"path" help:"Picture to write: .jpg, .png or .webp."`
}

func (c *renderCmd) Run(ctx context.Context, o out) error {
	format, ok := templates.ParseFormat(strings.TrimPrefix(filepath.Ext(c.Output), "."))
	if !ok {
		return wrongUse("-o: expected a file that ends in .jpg, .png or .webp; found %q", c.Output)
	}
	doc, assets, err := readTemplate(c.File)
	if err != nil {
		return err
	}
	t, err := templates.Decode(doc, assets)
	if err != nil {
		return fmt.Errorf("%s:\n%w", c.File, err)
	}
	engine := c.engine(c.fetchFlags.limits(), renderer.DefaultBudgets())
	if err := engine.CanEncode(format); err != nil {
		return wrongUse("-o: %v", err)
	}
	design, err := engine.Compile(ctx, t)
	if err != nil {
		return fmt.Errorf("%s:\n%w", c.File, err)
	}
	for _, s := range design.Substitutes {
		fmt.Fprintln(o.stderr, s)
	}
	product, err := c.product()
	if err != nil {
		return err
	}
	scene, photos, err := c.scene(ctx, design, product)
	if err != nil {
		return err
	}
	painted, err := engine.Paint(ctx, scene, photos)
	if err != nil {
		return err
	}
	for _, missing := range painted.Missing {
		fmt.Fprintf(o.stderr, "%v\n", missing)
	}
	for _, text := range slices.Concat(design.Texts, painted.Texts) {
		if c.Report || !text.Whole || len(text.Missing) > 0 {
			fmt.Fprintln(o.stderr, text)
		}
	}
	data, err := engine.Encode(ctx, painted, format, t.Output)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(c.Output, 0o644, data)
}

// scene settles the picture and loads its photos. An image field may also name a
// file of this machine; the engine knows it by a URL that leads nowhere.
func (c *renderCmd) scene(ctx context.Context, design *renderer.Design, product templates.Fields) (*renderer.Scene, renderer.Photos, error) {
	photos := renderer.Photos{}
	for _, f := range design.Template.Fields {
		path := product[f.Name]
		if f.Type != templates.ImageField || path == "" || strings.Contains(path, "://") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, fmt.Errorf("field %s: expected a URL or a file: %w", f.Name, err)
		}
		product[f.Name] = "https://file.invalid/" + f.Name + "/" + url.PathEscape(filepath.Base(path))
		photos[product[f.Name]] = renderer.Photo{Data: data}
	}
	scene, err := design.Resolve(product)
	if err != nil {
		return nil, nil, err
	}
	shop, err := fetcher.New(c.fetchFlags.config(), noCache{})
	if err != nil {
		return nil, nil, err
	}
	defer shop.Close()
	for _, link := range scene.PhotoURLs() {
		if _, local := photos[link]; local {
			continue
		}
		photo, err := shop.Fetch(ctx, link)
		if err != nil {
			photos[link] = renderer.Photo{Err: err}
			continue
		}
		photos[link] = renderer.Photo{Data: photo.Data, Info: photo.Info}
	}
	return scene, photos, errors.Join(ctx.Err(), scene.Check(photos))
}
