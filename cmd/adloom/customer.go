package main

import (
	"encoding/base64"
	"fmt"

	"github.com/adloom/adloom/internal/customers"
)

type customerCmd struct {
	Add    customerAdd    `cmd:"" help:"Add a customer and print the key that signs its URLs."`
	Rotate customerRotate `cmd:"" help:"Put a fresh key in front; URLs signed by older keys stay good."`
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
