package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

var (
	shownType  = regexp.MustCompile(`(?m)^# TYPE (adloom_\S+) (\S+)$`)
	shown      = regexp.MustCompile(`(?m)^(adloom_[a-z_]+)(?:\{(.*)\})? \S+$`)
	shownLabel = regexp.MustCompile(`([a-z_]+)="(?:[^"\\]|\\.)*"`)
	listed     = regexp.MustCompile("(?m)^\\| `(adloom_[a-z_]+)` \\| (\\w+) \\| ([^|]*)\\|")
	ticks      = regexp.MustCompile("`([^`]+)`")
)

// docs/metrics.md has the types and labels that a node's metrics have. Rules and dashboards (deploy) are checked against
// that list.
func TestLabelsAreAsDocumented(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	publish(t, data)
	p := startServer(t, data, "--elastic", "http://127.0.0.1:1", "--result-fresh", "0", "--result-stale", "0")
	url := sign(t, data, p.base, "link", templates.Fields{"title": "Hat", "price": "10 USD", "image_link": photoServer(t)})
	if status, _, body := get(t, url); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	must(t, "customer", "pause", "acme", "--data", data)
	until(t, func() bool { status, _, _ := get(t, url); return status == http.StatusTooManyRequests }) // a refusal is counted
	_, _, text := get(t, p.admin+"/metrics")

	found := map[string]string{}
	for _, m := range shownType.FindAllStringSubmatch(string(text), -1) {
		found[m[1]] = m[2]
	}
	for _, m := range shown.FindAllStringSubmatch(string(text), -1) {
		name := m[1]
		if _, known := found[name]; !known {
			for _, suffix := range []string{"_bucket", "_count", "_sum"} {
				name = strings.TrimSuffix(name, suffix)
			}
		}
		kind, _, _ := strings.Cut(found[name], " ")
		found[name] = kind
		for _, label := range shownLabel.FindAllStringSubmatch(m[2], -1) {
			if label[1] != "le" {
				found[name] += " " + label[1]
			}
		}
	}
	documented := map[string]string{}
	doc, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range listed.FindAllStringSubmatch(string(doc), -1) {
		row := m[2]
		var labels []string
		for _, label := range ticks.FindAllStringSubmatch(m[3], -1) {
			labels = append(labels, label[1])
		}
		slices.Sort(labels) // as Prometheus writes them
		documented[m[1]] = strings.Join(append([]string{row}, labels...), " ")
	}
	for name, is := range found {
		if documented[name] != is {
			t.Errorf("a node shows %s as %q, docs/metrics.md has %q", name, is, documented[name])
		}
	}
	if len(found) < len(documented) {
		t.Errorf("a node shows %d metrics, docs/metrics.md has %d: which was not provoked?", len(found), len(documented))
	}
}

// Flags that operators are told to turn exist. Those of other programs are named here.
func TestFlagsAreAsDocumented(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, name := range []string{"--config", "--config.file", "--test", "--storage.tsdb.path", "--enable-feature", "--latency"} {
		known[name] = true
	}
	flag := regexp.MustCompile(`--[a-z][a-z.-]*[a-z]`)
	for _, args := range [][]string{{"serve"}, {"customer", "limits"}, {"customer", "log"}, {"customer", "pause"}, {"template", "publish"}} {
		stdout, stderr, _ := command(t, append(args, "--help")...)
		for _, name := range flag.FindAllString(stdout+stderr, -1) {
			known[name] = true
		}
	}
	files, err := filepath.Glob("../../deploy/*/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../../deploy/grafana/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	files = append(append(files, more...), "../../docs/operating.md", "../../docs/metrics.md", "../../deploy/README.md", "../../deploy/telegraf/telegraf.conf")
	told := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range flag.FindAllString(string(text), -1) {
			if told++; !known[name] {
				t.Errorf("%s: there is no flag %s", file, name)
			}
		}
	}
	if told < 50 {
		t.Errorf("%d flags in %q, want more: are these the files?", told, files)
	}
}
