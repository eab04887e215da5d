package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/adloom/adloom/internal/customers"
)

type customerPause struct {
	dataFlags
	ID       string `arg:"" help:"ID of the customer."`
	Template string `help:"ID of the template to pause; without it, all of the customer's."`
	Why      string `help:"What operators should know of it, in one line. Who asks for a picture does not see it."`
}

func (c *customerPause) Run(o out) error {
	list, err := c.customers()
	if err != nil {
		return err
	}
	customer, err := list.Pause(c.ID, c.Template, c.Why)
	return printPauses(o, c.ID, customer, err)
}

type customerResume struct {
	dataFlags
	ID       string `arg:"" help:"ID of the customer."`
	Template string `help:"ID of the template to resume. Without it the customer is; templates that were paused themselves stay so."`
}

func (c *customerResume) Run(o out) error {
	list, err := c.customers()
	if err != nil {
		return err
	}
	customer, err := list.Resume(c.ID, c.Template)
	return printPauses(o, c.ID, customer, err)
}

func printPauses(o out, id string, customer customers.Customer, err error) error {
	if errors.Is(err, customers.ErrInvalid) {
		return wrongUse("%v", err)
	}
	if err != nil {
		return err
	}
	if customer.Paused == nil {
		fmt.Fprintf(o.stdout, "customer %s: not paused\n", id)
	} else {
		printPause(o.stdout, "customer "+id, *customer.Paused)
	}
	for _, template := range slices.Sorted(maps.Keys(customer.PausedTemplates)) {
		printPause(o.stdout, "template "+template, customer.PausedTemplates[template])
	}
	return nil
}

func printPause(to io.Writer, what string, pause customers.Pause) {
	text := "paused"
	if !pause.Since.IsZero() {
		text += " since " + pause.Since.UTC().Format(time.RFC3339)
	}
	if pause.Why != "" {
		text += ": " + pause.Why
	}
	fmt.Fprintf(to, "%s: %s\n", what, text)
}
