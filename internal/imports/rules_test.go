package imports_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imports"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	rules := []imports.Rule{
		{Package: "m/pure", Strict: true, Ours: []string{"m/words", "m/tree/..."}, Never: []string{"net", "os/...", "x.org/redis/..."}, Why: "it is pure"},
		{Package: "m/open", Never: []string{"m/hidden"}, Why: "it asks"},
		{Package: "m/absent", Strict: true, Why: "it is not written yet"},
	}
	guards := []imports.Guard{
		{Package: "m/cmd/...", Why: "wiring"},
		{Package: "m/fast", By: []string{"m/cmd/...", "m/pure"}, Why: "one user"},
	}
	f := func(pkg, imported string, want ...string) {
		t.Helper()
		var got []string
		for _, b := range imports.Check("m", imports.Table{pkg: {"fmt", imported}}, rules, guards) {
			if b.Package != pkg || b.Import != imported || !strings.Contains(b.String(), pkg+" must not import "+imported+": "+b.Why) {
				t.Errorf("%s -> %s: got %v", pkg, imported, b)
			}
			got = append(got, b.Why)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s -> %s: got %q, want %q", pkg, imported, got, want)
		}
	}
	f("m/pure", "strings")
	f("m/pure", "m/words")
	f("m/pure", "m/tree")
	f("m/pure", "m/tree/leaf")
	f("m/pure", "net/url")
	f("m/pure", "osier")
	f("m/pure", "mm/words")
	f("m/pure", "m/other", "it is pure")
	f("m/pure", "m/words/below", "it is pure")
	f("m/pure", "m/treehouse", "it is pure")
	f("m/pure", "net", "it is pure")
	f("m/pure", "os", "it is pure")
	f("m/pure", "os/exec", "it is pure")
	f("m/pure", "x.org/redis/v9", "it is pure")
	f("m/pure", "m/fast", "it is pure")
	f("m/pure", "m/cmd/x", "it is pure", "wiring")
	f("m/open", "m/words")
	f("m/open", "m/hidden", "it asks")
	f("m/open", "m/cmd", "wiring")
	f("m/open", "m/fast", "one user")
	f("m/cmd/x", "m/fast")
	f("m/cmd/x", "m/hidden")

	several := imports.Check("m", imports.Table{"m/pure": {"os", "net"}, "m/open": {"m/hidden"}}, rules, guards)
	if len(several) != 3 || several[0].Package != "m/open" || several[1].Import != "net" || several[2].Import != "os" {
		t.Errorf("several at once: got %v", several)
	}
}

// The real rules must be able to fail, too: each of these imports has to break one.
func TestRulesBite(t *testing.T) {
	t.Parallel()
	const m = imports.Module + "/"
	f := func(pkg, imported string) {
		t.Helper()
		got := imports.Check(imports.Module, imports.Table{m + pkg: {imported}}, imports.Rules(), imports.Guards())
		if len(got) != 1 || got[0].Why == "" {
			t.Errorf("%s -> %s: got %v, want one broken rule", pkg, imported, got)
		}
	}
	const redis, pgx = "github.com/redis/go-redis/v9", "github.com/jackc/pgx/v5/pgxpool"
	f("templates", m+"internal/imageinfo")
	f("templates", "net/http")
	f("lua", m+"templates")
	f("lua", redis)
	f("reqlog", m+"templates")
	f("reqlog", m+"reqlog/elastic")
	f("reqlog", redis)
	f("reqlog/elastic", m+"throttle")
	f("reqlog/elastic", redis)
	f("cmd/adloom", "github.com/olivere/elastic/v7")
	f("renderurl", m+"renderer")
	f("renderurl", "os")
	f("renderer", m+"fetcher")
	f("renderer", m+"renderurl")
	for _, path := range []string{"net", "net/http", "os", redis, pgx} {
		f("renderer", path)
	}
	f("internal/imageinfo", "os")
	f("fetcher", m+"diskcache")
	f("fetcher", m+"templates")
	f("throttle", m+"api")
	f("throttle", m+"diskcache")
	f("diskcache", m+"throttle")
	for _, path := range []string{redis, pgx, m + "diskcache", m + "lua", m + "templates/store", m + "templates/postgres"} {
		f("api", path)
	}
	f("templates/postgres", m+"api")
	f("feed", m+"cmd/adloom")
	f("api", m+"internal/turbojpeg")
}
