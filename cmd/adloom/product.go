package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/adloom/adloom/templates"
)

// productFlags give the fields of one product.
type productFlags struct {
	Fields string            `type:"existingfile" help:"JSON object with the product's fields."`
	Set    map[string]string `placeholder:"NAME=VALUE" mapsep:"none" help:"One field; may be repeated and goes before --fields."`
}

func (f productFlags) product() (templates.Fields, error) {
	fields := templates.Fields{}
	if f.Fields != "" {
		data, err := os.ReadFile(f.Fields)
		if err != nil {
			return nil, fmt.Errorf("read fields: %w", err)
		}
		if err := json.Unmarshal(data, &fields); err != nil {
			return nil, fmt.Errorf("read fields: expected a JSON object of texts in %s: %w", f.Fields, err)
		}
	}
	for name, value := range f.Set {
		fields[name] = value
	}
	return fields, nil
}

// parseTemplateName reads "link" or "link@3".
func parseTemplateName(s string) (id string, version int, err error) {
	id, number, pinned := strings.Cut(s, "@")
	if pinned {
		if _, err := fmt.Sscanf(number, "%d", &version); err != nil || version < 1 || fmt.Sprint(version) != number {
			return "", 0, wrongUse("expected a template such as link or link@3; found %q", s)
		}
	}
	return id, version, nil
}
