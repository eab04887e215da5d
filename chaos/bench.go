//go:build linux

package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// bench collects what one scenario finds.
type bench struct {
	*options
	scenario scenario
	took     time.Duration
	tables   []table
	checks   []check
	notes    []string
	others   float64 // the most of the nodes' CPU that others took
}

// table is figures with names.
type table struct {
	head []string
	rows [][]string
}

// check is a promise and what was found.
type check struct {
	what, found, bar string
	ok               bool
}

// check notes whether a promise was kept.
func (b *bench) check(what string, found any, bar string, ok bool) {
	c := check{what, fmt.Sprint(found), bar, ok}
	b.checks = append(b.checks, c)
	fmt.Printf("%s %s: %s (bar: %s)\n", verdict(ok), what, c.found, bar)
}

func verdict(ok bool) string {
	if ok {
		return "pass"
	}
	return "FAIL"
}

// most checks a figure that must not be larger.
func (b *bench) most(what string, found, bar float64, unit string) {
	b.check(what, figure(found)+unit, "at most "+figure(bar)+unit, found <= bar)
}

// least checks a figure that must not be smaller.
func (b *bench) least(what string, found, bar float64, unit string) {
	b.check(what, figure(found)+unit, "at least "+figure(bar)+unit, found >= bar)
}

// note is a sentence below the tables.
func (b *bench) note(format string, args ...any) {
	b.notes = append(b.notes, fmt.Sprintf(format, args...))
	fmt.Printf(format+"\n", args...)
}

// table begins a table; its rows are added by row.
func (b *bench) table(head ...string) { b.tables = append(b.tables, table{head: head}) }

func (b *bench) row(cells ...any) {
	t := &b.tables[len(b.tables)-1]
	row := make([]string, len(cells))
	for i, c := range cells {
		if f, ok := c.(float64); ok {
			row[i] = figure(f)
			continue
		}
		row[i] = fmt.Sprint(c)
	}
	t.rows = append(t.rows, row)
	fmt.Println(" ", strings.Join(row, "  "))
}

func (b *bench) passed() bool {
	return !slices.ContainsFunc(b.checks, func(c check) bool { return !c.ok })
}

func (b *bench) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s, %s, %s\n", b.scenario.name, b.took.Round(time.Second), verdict(b.passed()))
	for _, t := range b.tables {
		tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		fmt.Fprintln(tw, "  "+strings.Join(t.head, "\t"))
		for _, r := range t.rows {
			fmt.Fprintln(tw, "  "+strings.Join(r, "\t"))
		}
		tw.Flush() // standard output
	}
	for _, c := range b.checks {
		fmt.Fprintf(w, "  %s  %s: %s (bar: %s)\n", verdict(c.ok), c.what, c.found, c.bar)
	}
}

// figure has three digits that count.
func figure(f float64) string {
	switch {
	case f == float64(int64(f)) && f < 1e9:
		return fmt.Sprintf("%d", int64(f))
	case f >= 100:
		return fmt.Sprintf("%.0f", f)
	case f >= 10:
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.2f", f)
}

// median of several rounds: on a machine that others use, the mean is the others'.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// figures prints the raw values beside a median.
func figures(values []float64) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = figure(v)
	}
	return strings.Join(out, " ")
}

// words prints counts.
func words(counts map[string]int64) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, fmt.Sprintf("%s %d", name, counts[name]))
	}
	return strings.Join(out, ", ")
}
