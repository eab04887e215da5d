package elastic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// lifecycle has the cluster delete an index so many days after it was begun, and returns the policy that the index
// template has to name for that. It fails if the cluster did not answer, or not now.
func (s *sender) lifecycle(ctx context.Context) (policy string, err error) {
	if s.cfg.Keep == 0 {
		return "", nil
	}
	unknown := s.put(ctx, "/_ilm/policy/"+s.cfg.Prefix, nil, lifecyclePolicy(s.cfg.Keep))
	if unknown == nil {
		return s.cfg.Prefix, nil
	}
	if later(unknown) {
		return "", unknown
	}
	err = s.stateManagement(ctx)
	if err != nil && !later(err) {
		s.tellOnce("the cluster takes no lifecycle policy: indices of request records are not deleted after their days unless it is told otherwise", errors.Join(unknown, err))
		err = nil
	}
	return "", err
}

// lifecyclePolicy is Elasticsearch's.
func lifecyclePolicy(days int) any {
	return map[string]any{"policy": map[string]any{"phases": map[string]any{
		"hot":    map[string]any{"actions": map[string]any{}},
		"delete": map[string]any{"min_age": fmt.Sprintf("%dd", days), "actions": map[string]any{"delete": map[string]any{}}},
	}}}
}

// stateManagement puts OpenSearch's kind of policy in place, which itself says what indices it is for. One that is there
// is replaced when it is for another number of days.
func (s *sender) stateManagement(ctx context.Context) error {
	path := "/_plugins/_ism/policies/" + s.cfg.Prefix
	policy, description := statePolicy(s.cfg.Prefix, s.cfg.Keep)
	err := s.put(ctx, path, nil, policy)
	if statusOf(err) != http.StatusConflict {
		return err
	}
	answer, err := s.perform(ctx, "GET", path, nil, nil)
	if err != nil {
		return err
	}
	var there struct {
		Seq    int64 `json:"_seq_no"`
		Term   int64 `json:"_primary_term"`
		Policy struct {
			Description string `json:"description"`
		} `json:"policy"`
	}
	if err := json.Unmarshal(answer.Body, &there); err != nil {
		return fmt.Errorf("read the policy of %s: %w", path, err)
	}
	if there.Policy.Description == description {
		return nil
	}
	seen := url.Values{"if_seq_no": {strconv.FormatInt(there.Seq, 10)}, "if_primary_term": {strconv.FormatInt(there.Term, 10)}}
	if err = s.put(ctx, path, seen, policy); statusOf(err) == http.StatusConflict {
		return nil // another node was faster
	}
	return err
}

// statePolicy is OpenSearch's, and how it is told from others.
func statePolicy(prefix string, days int) (policy any, description string) {
	description = fmt.Sprintf("Deletes request records of Adloom after %d days.", days)
	return map[string]any{"policy": map[string]any{
		"description": description, "default_state": "kept",
		"states": []any{
			map[string]any{"name": "kept", "actions": []any{}, "transitions": []any{
				map[string]any{"state_name": "deleted", "conditions": map[string]any{"min_index_age": fmt.Sprintf("%dd", days)}},
			}},
			map[string]any{"name": "deleted", "actions": []any{map[string]any{"delete": map[string]any{}}}, "transitions": []any{}},
		},
		"ism_template": []any{map[string]any{"index_patterns": []string{prefix + "-*"}, "priority": 200}},
	}}, description
}
