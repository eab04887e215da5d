package lua_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/adloom/adloom/lua"
)

// Every script starts with a comment that says what it does, then names its
// KEYS, its ARGV and what it returns, in this order.
func TestScriptsBeginWithTheirContract(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("*.lua")
	if err != nil || len(names) == 0 {
		t.Fatalf("scripts in this folder: %d found, error %v", len(names), err)
	}
	for _, file := range names {
		name := strings.TrimSuffix(file, ".lua")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if lua.Source(name) != string(text) {
			t.Errorf("Source(%q) is not the text of %s", name, file)
		}
		if fault := headerFault(name, string(text)); fault != "" {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

func TestHeaderFault(t *testing.T) {
	t.Parallel()
	f := func(text, want string) {
		t.Helper()
		if got := headerFault("take", text); !strings.Contains(got, want) || (want == "" && got != "") {
			t.Errorf("headerFault(%q) = %q, want %q", text, got, want)
		}
	}
	good := "-- take: takes one\n-- KEYS[1]  a\n-- ARGV[1]  b\n-- Returns  1\nreturn 1\n"
	f(good, "")
	f(strings.Replace(good, "take:", "give:", 1), "first line")
	f(strings.Replace(good, "-- KEYS[1]  a\n", "", 1), "KEYS")
	f(strings.Replace(good, "ARGV[1]", "ARG1", 1), "ARGV")
	f(strings.Replace(good, "-- Returns  1\n", "\n-- Returns  1\n", 1), "Returns")
	f("", "first line")
}

func TestSourcePanicsOnAnUnknownName(t *testing.T) {
	t.Parallel()
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), `"nothing"`) {
			t.Errorf("recovered %v, want a panic that names the script", r)
		}
	}()
	lua.Source("nothing")
}

// headerFault says what is missing from the comment block at the top of a
// script, or "" when it is complete.
func headerFault(name, text string) string {
	first := regexp.MustCompile(`^-- ` + regexp.QuoteMeta(name) + `: \S`)
	if !first.MatchString(text) {
		return "first line: expected `-- " + name + ": what it does`"
	}
	var header []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "--") {
			break
		}
		header = append(header, line)
	}
	rest := strings.Join(header, "")
	for _, word := range []string{"KEYS", "ARGV", "Returns"} {
		at := regexp.MustCompile(`(?m)^-- ` + word + `\b`).FindStringIndex(rest)
		if at == nil {
			return "header: expected a line `-- " + word + " ...` after the ones before it"
		}
		rest = rest[at[1]:]
	}
	return ""
}
