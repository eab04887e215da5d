package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"github.com/adloom/adloom/internal/customers"
)

type customerCmd struct {
	Add    customerAdd    `cmd:"" help:"Add a customer and print the key that signs its URLs."`
	Rotate customerRotate `cmd:"" help:"Put a fresh key in front; URLs signed by older keys stay good."`
	Limits customerLimits `cmd:"" help:"Print a customer's limits, or change them. Nodes obey within a second."`
	Log    customerLog    `cmd:"" help:"Print how much of a customer's requests is logged, or change it. Nodes obey within a second."`
	Pause  customerPause  `cmd:"" help:"Draw nothing for a customer, or for one of its templates, until it is resumed. Nodes obey within a second."`
	Resume customerResume `cmd:"" help:"End a pause."`
}

type customerAdd struct {
	dataFlags
	ID string `arg:"" help:"ID of the customer: a-z, 0-9, - and _."`
}

func (c *customerAdd) Run(o out) error {
	list, err := c.customers()
	if err != nil {
		return err
	}
	customer, err := list.Add(c.ID)
	return printKey(o, c.ID, customer, err)
}

type customerRotate struct {
	dataFlags
	ID string `arg:"" help:"ID of the customer."`
}

func (c *customerRotate) Run(o out) error {
	list, err := c.customers()
	if err != nil {
		return err
	}
	customer, err := list.Rotate(c.ID)
	return printKey(o, c.ID, customer, err)
}

func printKey(o out, id string, customer customers.Customer, err error) error {
	if err != nil {
		return err
	}
	key := customer.Keys[0]
	fmt.Fprintf(o.stdout, "customer %s\nkey id   %s\nsecret   %s\n", id, key.ID, base64.RawURLEncoding.EncodeToString(key.Secret))
	return nil
}

type customerLimits struct {
	dataFlags
	ID            string `arg:"" help:"ID of the customer."`
	Concurrency   *int   `help:"Renders at once, once the node's start limit is passed. 0: the node's default, -1: no limit."`
	SlowDownloads *int   `help:"Slow downloads in a few minutes before the customer is refused for a while. 0: the node's default, -1: no limit."`
	SlowRenders   *int   `help:"Slow renders, likewise."`
}

func (c *customerLimits) Run(o out) error {
	list, err := c.customers()
	if err != nil {
		return err
	}
	customer, err := list.Customer(c.ID)
	if err != nil {
		return err
	}
	if c.Concurrency != nil || c.SlowDownloads != nil || c.SlowRenders != nil {
		customer, err = list.Limit(c.ID, func(limits *customers.Limits) {
			for _, flag := range []struct{ given, limit *int }{
				{c.Concurrency, &limits.Concurrency}, {c.SlowDownloads, &limits.SlowDownloads}, {c.SlowRenders, &limits.SlowRenders},
			} {
				if flag.given != nil {
					*flag.limit = *flag.given
				}
			}
		})
		if errors.Is(err, customers.ErrInvalid) {
			return wrongUse("%v", err)
		}
		if err != nil {
			return err
		}
	}
	limits := customer.Limits
	fmt.Fprintf(o.stdout, "customer %s\nconcurrency    %s\nslow_downloads %s\nslow_renders   %s\n",
		c.ID, limitText(limits.Concurrency), limitText(limits.SlowDownloads), limitText(limits.SlowRenders))
	return nil
}

func limitText(n int) string {
	switch {
	case n == 0:
		return "the node's"
	case n < 0:
		return "none"
	}
	return strconv.Itoa(n)
}
