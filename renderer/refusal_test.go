package renderer_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

// What cannot be drawn is refused when the template is loaded, naming the place.
func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	f := func(layers string, assets map[string][]byte, want ...string) {
		t.Helper()
		tmpl, err := templates.Decode([]byte(`{"schema":1,"name":"n","width":2000,"height":2000,"layers":[`+layers+`]}`), assets)
		if err != nil {
			t.Fatal(err)
		}
		_, err = engine().Compile(t.Context(), tmpl)
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("Compile = %v; want %q in it", err, w)
			}
		}
	}
	f(`{"id":"s","type":"shape","shape":"path","width":9,"height":9,"fill":"red","path":"M0 0 L"}`, nil, "layers[0].path: expected SVG path data", "byte 6")
	f(`{"id":"s","type":"shape","shape":"rectangle","width":9,"height":9,"fill":"red","mask":{"shape":"path","path":"oops"}}`, nil, "layers[0].mask.path")
	f(`{"id":"s","type":"image","width":9,"height":9,"src":"asset:a.svg"}`, map[string][]byte{"a.svg": []byte("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\n<text>x</text></svg>")}, "asset:a.svg", "line 2", "text")
	f(`{"id":"s","type":"image","width":9,"height":9,"src":"asset:a.svg"}`, map[string][]byte{"a.svg": []byte("<html><body>not found</body></html>")}, "asset:a.svg", "html")
	var heavy []string
	for i := range 40 {
		heavy = append(heavy, fmt.Sprintf(`{"id":"l%d","type":"text","width":2000,"height":2000,"size":20,"font":"Go","text":"x","overflow":"clip","rotation":%d}`, i, i+1))
	}
	heavy[7] = `{"id":"worst","type":"text","width":2000,"height":2000,"size":20,"font":"Go","text":"x","overflow":"clip","rotation":3,"shadow":{"blur":20},"outline":{"width":4}}`
	f(strings.Join(heavy, ","), nil, "layers[7]: expected a template that costs at most", "of which this layer is")
}

func TestResolveRefuses(t *testing.T) {
	t.Parallel()
	e := engine()
	for layer, want := range map[string]string{
		`{"id":"q","type":"qr","width":90,"height":90,"text":"{{title}}"}`:      "field q: expected a text",
		`{"id":"r","type":"rating","width":90,"height":20,"value":"{{title}}"}`: "field r: expected a number such as 4.5",
	} {
		_, err := compile(t, e, white, layer).Resolve(templates.Fields{"title": strings.Repeat("a very long text ", 300)})
		var field *templates.FieldError
		if !errors.As(err, &field) || !strings.Contains(err.Error(), want) {
			t.Errorf("Resolve = %v; want %q in it", err, want)
		}
	}
	scene, err := compile(t, e, white, `{"id":"r","type":"rating","width":90,"height":20,"value":"{{rating}}"}`).Resolve(templates.Fields{"title": "x"})
	if err != nil || len(scene.Nodes) != 0 {
		t.Errorf("a product without a rating: %v, %v; want nothing to draw", scene, err)
	}
}
