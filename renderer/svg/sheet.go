package svg

import (
	"fmt"
	"slices"
	"strings"
)

// declaration is a property with its value.
type declaration struct {
	name, value string
	important   bool
}

// rule is one selector of a style sheet with its declarations.
type rule struct {
	element, id  string
	classes      []string
	weight       int // of the selector, as CSS orders them
	declarations []declaration
}

// matches tells whether the rule holds for e, whose classes are given.
func (r *rule) matches(e *element, classes []string) bool {
	if r.element != "" && r.element != e.name || r.id != "" && r.id != e.attrs["id"] {
		return false
	}
	for _, c := range r.classes {
		if !slices.Contains(classes, c) {
			return false
		}
	}
	return true
}

// parseSheet reads a style sheet of simple selectors.
func parseSheet(css string) ([]rule, error) {
	css, err := withoutComments(css)
	if err != nil {
		return nil, err
	}
	var rules []rule
	for css = strings.TrimSpace(css); css != ""; css = strings.TrimSpace(css) {
		if css[0] == '@' {
			return nil, fmt.Errorf("expected rules of simple selectors; found %.40q", css)
		}
		selectors, rest, opened := strings.Cut(css, "{")
		body, rest, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			return nil, fmt.Errorf("expected a rule in braces; found %.40q", css)
		}
		declarations, err := parseDeclarations(body)
		if err != nil {
			return nil, err
		}
		for s := range strings.SplitSeq(selectors, ",") {
			r, err := parseSelector(strings.TrimSpace(s))
			if err != nil {
				return nil, err
			}
			if len(rules) == maxRules {
				return nil, fmt.Errorf("expected at most %d rules; found more", maxRules)
			}
			r.declarations = declarations
			rules = append(rules, r)
		}
		css = rest
	}
	return rules, nil
}

func withoutComments(css string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(css, "/*")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		_, after, closed := strings.Cut(rest, "*/")
		if !closed {
			return "", fmt.Errorf("expected the end of a comment; found %.40q", rest)
		}
		b.WriteByte(' ')
		css = after
	}
}

// parseSelector reads a name, classes and an id, without space between them.
func parseSelector(s string) (rule, error) {
	wrong := fmt.Errorf("expected a selector of an element, .class or #id; found %.40q", s)
	var r rule
	if s == "" || strings.ContainsAny(s, " \t\r\n>+~:[]\\\"'()") {
		return r, wrong
	}
	for rest := s; rest != ""; {
		kind := rest[0]
		if kind == '.' || kind == '#' {
			rest = rest[1:]
		}
		n := strings.IndexAny(rest, ".#")
		if n < 0 {
			n = len(rest)
		}
		name := rest[:n]
		rest = rest[n:]
		switch {
		case name == "":
			return r, wrong
		case kind == '.':
			r.classes = append(r.classes, name)
			r.weight += 1 << 10
		case kind == '#':
			if r.id != "" && r.id != name {
				return r, wrong
			}
			r.id = name
			r.weight += 1 << 20
		case name == "*":
		default:
			r.element = name
			r.weight++
		}
	}
	return r, nil
}

// parseDeclarations reads what stands in braces or in a style attribute.
func parseDeclarations(s string) ([]declaration, error) {
	var all []declaration
	for d := range strings.SplitSeq(s, ";") {
		if d = strings.TrimSpace(d); d == "" {
			continue
		}
		name, value, ok := strings.Cut(d, ":")
		if !ok {
			return nil, fmt.Errorf("expected declarations like fill: red; found %.40q", d)
		}
		value = strings.TrimSpace(value)
		plain, mark, important := strings.Cut(value, "!")
		if important {
			if strings.TrimSpace(mark) != "important" {
				return nil, fmt.Errorf("expected !important; found %.40q", value)
			}
			value = strings.TrimSpace(plain)
		}
		all = append(all, declaration{strings.ToLower(strings.TrimSpace(name)), value, important})
	}
	return all, nil
}
