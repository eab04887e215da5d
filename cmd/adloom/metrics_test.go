package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
)

// offered are the names of all metrics that a node has, those without a sample yet included.
func offered(t *testing.T) map[string]bool {
	t.Helper()
	var c serveCmd
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"--data", t.TempDir(), "--elastic", "http://127.0.0.1:1", "--request-log", "off"}); err != nil {
		t.Fatal(err)
	}
	n, err := newNode(c.nodeFlags, c.requestLogFlags, zap.NewNop(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer n.close()
	descriptions := make(chan *prometheus.Desc)
	go func() {
		n.registry.Describe(descriptions)
		close(descriptions)
	}()
	names := map[string]bool{}
	fqName := regexp.MustCompile(`fqName: "([^"]+)"`)
	for d := range descriptions {
		if m := fqName.FindStringSubmatch(d.String()); m != nil && strings.HasPrefix(m[1], "adloom_") {
			names[m[1]] = true
		}
	}
	return names
}

var (
	metricName = regexp.MustCompile(`\badloom_[a-z0-9_]+`)
	recorded   = regexp.MustCompile(`[a-z0-9_]*(:[a-z0-9_]+)+|(- name:|group) adloom_[a-z_]+`) // by rules, and groups of these
	seriesEnd  = regexp.MustCompile(`_(bucket|sum|count)$`)
)

// Docs, rules and dashboards name metrics that there are, and the docs name all of them.
func TestMetricsAreAsDocumented(t *testing.T) {
	t.Parallel()
	names := offered(t)
	if len(names) < 60 {
		t.Fatalf("a node offers %d metrics; want more", len(names))
	}
	documented := map[string]bool{}
	var files []string
	for _, pattern := range []string{"docs/*.md", "deploy/*/*.yml", "deploy/*/*/*.json", "deploy/*/*.conf", "deploy/*.md", "README.md"} {
		found, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range metricName.FindAllString(recorded.ReplaceAllString(string(text), ""), -1) {
			known := names[name] || names[seriesEnd.ReplaceAllString(name, "")]
			if !known && !strings.HasSuffix(name, "_") { // adloom_photo_* is a family
				t.Errorf("%s names %s, which no node offers", file, name)
			}
			if strings.HasSuffix(file, "metrics.md") {
				documented[name] = true
			}
		}
	}
	var missing []string
	for name := range names {
		if !documented[name] {
			missing = append(missing, name)
		}
	}
	if slices.Sort(missing); len(missing) > 0 {
		t.Errorf("docs/metrics.md lacks %v", missing)
	}
}
