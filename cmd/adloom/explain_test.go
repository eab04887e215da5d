package main

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/adloom/adloom/api"
)

// The command explains the demo's ads, and draws what the node draws.
func TestExplainCommand(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startServer(t, data, "--demo")
	ads := adsOf(t, p.base)
	if len(ads) < 6 {
		t.Fatalf("expected ads of the demo; found %d", len(ads))
	}
	for _, ad := range ads[:6] {
		file := filepath.Join(t.TempDir(), "ad.jpg")
		var x api.Explanation
		answer := must(t, "explain", "--json", "-o", file, "--data", data, "--fetch-allow", "127.0.0.1/32", ad)
		if err := json.Unmarshal([]byte(answer), &x); err != nil {
			t.Fatalf("%v in %s", err, answer)
		}
		if x.Signature != "good" || x.Render.Outcome != "drawn" || x.Picture == nil || x.Picture.Data != nil || len(x.Photos) != 1 || !x.Photos[0].Fetched {
			t.Errorf("%s:\n%s", ad, answer)
		}
		drawn, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if status, _, body := get(t, ad); status != 200 || !bytes.Equal(body, drawn) {
			t.Errorf("%s: the node answers %d with another picture", ad, status)
		}
		for _, f := range x.Fields {
			if f.Declared && f.Given != "" && (!f.Read || f.Given != f.Normal || f.Error != "") {
				t.Errorf("%s: a URL of minimal fields has %+v", ad, f)
			}
		}
		for _, l := range x.Layers {
			if l.Drawn != (l.Why == "") || l.Drawn != (l.Box != nil) || !l.Drawn && l.Why != "condition" {
				t.Errorf("%s: layer %+v", ad, l)
			}
		}
		text := must(t, "explain", "--data", data, "--fetch-allow", "127.0.0.1/32", ad)
		for _, want := range []string{"render     drawn", "signature  good", "\nconditions\n", "\nlayers\n", x.Texts[0].Layer} {
			if !strings.Contains(text, want) {
				t.Errorf("expected %q in\n%s", want, text)
			}
		}
	}
}

// adsOf lists the ads that the demo's gallery shows.
func adsOf(t *testing.T, base string) []string {
	t.Helper()
	_, _, page := get(t, base+"/")
	var ads []string
	for _, m := range regexp.MustCompile(`src="([^"]*/r/demo/[^"]*)"`).FindAllSubmatch(page, -1) {
		ads = append(ads, html.UnescapeString(string(m[1])))
	}
	return ads
}

func TestExplainCommandWithoutPicture(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	publish(t, data)
	f := func(code int, link string, want ...string) {
		t.Helper()
		stdout, stderr, got := command(t, "explain", "--data", data, link)
		for _, w := range want {
			if !strings.Contains(stdout+stderr, w) {
				t.Errorf("%s: expected %q in\n%s%s", link, w, stdout, stderr)
			}
		}
		if got != code {
			t.Errorf("%s: exit code %d; want %d", link, got, code)
		}
		if strings.ContainsAny(stdout+stderr, "\x1b\u202e") {
			t.Errorf("%s: what a terminal would obey in\n%q", link, stdout)
		}
	}
	f(0, "/r/acme/link.jpg?price=9+USD&image_link=https%3A%2F%2F127.0.0.1%2Fx.jpg", "render     failed: 422 bad_field", "signature  none", "1 is published", "title       read")
	f(0, "https://ads.example.com/r/acme/link@1.jpg?title=a%0Ab%E2%80%AE&price=9+USD&image_link=https%3A%2F%2F127.0.0.1%2F%E2%80%AEx.jpg&sig=no",
		"render     failed: 424 photo_unavailable", "signature  wrong", "blocked_address", `"a\nb`)
	f(0, "/r/acme/nothing.jpg", "render     failed: 404 unknown_template")
	must(t, "customer", "add", "acme", "--data", data)
	must(t, "customer", "pause", "acme", "--template", "link", "--data", data)
	f(0, "/r/acme/link.jpg", "paused     an operator has paused the template")
	f(2, "/r/acme/link.gif", "expected one of jpg, png, webp")
	f(2, "nonsense", "render URL: path: expected")
}
