//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/adloom/adloom/internal/atomicfile"
)

// report is what is written into a document.
type report struct {
	machine string
	text    strings.Builder
}

const (
	markBegin = "<!-- chaos: begin -->"
	markEnd   = "<!-- chaos: end -->"
)

func (r *report) add(b *bench) {
	fmt.Fprintf(&r.text, "\n### %s: %s\n\n", b.scenario.name, b.scenario.asks)
	for _, t := range b.tables {
		r.rows(t.head, t.rows)
	}
	var rows [][]string
	for _, c := range b.checks {
		rows = append(rows, []string{c.what, c.found, c.bar, map[bool]string{true: "kept", false: "**not kept**"}[c.ok]})
	}
	r.rows([]string{"promise", "found", "bar", ""}, rows)
	for _, note := range b.notes {
		fmt.Fprintf(&r.text, "%s\n", note)
	}
	if len(b.notes) > 0 {
		fmt.Fprintln(&r.text)
	}
}

func (r *report) rows(head []string, rows [][]string) {
	fmt.Fprintf(&r.text, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = strings.ReplaceAll(strings.ReplaceAll(c, "|", "\\|"), "\n", " ")
		}
		fmt.Fprintf(&r.text, "| %s |\n", strings.Join(cells, " | "))
	}
	fmt.Fprintln(&r.text)
}

// write puts the tables between the markers and leaves the words around them.
func (r *report) write(path string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	before, rest, ok := bytes.Cut(old, []byte(markBegin))
	_, after, ok2 := bytes.Cut(rest, []byte(markEnd))
	if !ok || !ok2 {
		return fmt.Errorf("write report: expected %s and %s in %s; found %d bytes without", markBegin, markEnd, path, len(old))
	}
	var b bytes.Buffer
	b.Write(before)
	fmt.Fprintf(&b, "%s\n\n%s, %s.\n%s%s", markBegin, time.Now().UTC().Format("2 January 2006"), r.machine, r.text.String(), markEnd)
	b.Write(after)
	return atomicfile.WriteBytes(path, 0o644, b.Bytes())
}

// machine says what the figures were measured on.
func machine(o *options) string {
	model := "unknown CPU"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	redis := "no redis-server"
	if out, err := exec.Command("redis-server", "--version").Output(); err == nil {
		for _, word := range strings.Fields(string(out)) {
			if v, ok := strings.CutPrefix(word, "v="); ok {
				redis = "Redis " + v
			}
		}
	}
	return fmt.Sprintf("%s, nodes on CPU %s, generator, shop and Redis on CPU %s; %s, %s", model, o.NodeCPU, o.LoadCPU, redis, runtime.Version())
}
