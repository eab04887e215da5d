package deploy_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rule is one of a file of rules.
type rule struct {
	name, expression string
	alert            bool
	text             string // all of it
}

var (
	ruleStart = regexp.MustCompile(`(?m)^      - (record|alert): (\S+)$`)
	ruleExpr  = regexp.MustCompile(`(?m)^        expr: (?:\|\n((?:          .*\n)+)|(.+))`)
	severity  = regexp.MustCompile(`(?m)^        labels: \{severity: (critical|warning|info), fault: (node|customer|shop|operator)\}$`)
	duration  = regexp.MustCompile(`(?m)^        for: \d+[mhd]$`)
	runbook   = regexp.MustCompile(`(?m)^          runbook: docs/operating\.md#(\S+)$`)
	saying    = regexp.MustCompile(`(?m)^          description: >-\n((?:            .*\n)+)`)
	comment   = regexp.MustCompile(`(?m)^ *#.*\n`)
)

// rules reads a file in the form that ours have; promtool knows the others.
func rules(t *testing.T, path string) (out []rule) {
	t.Helper()
	text := comment.ReplaceAllString(read(t, path), "")
	starts := ruleStart.FindAllStringSubmatchIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		r := rule{alert: text[at[2]:at[3]] == "alert", name: text[at[4]:at[5]], text: text[at[0]:end]}
		expression := ruleExpr.FindStringSubmatch(r.text)
		if expression == nil {
			t.Fatalf("%s: %s has no expr in the form that this test reads", path, r.name)
		}
		r.expression = strings.TrimSpace(expression[1] + expression[2])
		out = append(out, r)
	}
	if len(out) < 20 {
		t.Fatalf("%s: %d rules, want 20 at least: has its form changed?", path, len(out))
	}
	return out
}

func alerts(t *testing.T) []rule { return rules(t, "deploy/prometheus/alerts.rules.yml") }

// description is what an alert says to do.
func (r rule) description() string {
	if m := saying.FindStringSubmatch(r.text); m != nil {
		return strings.Join(strings.Fields(m[1]), " ")
	}
	return ""
}

func TestPromtoolAcceptsRules(t *testing.T) {
	t.Parallel()
	promtool(t, "check", "config", "prometheus.yml") // and the rules that it names
}

func TestPromtoolTestsRules(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("prometheus/tests/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("tests of rules: %q, %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			promtool(t, "test", "rules", filepath.Join("tests", filepath.Base(file)))
		})
	}
}

func TestRulesNameWhatThereIs(t *testing.T) {
	t.Parallel()
	v := newVocabulary(t)
	for _, r := range append(rules(t, "deploy/prometheus/recording.rules.yml"), alerts(t)...) {
		for _, wrong := range v.check(r.expression) {
			t.Errorf("%s: %s", r.name, wrong)
		}
	}
}

// A recorded series is level:metric:operation, and the level names the labels that it has.
func TestRecordedNames(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^(job|instance)(_(status|error|customer|reason|network|cache|stage|files|le))*:adloom_[a-z_]+:[a-z0-9_]+$`)
	seen := map[string]bool{}
	for _, r := range rules(t, "deploy/prometheus/recording.rules.yml") {
		if !form.MatchString(r.name) || seen[r.name] {
			t.Errorf("%s: expected level:metric:operation, once", r.name)
		}
		seen[r.name] = true
	}
}

// Each alert says how bad it is, whose fault, and where to read on; it has a test in which it fires; and the runbook has
// a part for it and for no other.
func TestAlerts(t *testing.T) {
	t.Parallel()
	tests := ""
	files, err := filepath.Glob("prometheus/tests/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		tests += read(t, "deploy/"+filepath.ToSlash(file))
	}
	var parts, own []string
	for _, m := range regexp.MustCompile(`(?m)^### (Adloom\w+)$`).FindAllStringSubmatch(read(t, "docs/operating.md"), -1) {
		parts = append(parts, m[1])
	}
	for _, r := range alerts(t) {
		own = append(own, r.name)
		where := runbook.FindStringSubmatch(r.text)
		switch {
		case !severity.MatchString(r.text):
			t.Errorf("%s: expected labels: {severity: critical|warning|info, fault: node|customer|shop|operator}", r.name)
		case !duration.MatchString(r.text):
			t.Errorf("%s: expected a for", r.name)
		case where == nil || where[1] != strings.ToLower(r.name):
			t.Errorf("%s: expected runbook: docs/operating.md#%s", r.name, strings.ToLower(r.name))
		case !strings.Contains(r.text, "          summary: '") || r.description() == "":
			t.Errorf("%s: expected a summary and a description", r.name)
		}
		if !strings.Contains(tests, `alertname="`+r.name+`"`) {
			t.Errorf("%s: no test has it fire", r.name)
		}
	}
	if slices.Sort(parts); !slices.Equal(parts, slices.Sorted(slices.Values(own))) {
		t.Errorf("docs/operating.md has parts for\n%q, the alerts are\n%q", parts, slices.Sorted(slices.Values(own)))
	}
}

// Panels that alerts and the runbook name are on a dashboard.
func TestNamedPanels(t *testing.T) {
	t.Parallel()
	titles := map[string]bool{"cache janitor": true, "Out of memory": true, "go": true} // in logs, or a value
	for _, d := range dashboards(t) {
		titles[d.Title] = true
		for _, p := range d.Panels {
			titles[p.Title] = true
		}
	}
	prose := regexp.MustCompile("(?s)```.*?```|`[^`]*`").ReplaceAllString(read(t, "docs/operating.md"), "")
	texts := map[string]string{"docs/operating.md": prose}
	for _, r := range alerts(t) {
		texts[r.name] = r.description()
	}
	for where, text := range texts {
		for _, m := range regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(text, -1) {
			if name := strings.Join(strings.Fields(m[1]), " "); !titles[name] {
				t.Errorf("%s: no dashboard has a panel %q", where, name)
			}
		}
	}
}
