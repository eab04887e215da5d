package ops

import (
	"cmp"
	"slices"
	"time"

	"github.com/adloom/adloom/reqlog"
)

const (
	partSeconds = 600 // an hour is kept in parts of so many seconds
	hourParts   = 6
	maxDetail   = 300 // bytes
	topOf       = 20
)

type templateName struct{ customer, template string }

func (n templateName) owner() string { return n.customer }

// templateTally is what one template did in the last hour.
type templateTally struct {
	at    [hourParts]int64
	parts [hourParts]templatePart
	last  TemplateFailure // the last failure, without its count
}

type templatePart struct {
	renders, failures uint32
	cpu               time.Duration
	took              *histogram // of drawing and encoding
	slowest           time.Duration
	slow              string // URL of the render that took so long
}

func (t *templateTally) add(now int64, c counts, r *reqlog.Record) {
	part := now / partSeconds
	i := part % hourParts
	if t.at[i] != part {
		t.at[i], t.parts[i] = part, templatePart{}
	}
	p := &t.parts[i]
	if r.Drawn() {
		cost := drawing(r)
		p.renders++
		p.cpu += cost
		if p.took == nil {
			p.took = &histogram{}
		}
		p.took.add(cost)
		if cost >= p.slowest {
			p.slowest, p.slow = cost, sampleURL(r)
		}
	}
	if c.failed > 0 {
		p.failures++
		t.last = TemplateFailure{Error: r.Error, Detail: reqlog.Shown(r.Detail, maxDetail), RequestID: r.RequestID, URL: sampleURL(r)}
	}
}

// drawing is the time in which a request used a CPU.
func drawing(r *reqlog.Record) time.Duration {
	var sum time.Duration
	for _, s := range r.Stages {
		if s.Name == "render" || s.Name == "encode" {
			sum += s.Took
		}
	}
	return sum
}

// hour sums up what is not too old, but for the histograms.
func (t *templateTally) hour(now int64) (sum templatePart) {
	for i, at := range t.at {
		if at > now/partSeconds-hourParts {
			sum.renders += t.parts[i].renders
			sum.failures += t.parts[i].failures
			sum.cpu += t.parts[i].cpu
			if t.parts[i].slowest >= sum.slowest {
				sum.slowest, sum.slow = t.parts[i].slowest, t.parts[i].slow
			}
		}
	}
	return sum
}

// took merges the histograms of what is not too old.
func (t *templateTally) took(now int64) *histogram {
	var h histogram
	for i, at := range t.at {
		if at > now/partSeconds-hourParts {
			h.merge(t.parts[i].took)
		}
	}
	return &h
}

// topTemplates are those that cost and those that failed most; of one customer, unless it is empty. It is called with mu
// held.
func (b *Board) topTemplates(now int64, customer string) Templates {
	top := Templates{ByCost: []TemplateCost{}, ByFailures: []TemplateFailure{}}
	var all time.Duration
	for name, k := range b.templates.of {
		if customer != "" && name.customer != customer {
			continue
		}
		hour := k.value.hour(now)
		all += hour.cpu
		if hour.renders > 0 {
			top.ByCost = append(top.ByCost, TemplateCost{Customer: name.customer, Template: name.template, Renders: hour.renders,
				CPU: millis(hour.cpu), URL: hour.slow})
		}
		if hour.failures > 0 {
			failure := k.value.last
			failure.Customer, failure.Template, failure.Failures = name.customer, name.template, hour.failures
			top.ByFailures = append(top.ByFailures, failure)
		}
	}
	slices.SortFunc(top.ByCost, func(x, y TemplateCost) int {
		return cmp.Or(cmp.Compare(y.CPU, x.CPU), cmp.Compare(x.Customer, y.Customer), cmp.Compare(x.Template, y.Template))
	})
	slices.SortFunc(top.ByFailures, func(x, y TemplateFailure) int {
		return cmp.Or(cmp.Compare(y.Failures, x.Failures), cmp.Compare(x.Customer, y.Customer), cmp.Compare(x.Template, y.Template))
	})
	top.ByCost, top.ByFailures = top.ByCost[:min(topOf, len(top.ByCost))], top.ByFailures[:min(topOf, len(top.ByFailures))]
	for i := range top.ByCost { // these few, as everybody waits meanwhile
		t := &top.ByCost[i]
		t.Share = round(t.CPU / max(millis(all), .01))
		t.P95 = millis(b.templates.of[templateName{t.Customer, t.Template}].value.took(now).quantile(.95))
	}
	return top
}
