//go:build linux

package main

import (
	"slices"
	"strconv"
	"strings"
)

// metrics are a node's counters, by their name with its labels. A name that a node
// does not know counts as 0: the scenarios must run against older and newer nodes.
type metrics map[string]float64

// parseMetrics reads the text format of Prometheus as the node writes it.
func parseMetrics(text string) metrics {
	m := metrics{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		i := strings.LastIndexByte(line, ' ')
		if i < 0 || line[0] == '#' {
			continue
		}
		if v, err := strconv.ParseFloat(line[i+1:], 64); err == nil {
			m[line[:i]] = v
		}
	}
	return m
}

// sum adds up all of a name whose labels hold each of the given ones, such as
// `stage="render"`.
func (m metrics) sum(name string, labels ...string) float64 {
	total := 0.0
	for key, v := range m {
		base, rest, _ := strings.Cut(key, "{")
		if base == name && !slices.ContainsFunc(labels, func(l string) bool { return !strings.Contains(rest, l) }) {
			total += v
		}
	}
	return total
}

// renders is how many pictures were painted.
func (m metrics) renders() float64 {
	return m.sum("adloom_stage_duration_seconds_count", `stage="render"`)
}
