package ops

import (
	"fmt"
	"strconv"
	"time"
)

// Limit changes a customer's own limits. What another operator changed meanwhile and this one did not stays.
func (c *Console) Limit(who, customer string, to LimitsChange) (Act, error) {
	was, err := c.actions.Limit(customer, to)
	if err != nil {
		return Act{}, err
	}
	limits := to.Of(was)
	return c.done(who, "limits", customer, fmt.Sprintf("concurrency %s, slow downloads %s, slow renders %s",
		change(was.Concurrency, limits.Concurrency), change(was.SlowDownloads, limits.SlowDownloads), change(was.SlowRenders, limits.SlowRenders)))
}

// Pause stops a customer, or one template of it.
func (c *Console) Pause(who, customer, template, why string) (Act, error) {
	if err := c.actions.Pause(customer, template, why); err != nil {
		return Act{}, err
	}
	return c.done(who, "pause", target(customer, template), why)
}

// Resume ends that.
func (c *Console) Resume(who, customer, template string) (Act, error) {
	if err := c.actions.Resume(customer, template); err != nil {
		return Act{}, err
	}
	return c.done(who, "resume", target(customer, template), "")
}

// Drain takes the node out of its load balancers.
func (c *Console) Drain(who string) (Act, error) {
	if err := c.actions.Drain(); err != nil {
		return Act{}, err
	}
	return c.done(who, "drain", c.sources.Node.Name, "")
}

// Undrain brings it back.
func (c *Console) Undrain(who string) (Act, error) {
	if err := c.actions.Undrain(); err != nil {
		return Act{}, err
	}
	return c.done(who, "undrain", c.sources.Node.Name, "")
}

// done records an act and has the next viewer see what it changed.
func (c *Console) done(who, action, target, detail string) (Act, error) {
	act := Act{Time: time.Now().UTC(), Who: who, Action: action, Target: target, Detail: detail}
	err := c.audit.Record(act)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = nil
	return act, err
}

func target(customer, template string) string {
	if template == "" {
		return customer
	}
	return customer + "/" + template
}

func change(was, is int) string {
	if was == is {
		return limitText(is)
	}
	return limitText(was) + " -> " + limitText(is)
}

func limitText(n int) string {
	switch n {
	case 0:
		return "the node's"
	case -1:
		return "none"
	}
	return strconv.Itoa(n)
}

// Node is the name of the node.
func (c *Console) Node() string { return c.sources.Node.Name }
