package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates/store"
)

type explainCmd struct {
	dataFlags
	engineFlags
	fetchFlags
	JSON   bool   `name:"json" help:"Print JSON, as a node's /explain answers, but for the picture."`
	Output string `short:"o" type:"path" help:"Write the picture, too."`
	URL    string `arg:"" help:"Render URL, or its path and query alone."`
}

// Run explains a render URL from the data folder, without a node. A render that fails is
// an answer and no failure.
func (c *explainCmd) Run(ctx context.Context, o out) error {
	explanation, err := c.explain(ctx)
	if err != nil {
		if malformed := (*renderurl.FormatError)(nil); errors.As(err, &malformed) {
			return wrongUse("%v", err)
		}
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	picture := explanation.Picture
	if c.Output != "" && picture != nil {
		if err := atomicfile.WriteBytes(c.Output, 0o644, picture.Data); err != nil {
			return err
		}
	}
	if !c.JSON {
		return printExplanation(o.stdout, explanation)
	}
	if picture != nil {
		picture.Data = nil
	}
	data, err := json.MarshalIndent(explanation, "", " ")
	if err != nil {
		return fmt.Errorf("write explanation: %w", err)
	}
	if _, err := fmt.Fprintf(o.stdout, "%s\n", data); err != nil {
		return fmt.Errorf("write explanation: %w", err)
	}
	return nil
}

func (c *explainCmd) explain(ctx context.Context) (*api.Explanation, error) {
	s, err := c.templates()
	if err != nil {
		return nil, err
	}
	list, err := c.customers()
	if err != nil {
		return nil, err
	}
	shop, err := fetcher.New(c.fetchFlags.config(), noCache{})
	if err != nil {
		return nil, err
	}
	defer shop.Close()
	engine := c.engine(c.fetchFlags.limits(), renderer.DefaultBudgets())
	e := &api.Explainer{Keys: list, Pauses: pauses{list}, Designs: storedDesigns{s, engine}, Photos: shop, Engine: engine}
	return e.Explain(ctx, c.URL)
}

// storedDesigns are those of a folder of templates.
type storedDesigns struct {
	store  *store.Store
	engine *renderer.Engine
}

func (d storedDesigns) Published(ctx context.Context, customer, template string) (int, error) {
	return d.store.Published(ctx, customer, template)
}

func (d storedDesigns) Design(ctx context.Context, customer, template string, version int) (*renderer.Design, error) {
	t, err := d.store.Template(ctx, customer, template, version)
	if err != nil {
		return nil, err
	}
	return d.engine.Compile(ctx, t)
}
