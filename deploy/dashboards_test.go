package deploy_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dashboard is as much of Grafana's document as these tests look at.
type dashboard struct {
	UID           string
	Title         string
	SchemaVersion int
	Panels        []panel
	Templating    struct{ List []variable }
	Annotations   struct{ List []target }

	file, text string
}

type panel struct {
	ID          int
	Type, Title string
	Description string
	GridPos     struct{ X, Y, W, H int }
	Datasource  datasource
	Targets     []target
	FieldConfig struct {
		Defaults struct {
			Unit       string
			Thresholds struct{ Steps []any }
		}
	}
}

type target struct {
	Expr, RefID string
	Datasource  datasource
}

type variable struct {
	Name, Type string
	Definition string
	Datasource datasource
	IncludeAll bool
	AllValue   string
}

type datasource struct{ Type, UID string }

func (d datasource) chosen() bool { return d == datasource{Type: "prometheus", UID: "${datasource}"} }

func dashboards(t *testing.T) (out []dashboard) {
	t.Helper()
	for _, name := range []string{"overview", "customer", "node"} {
		d := dashboard{file: name + ".json", text: read(t, "deploy/grafana/dashboards/"+name+".json")}
		if err := json.Unmarshal([]byte(d.text), &d); err != nil {
			t.Fatalf("%s: %v", d.file, err)
		}
		if d.UID != "adloom-"+name || d.SchemaVersion != 39 || len(d.Panels) < 10 {
			t.Fatalf("%s: expected uid adloom-%s, schema 39 and panels; found %s, %d, %d", d.file, name, d.UID, d.SchemaVersion, len(d.Panels))
		}
		out = append(out, d)
	}
	return out
}

var sourceUID = regexp.MustCompile(`"uid": "([^"]*)"`)

func TestPanels(t *testing.T) {
	t.Parallel()
	for _, d := range dashboards(t) {
		for _, m := range sourceUID.FindAllStringSubmatch(d.text, -1) {
			if m[1] != "${datasource}" && m[1] != "-- Grafana --" && m[1] != d.UID {
				t.Errorf("%s: data source %q is not the one that the reader chooses", d.file, m[1])
			}
		}
		ids, taken := map[int]bool{}, map[[2]int]string{}
		for _, p := range d.Panels {
			where := fmt.Sprintf("%s: panel %d %q", d.file, p.ID, p.Title)
			if ids[p.ID] || p.ID < 1 || p.Title == "" {
				t.Errorf("%s: expected an id of its own and a title", where)
			}
			ids[p.ID] = true
			at := p.GridPos
			if at.X < 0 || at.W < 1 || at.X+at.W > 24 || at.Y < 0 || at.H < 1 {
				t.Errorf("%s: is outside the grid of 24 columns: %+v", where, at)
			}
			for x := at.X; x < at.X+at.W; x++ {
				for y := at.Y; y < at.Y+at.H; y++ {
					if other := taken[[2]int{x, y}]; other != "" {
						t.Fatalf("%s: lies over %q", where, other)
					}
					taken[[2]int{x, y}] = p.Title
				}
			}
			switch p.Type {
			case "row":
			case "text":
				wantDescription(t, where, p)
			case "stat", "timeseries", "table":
				wantDescription(t, where, p)
				wantQueries(t, where, p)
			default:
				t.Errorf("%s: is a %s, which these tests do not know", where, p.Type)
			}
		}
	}
}

func wantDescription(t *testing.T, where string, p panel) {
	t.Helper()
	if len(p.Description) < 10 {
		t.Errorf("%s: expected a description, found %q", where, p.Description)
	}
}

func wantQueries(t *testing.T, where string, p panel) {
	t.Helper()
	if !p.Datasource.chosen() || len(p.Targets) == 0 {
		t.Errorf("%s: expected the data source ${datasource} and a query, found %+v and %d", where, p.Datasource, len(p.Targets))
	}
	if p.Type != "table" && (p.FieldConfig.Defaults.Unit == "" || len(p.FieldConfig.Defaults.Thresholds.Steps) == 0) {
		t.Errorf("%s: expected a unit and thresholds", where)
	}
	var ids []string
	for _, q := range p.Targets {
		if q.Expr == "" || q.RefID == "" || slices.Contains(ids, q.RefID) || !q.Datasource.chosen() {
			t.Errorf("%s: expected expr, a refId of its own and ${datasource}; found %+v", where, q)
		}
		ids = append(ids, q.RefID)
	}
}

var usedVariable = regexp.MustCompile(`\$(?:\{([a-zA-Z_]+)(?:[.:][a-zA-Z_.]+)?\}|([a-zA-Z_]+))`)

// Every variable that is used is defined, and the other way round; those with two underscores are Grafana's own.
func TestVariables(t *testing.T) {
	t.Parallel()
	for _, d := range dashboards(t) {
		defined, used := map[string]bool{}, map[string]bool{}
		for _, v := range d.Templating.List {
			defined[v.Name] = true
			if v.Type == "query" && (!v.Datasource.chosen() || v.Definition == "" || v.IncludeAll != (v.AllValue != "")) {
				t.Errorf("%s: variable %s: expected ${datasource}, a definition, and a value for all where there is one", d.file, v.Name)
			}
		}
		for _, m := range usedVariable.FindAllStringSubmatch(d.text, -1) {
			if name := m[1] + m[2]; !strings.HasPrefix(name, "__") {
				used[name] = true
			}
		}
		if a, b := names(defined), names(used); !slices.Equal(a, b) {
			t.Errorf("%s: variables %q are defined, %q used", d.file, a, b)
		}
	}
}

// plain gives variables values, so that Prometheus can read an expression.
var plain = strings.NewReplacer("$__rate_interval", "1m", "$__range", "1h")

func TestDashboardsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	v := newVocabulary(t)
	file := "groups:\n- name: dashboards\n  rules:\n"
	n := 0
	for _, d := range dashboards(t) {
		marks := slices.DeleteFunc(d.Annotations.List, func(q target) bool { return q.Expr == "" }) // Grafana's own
		for _, p := range append(d.Panels, panel{Title: "annotations", Targets: marks}) {
			for _, q := range p.Targets {
				expression := plain.Replace(q.Expr)
				for _, wrong := range v.check(expression) {
					t.Errorf("%s: panel %q: %s", d.file, p.Title, wrong)
				}
				asText, err := json.Marshal(expression) // JSON is YAML
				if err != nil {
					t.Fatal(err)
				}
				file += fmt.Sprintf("  - record: panel:expression:%d\n    expr: %s\n", n, asText)
				n++
			}
		}
		for _, v := range d.Templating.List {
			if v.Type == "query" && !strings.HasPrefix(v.Definition, "label_values(adloom_") {
				t.Errorf("%s: variable %s: expected values of a label of ours, found %s", d.file, v.Name, v.Definition)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "rules.yml")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", path)
}
