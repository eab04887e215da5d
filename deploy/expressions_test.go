package deploy_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// metric is one row of docs/metrics.md.
type metric struct {
	kind   string
	labels []string
}

var (
	metricRow = regexp.MustCompile("(?m)^\\| `(adloom_[a-z_]+)` \\| (\\w+) \\| ([^|]*)\\|")
	inTicks   = regexp.MustCompile("`([^`]+)`")
)

// documented reads docs/metrics.md.
func documented(t *testing.T) map[string]metric {
	t.Helper()
	out := map[string]metric{}
	for _, row := range metricRow.FindAllStringSubmatch(read(t, "docs/metrics.md"), -1) {
		if _, twice := out[row[1]]; twice {
			t.Errorf("docs/metrics.md has %s twice", row[1])
		}
		m := metric{kind: row[2]}
		for _, label := range inTicks.FindAllStringSubmatch(row[3], -1) {
			m.labels = append(m.labels, label[1])
		}
		out[row[1]] = m
	}
	if len(out) < 50 {
		t.Fatalf("docs/metrics.md has %d metrics, want more than 50: has its form changed?", len(out))
	}
	return out
}

func TestDocumentedMetrics(t *testing.T) {
	t.Parallel()
	for name, m := range documented(t) {
		switch counts := strings.HasSuffix(name, "_total"); {
		case !slices.Contains([]string{"counter", "gauge", "histogram"}, m.kind):
			t.Errorf("%s: expected counter, gauge or histogram, found %q", name, m.kind)
		case counts != (m.kind == "counter"):
			t.Errorf("%s is a %s: counters, and they alone, end in _total", name, m.kind)
		}
	}
}

// foreign are series that others make.
func foreign() map[string]metric {
	return map[string]metric{
		"up":     {},
		"ALERTS": {labels: []string{"alertname", "alertstate", "severity", "fault", "customer", "reason", "error"}},

		"process_start_time_seconds": {}, "process_open_fds": {}, "process_max_fds": {}, "process_cpu_seconds_total": {},
		"process_resident_memory_bytes": {}, "go_goroutines": {}, "go_memstats_heap_inuse_bytes": {},
	}
}

// vocabulary is what expressions may say.
type vocabulary struct {
	series map[string]metric
}

// newVocabulary has what nodes offer, what others do, and what the recording rules make of it.
func newVocabulary(t *testing.T) vocabulary {
	t.Helper()
	v := vocabulary{series: foreign()}
	for name, m := range documented(t) {
		v.series[name] = m
		if m.kind == "histogram" {
			v.series[name+"_count"], v.series[name+"_sum"] = m, m
			v.series[name+"_bucket"] = metric{labels: append([]string{"le"}, m.labels...)}
			delete(v.series, name) // there is no such classic series
		}
	}
	for _, r := range rules(t, "deploy/prometheus/recording.rules.yml") {
		level, _, _ := strings.Cut(r.name, ":")
		v.series[r.name] = metric{labels: strings.Split(level, "_")}
	}
	return v
}

var (
	quoted   = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	word     = regexp.MustCompile(`[a-zA-Z_:][a-zA-Z0-9_:]*`)
	selector = regexp.MustCompile(`([a-zA-Z_:][a-zA-Z0-9_:]*)\{([^}]*)\}`)
	matcher  = regexp.MustCompile(`([a-z_]+)\s*(?:=~|!~|!=|=)`)
	grouping = regexp.MustCompile(`\b(?:by|on|without|ignoring|group_left|group_right) \(([^)]*)\)`)
)

// check says what is wrong with the names in an expression.
func (v vocabulary) check(expression string) (wrong []string) {
	bare := quoted.ReplaceAllString(expression, `""`)
	labels := map[string]bool{"job": true, "instance": true}
	outside := grouping.ReplaceAllString(selector.ReplaceAllString(bare, "$1"), "")
	for _, name := range word.FindAllString(outside, -1) {
		m, known := v.series[name]
		if !known && (strings.Contains(name, "adloom") || strings.HasPrefix(name, "process_") || strings.HasPrefix(name, "go_")) {
			wrong = append(wrong, "there is no series "+name)
		}
		for _, label := range m.labels {
			labels[label] = true
		}
	}
	for _, s := range selector.FindAllStringSubmatch(bare, -1) {
		for _, label := range matcher.FindAllStringSubmatch(s[2], -1) {
			if own := append(v.series[s[1]].labels, "job", "instance"); !slices.Contains(own, label[1]) {
				wrong = append(wrong, s[1]+" has no label "+label[1])
			}
		}
	}
	for _, g := range grouping.FindAllStringSubmatch(bare, -1) {
		for _, label := range word.FindAllString(g[1], -1) {
			if !labels[label] {
				wrong = append(wrong, "none of its series has the label "+label)
			}
		}
	}
	return wrong
}

func TestVocabulary(t *testing.T) {
	t.Parallel()
	v := newVocabulary(t)
	f := func(expression string, want ...string) {
		t.Helper()
		if got := v.check(expression); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", expression, got, want)
		}
	}
	f(`sum by (job, customer) (rate(adloom_requests_total{status=~"5..", error!=""}[5m])) > 0.1`)
	f(`histogram_quantile(0.99, sum by (le) (rate(adloom_request_duration_seconds_bucket[5m])))`)
	f(`rate(adloom_request_total[5m])`, "there is no series adloom_request_total")
	f(`adloom_request_duration_seconds > 1`, "there is no series adloom_request_duration_seconds")
	f(`job:adloom_nothing:rate5m`, "there is no series job:adloom_nothing:rate5m")
	f(`adloom_redis_up{node="a"} == 0`, "adloom_redis_up has no label node")
	f(`sum by (shop) (adloom_photo_hosts)`, "none of its series has the label shop")
	f(`label_replace(up, "x", "adloom_gone", "job", "")`)
}

// names are the keys of a map, in order.
func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
