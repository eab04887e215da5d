package svg

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// cascade finds the properties of elements.
type cascade struct {
	rules []rule // by weight, then by place
	work  int    // comparisons made
}

// add reads the style sheet in e, if it is for screens.
func (c *cascade) add(e *element) error {
	switch media := strings.ToLower(e.attr("media")); media {
	case "", "all", "screen":
	case "print":
		return nil
	default:
		return e.wrong("a style sheet for the media all, screen or print", fmt.Sprintf("%q", media))
	}
	if t := e.attr("type"); t != "" && t != "text/css" {
		return e.wrong("a style sheet of the type text/css", t)
	}
	rules, err := parseSheet(e.text)
	if err != nil {
		return fmt.Errorf("read svg: line %d: <style>: %w", e.line, err)
	}
	if len(c.rules)+len(rules) > maxRules {
		return e.wrong(fmt.Sprintf("at most %d rules", maxRules), "more")
	}
	c.rules = append(c.rules, rules...)
	slices.SortStableFunc(c.rules, func(a, b rule) int { return cmp.Compare(a.weight, b.weight) })
	return nil
}

// style returns the style of e inside a parent with the style from. The size v is what percentages refer to.
func (c *cascade) style(e *element, from inherited, v viewport) (style, error) {
	s := from.child()
	declarations, err := c.declarations(e)
	if err != nil {
		return s, err
	}
	for _, d := range declarations {
		if d.value == "inherit" {
			if ownOnly(d.name) {
				return s, e.wrong("a value of "+d.name+" that is not inherited", "inherit")
			}
			continue // as it is already
		}
		if err := s.set(d.name, d.value, v); err != nil {
			return s, fmt.Errorf("read svg: line %d: <%s>: %s: %w", e.line, e.name, d.name, err)
		}
	}
	return s, nil
}

// ownOnly tells whether a property is not inherited unless told so, which is not supported.
func ownOnly(name string) bool {
	switch name {
	case "opacity", "clip-path", "mask", "overflow", "stop-color", "stop-opacity":
		return true
	}
	return false
}

// declarations returns the properties that win, each once: attributes are below style sheets and those below the
// style attribute.
func (c *cascade) declarations(e *element) ([]declaration, error) {
	var all []declaration
	put := func(d declaration) {
		for i := range all {
			if all[i].name == d.name {
				if d.important || !all[i].important {
					all[i] = d
				}
				return
			}
		}
		all = append(all, d)
	}
	for _, name := range presentation() {
		if value, ok := e.attrs[name]; ok {
			put(declaration{name: name, value: strings.TrimSpace(value)})
		}
	}
	if len(c.rules) > 0 {
		if c.work += len(c.rules); c.work > maxWork {
			return nil, e.wrong("fewer rules or fewer elements", "too many to compare with each other")
		}
		classes := strings.Fields(e.attrs["class"])
		for i := range c.rules {
			if c.rules[i].matches(e, classes) {
				for _, d := range c.rules[i].declarations {
					put(d)
				}
			}
		}
	}
	style, err := withoutComments(e.attrs["style"])
	if err != nil {
		return nil, fmt.Errorf("read svg: line %d: <%s>: style: %w", e.line, e.name, err)
	}
	inline, err := parseDeclarations(style)
	if err != nil {
		return nil, fmt.Errorf("read svg: line %d: <%s>: style: %w", e.line, e.name, err)
	}
	for _, d := range inline {
		put(d)
	}
	return all, nil
}

// presentation are the properties that may be attributes.
func presentation() []string {
	return []string{
		"color", "fill", "stroke", "stop-color", "fill-opacity", "stroke-opacity", "stop-opacity", "opacity", "fill-rule",
		"clip-rule", "visibility", "display", "overflow", "mask-type", "clip-path", "mask", "paint-order", "stroke-width",
		"stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dashoffset", "stroke-dasharray", "filter",
		"marker-start", "marker-mid", "marker-end", "clip", "vector-effect", "color-interpolation", "cursor",
	}
}
