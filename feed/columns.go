package feed

import (
	"fmt"
	"slices"
	"strings"
)

// CanonicalName is the name by which Google's and Meta's specifications know a
// column, however a shop spells it: lower case, without surrounding spaces,
// byte order mark and "g:" prefix, spaces and hyphens as underscores. "Image
// Link", "g:image_link" and "IMAGE-LINK" are all image_link.
func CanonicalName(name string) string {
	name = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, "\ufeff", "")))
	name = strings.TrimPrefix(name, "g:")
	words := strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || r == '-' || r == '\t' || r == '\u00a0'
	})
	return strings.Join(words, "_")
}

// columns is a header line, shared by all rows and never changed.
type columns struct {
	written    []string       // as in the feed, for messages
	names      []string       // canonical, in the same order
	index      map[string]int // the first column of each name
	duplicates []string       // names that came again; those columns are not fields
}

func newColumns(header []string) *columns {
	c := &columns{written: header, names: canonicalNames(header), index: make(map[string]int, len(header))}
	for i, name := range c.names {
		if name == "" {
			continue
		}
		if _, taken := c.index[name]; taken {
			if !slices.Contains(c.duplicates, name) {
				c.duplicates = append(c.duplicates, name)
			}
			continue
		}
		c.index[name] = i
	}
	return c
}

func (c *columns) find(name string) (int, error) {
	if i, ok := c.index[name]; ok {
		return i, nil
	}
	return -1, noColumn(name, c.written)
}

func canonicalNames(written []string) []string {
	names := make([]string, len(written))
	for i, name := range written {
		names[i] = CanonicalName(name)
	}
	return names
}

func noColumn(name string, found []string) error {
	const most = 12
	var list strings.Builder
	for i, n := range found {
		if i == most {
			fmt.Fprintf(&list, " and %d more", len(found)-most)
			break
		}
		if i > 0 {
			list.WriteString(", ")
		}
		fmt.Fprintf(&list, "%q", shorten(n, 40))
	}
	return fmt.Errorf("%w: expected a header line with a column named %s, found %s", ErrNoColumn, name, list.String())
}
