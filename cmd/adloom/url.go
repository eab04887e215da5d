package main

import (
	"context"
	"fmt"
)

type urlCmd struct {
	linkFlags
	productFlags
}

func (c *urlCmd) Run(ctx context.Context, o out) error {
	product, err := c.product()
	if err != nil {
		return err
	}
	l, err := c.linker(ctx)
	if err != nil {
		return err
	}
	link, err := l.link(product)
	if err != nil {
		return err
	}
	fmt.Fprintln(o.stdout, link)
	return nil
}
