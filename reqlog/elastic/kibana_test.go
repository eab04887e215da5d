package elastic_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/throttle"
)

// savedObject is one line of what Kibana exports and imports.
type savedObject struct {
	ID, Type         string
	Attributes       map[string]any
	References       []struct{ Name, Type, ID string }
	MigrationVersion map[string]string
}

func savedObjects(t *testing.T) (objects []savedObject) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "deploy", "kibana", "adloom.ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var o savedObject
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			t.Fatalf("%v in %s", err, lines.Bytes())
		}
		objects = append(objects, o)
	}
	return objects
}

// inner decodes an attribute that is JSON within JSON.
func inner(t *testing.T, object map[string]any, key string) (out any) {
	t.Helper()
	text, _ := object[key].(string)
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%s: %v in %q", key, err, text)
	}
	return out
}

// mapped are the names of all fields of the mappings.
func mapped(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("mappings.json")
	if err != nil {
		t.Fatal(err)
	}
	var mappings map[string]any
	if err := json.Unmarshal(data, &mappings); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	var walk func(at string, m map[string]any)
	walk = func(at string, m map[string]any) {
		for name, field := range m["properties"].(map[string]any) {
			if f := field.(map[string]any); f["properties"] != nil {
				walk(at+name+".", f)
			} else {
				out[at+name] = true
			}
		}
	}
	walk("", mappings)
	return out
}

var queried = regexp.MustCompile(`([a-z_.]+)\s*(?::|>|<)`)

// What operators import into Kibana refers to nothing that is not there.
func TestKibanaObjects(t *testing.T) {
	t.Parallel()
	objects, fields := savedObjects(t), mapped(t)
	there, used := map[string]bool{}, map[string]int{}
	for _, o := range objects {
		if there[o.Type+" "+o.ID] {
			t.Errorf("%s %s stands twice", o.Type, o.ID)
		}
		there[o.Type+" "+o.ID] = true
		used[o.Type]++
	}
	if used["index-pattern"] != 1 || used["search"] < 3 || used["visualization"] < 5 || used["dashboard"] != 1 {
		t.Errorf("found %v", used)
	}
	for _, o := range objects {
		field := func(name string) {
			t.Helper()
			if !fields[name] {
				t.Errorf("%s %s: the field %q has no mapping", o.Type, o.ID, name)
			}
		}
		names := map[string]bool{}
		for _, r := range o.References {
			names[r.Name] = true
			if !there[r.Type+" "+r.ID] {
				t.Errorf("%s %s refers to %s %s, which is not there", o.Type, o.ID, r.Type, r.ID)
			}
		}
		if meta, ok := o.Attributes["kibanaSavedObjectMeta"].(map[string]any); ok {
			source := inner(t, meta, "searchSourceJSON").(map[string]any)
			if name, ok := source["indexRefName"].(string); ok && !names[name] {
				t.Errorf("%s %s: no reference %q", o.Type, o.ID, name)
			}
			for _, m := range queried.FindAllStringSubmatch(source["query"].(map[string]any)["query"].(string), -1) {
				field(m[1])
			}
		}
		switch o.Type {
		case "index-pattern":
			field(o.Attributes["timeFieldName"].(string))
		case "search":
			for _, c := range o.Attributes["columns"].([]any) {
				field(c.(string))
			}
			for _, s := range o.Attributes["sort"].([]any) {
				field(s.([]any)[0].(string))
			}
		case "visualization":
			ids := map[string]bool{}
			state := inner(t, o.Attributes, "visState").(map[string]any)
			for _, a := range state["aggs"].([]any) {
				agg := a.(map[string]any)
				params := agg["params"].(map[string]any)
				if ids[agg["id"].(string)] {
					t.Errorf("%s: the aggregation %v stands twice", o.ID, agg["id"])
				}
				ids[agg["id"].(string)] = true
				field(params["field"].(string))
				if by, ok := params["orderBy"].(string); ok && !ids[by] {
					t.Errorf("%s: ordered by %q, which does not come before", o.ID, by)
				}
			}
			if title := o.Attributes["title"]; state["title"] != title || !strings.HasPrefix(title.(string), "Adloom: ") {
				t.Errorf("%s: titles %q and %q", o.ID, title, state["title"])
			}
		case "dashboard":
			panels := inner(t, o.Attributes, "panelsJSON").([]any)
			if len(panels) != len(o.References) {
				t.Errorf("%d panels, %d references", len(panels), len(o.References))
			}
			for _, p := range panels {
				if name := p.(map[string]any)["panelRefName"].(string); !names[name] {
					t.Errorf("no reference %q", name)
				}
			}
		}
	}
}

// lastKnown are the versions of each type that Kibana 7.10 and OpenSearch Dashboards know: a file with a later one is
// refused there, one with an earlier one is brought up to date everywhere.
var lastKnown = map[string]string{"index-pattern": "7.6.0", "search": "7.9.3", "visualization": "7.10.0", "dashboard": "7.9.3"}

func TestKibanaObjectsAreOldEnough(t *testing.T) {
	t.Parallel()
	for _, o := range savedObjects(t) {
		if want := map[string]string{o.Type: lastKnown[o.Type]}; !maps.Equal(o.MigrationVersion, want) {
			t.Errorf("%s %s: version %v, want %v", o.Type, o.ID, o.MigrationVersion, want)
		}
		if o.Type != "dashboard" {
			continue
		}
		for _, p := range inner(t, o.Attributes, "panelsJSON").([]any) {
			if version := p.(map[string]any)["version"]; version != lastKnown["dashboard"] {
				t.Errorf("%s: a panel of version %v", o.ID, version)
			}
		}
	}
}

// A photo that could not be had has a reason, too, and is no refusal.
func TestKibanaThrottled(t *testing.T) {
	t.Parallel()
	reasons := []throttle.Reason{throttle.CustomerConcurrency, throttle.CustomerSlowDownloads, throttle.CustomerSlowRenders, throttle.Paused, throttle.NodeFull}
	for _, o := range savedObjects(t) {
		if !strings.HasPrefix(o.ID, "adloom-throttled") {
			continue
		}
		source := inner(t, o.Attributes["kibanaSavedObjectMeta"].(map[string]any), "searchSourceJSON").(map[string]any)
		query := source["query"].(map[string]any)["query"].(string)
		words := strings.FieldsFunc(query, func(r rune) bool { return r == ' ' || r == '(' || r == ')' })
		for _, reason := range append(reasons, throttle.Reason(fetcher.OriginLimited)) {
			if !slices.Contains(words, string(reason)) {
				t.Errorf("%s does not find old pictures sent because of %s: %s", o.ID, reason, query)
			}
		}
		if strings.Contains(query, "*") || !strings.Contains(query, "error : limited") {
			t.Errorf("%s: %s", o.ID, query)
		}
	}
}

// What is called the slowest is the slowest, not the busiest.
func TestKibanaSlowestTemplates(t *testing.T) {
	t.Parallel()
	for _, o := range savedObjects(t) {
		if o.ID != "adloom-slowest-templates" {
			continue
		}
		fields := map[any]any{}
		for _, a := range inner(t, o.Attributes, "visState").(map[string]any)["aggs"].([]any) {
			agg := a.(map[string]any)
			params := agg["params"].(map[string]any)
			fields[agg["id"]] = params["field"]
			if by, ok := params["orderBy"]; ok && fields[by] != "render_ms" {
				t.Errorf("ordered by %v", fields[by])
			}
		}
	}
}
