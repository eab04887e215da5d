package elastic

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed mappings.json
var mappings []byte

// fieldTypes are the ways to keep a product's fields, whose names are anybody's: the first one that a server knows is
// used. Elasticsearch has flattened, OpenSearch flat_object since 2.7; otherwise they are kept but not searched.
func fieldTypes() []map[string]any {
	return []map[string]any{
		{"type": "flattened", "ignore_above": 1024},
		{"type": "flat_object"},
		{"type": "object", "enabled": false},
	}
}

// template is the body of an index template: of a composable one, or of a legacy one as before 7.8.
func template(prefix, lifecycle string, fields map[string]any, composable bool) (any, error) {
	var m map[string]any
	if err := json.Unmarshal(mappings, &m); err != nil {
		return nil, fmt.Errorf("mappings: %w", err)
	}
	m["properties"].(map[string]any)["fields"] = fields
	settings := map[string]any{
		"index.number_of_shards": 1, "index.auto_expand_replicas": "0-1", "index.refresh_interval": "5s", "index.codec": "best_compression",
	}
	if lifecycle != "" {
		settings["index.lifecycle.name"] = lifecycle
	}
	patterns := []string{prefix + "-*"}
	if !composable {
		return map[string]any{"index_patterns": patterns, "order": 200, "settings": settings, "mappings": m}, nil
	}
	return map[string]any{
		"index_patterns": patterns, "priority": 200, "template": map[string]any{"settings": settings, "mappings": m},
	}, nil
}
