// Package imports holds the rules of who may import whom, and a test that keeps them.
//
// Arrows point from cmd over api to the domain and never back; siblings meet in cmd, or through an interface
// that the user declares. Imports of tests do not count.
package imports

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Table is what every package imports directly, by import path.
type Table map[string][]string

// Rule bounds what one package imports.
type Rule struct {
	Package string
	// Ours are the packages of the module that it may import, if Strict.
	Ours   []string
	Strict bool
	// Never are import paths that it must not import, or trees of them ("path/...").
	Never []string
	Why   string
}

// Guard bounds who imports a package or a tree of packages.
type Guard struct {
	Package string
	By      []string
	Why     string
}

// Break is one import that breaks a rule.
type Break struct {
	Package, Import, Why string
}

func (b Break) String() string {
	return fmt.Sprintf("%s must not import %s: %s", b.Package, b.Import, b.Why)
}

// Check gives every import of the table that breaks a rule, sorted. Packages that a rule names but the table
// does not have are fine.
func Check(module string, table Table, rules []Rule, guards []Guard) []Break {
	var out []Break
	for _, r := range rules {
		for _, path := range table[r.Package] {
			ours := matches(module+"/...", path)
			if r.Strict && ours && !matchesAny(r.Ours, path) || matchesAny(r.Never, path) {
				out = append(out, Break{r.Package, path, r.Why})
			}
		}
	}
	for _, g := range guards {
		for _, importer := range slices.Sorted(maps.Keys(table)) {
			if matchesAny(g.By, importer) {
				continue
			}
			for _, path := range table[importer] {
				if matches(g.Package, path) {
					out = append(out, Break{importer, path, g.Why})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b Break) int { return strings.Compare(a.String(), b.String()) })
	return out
}

func matchesAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, path) })
}

// matches understands "path" and, as the go command does, "path/..." for path and all below it.
func matches(pattern, path string) bool {
	tree, ok := strings.CutSuffix(pattern, "/...")
	return path == tree || ok && strings.HasPrefix(path, tree+"/")
}
