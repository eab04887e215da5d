package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/adloom/adloom/internal/customers"
)

type customerLog struct {
	dataFlags
	ID       string `arg:"" help:"ID of the customer."`
	Share    string `placeholder:"SHARE" help:"Share of its successes that is logged, 0 to 1; \"node\" for the node's."`
	Failures string `placeholder:"N" help:"Failures that are logged in a minute; \"all\", or \"node\" for the node's."`
}

func (c *customerLog) Run(o out) error {
	list, err := c.customers()
	if err != nil {
		return err
	}
	customer, err := list.Customer(c.ID)
	if err != nil {
		return err
	}
	own := customer.Log
	if c.Share != "" {
		if own.Share, err = override(c.Share, parseShare); err != nil {
			return wrongUse("--share: expected 0 to 1, or node; found %q", c.Share)
		}
	}
	if c.Failures != "" {
		if own.Failures, err = override(c.Failures, parseFailures); err != nil {
			return wrongUse("--failures: expected a number, all or node; found %q", c.Failures)
		}
	}
	if own != customer.Log {
		if customer, err = list.Log(c.ID, own); errors.Is(err, customers.ErrInvalid) {
			return wrongUse("%v", err)
		} else if err != nil {
			return err
		}
	}
	share, failures := "the node's", "the node's"
	if s := customer.Log.Share; s != nil {
		share = strconv.FormatFloat(*s, 'g', -1, 64)
	}
	if n := customer.Log.Failures; n != nil {
		if failures = strconv.Itoa(*n); *n < 0 {
			failures = "all"
		}
	}
	fmt.Fprintf(o.stdout, "customer %s\nshare    %s\nfailures %s\n", c.ID, share, failures)
	return nil
}

// override reads a setting that may be left to the node.
func override[T any](text string, parse func(string) (T, error)) (*T, error) {
	if text == "node" {
		return nil, nil
	}
	value, err := parse(text)
	if err != nil {
		return nil, err
	}
	return &value, nil
}

func parseShare(text string) (float64, error) { return strconv.ParseFloat(text, 64) }

func parseFailures(text string) (int, error) {
	if text == "all" {
		return -1, nil
	}
	return strconv.Atoi(text)
}
