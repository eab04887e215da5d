package renderer

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/adloom/adloom/templates"
)

// Explain takes the decisions of Resolve: whatever a template holds, it tells the same
// layers as drawn, and the same fields as read.
func TestExplainAgreesWithResolve(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	why := map[Why]int{}
	for seed := range uint64(300) {
		doc, err := json.Marshal(document(dice{rand.New(rand.NewPCG(900+seed, 0))}))
		if err != nil {
			t.Fatal(err)
		}
		tmpl, err := templates.Decode(doc, s.assets)
		if err != nil {
			t.Fatal(err)
		}
		design, err := s.warm.Compile(t.Context(), tmpl)
		if err != nil {
			continue // it costs too much
		}
		for _, product := range []templates.Fields{
			{"title": "Trail shoe for wet days", "rating": "3.5", "image_link": "https://shop.test/p.jpg"},
			{"title": "a.png", "flag": "1", "image_link": damagedURL},
			{"image_link": "https://shop.test/c.png", "rating": "many", "other": "x"},
			{},
		} {
			for w, n := range agree(t, design, product) {
				why[w] += n
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d: %s", 900+seed, doc)
		}
	}
	t.Logf("%v", why)
	for _, w := range []Why{"", WhyCondition, WhyGroup, WhyEmptyGroup, WhyTransparent, WhyEmpty, WhyNoPhoto, WhyOutside, WhyFailed} {
		if why[w] == 0 {
			t.Errorf("no layer came out as %q; the documents show too little", w)
		}
	}
}

func agree(t *testing.T, d *Design, product templates.Fields) map[Why]int {
	t.Helper()
	scene, values, err := d.resolve(product)
	x := d.Explain(product)
	if (err == nil) != (x.Err == nil) {
		t.Errorf("Resolve: %v; Explain: %v", err, x.Err)
	}
	why, failed := map[Why]int{}, false
	var drawn []string
	for _, l := range x.Layers {
		why[l.Why]++
		failed = failed || l.Why == WhyFailed
		if l.Drawn != (l.Why == "") {
			t.Errorf("layer %s: drawn %v, and why %q", l.ID, l.Drawn, l.Why)
		}
		if l.Drawn || l.Why == WhyOutside {
			drawn = append(drawn, l.ID)
		}
	}
	if failed != (err != nil) {
		t.Errorf("Resolve: %v; a layer failed: %v", err, failed)
	}
	if err != nil {
		return why
	}
	nodes := slices.Sorted(maps.Keys((&Explanation{Scene: scene}).nodes()))
	if slices.Sort(drawn); !slices.Equal(drawn, nodes) {
		t.Errorf("Explain draws %v; Resolve %v", drawn, nodes)
	}
	for _, f := range x.Fields {
		if f.Declared && f.Read != values.Asked(f.Name) {
			t.Errorf("field %s: read %v, by Resolve %v", f.Name, f.Read, values.Asked(f.Name))
		}
	}
	return why
}
