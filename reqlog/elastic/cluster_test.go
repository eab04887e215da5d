package elastic_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// cluster speaks as much of the Elasticsearch 7 API as the sink needs, and is strict about it: what a real one would
// refuse, it refuses, and what is against the documented form fails the test.
type cluster struct {
	t  testing.TB
	mu sync.Mutex

	// What kind of server it is.
	noILM, noComposable bool
	flattened           string // the name that it knows for this type
	noTemplates         bool
	unknown             int  // status of what it does not know; 0: 400
	stateManagement     bool // OpenSearch's
	user, password, key string
	path                string // before all others
	mostBytes           int    // of a request

	// How it is doing.
	down     bool                                  // connections break
	refuse   int                                   // status of every bulk
	body     string                                // with it
	item     func(id string, try int) (status int) // of a document; 0: as usual
	late     func(bulk int)                        // after a bulk was taken, before it is answered
	tries    map[string]int                        // of documents
	bulks    int
	requests int

	docs     map[string]map[string]any // by index and ID
	template map[string]any
	where    string // the template's path
	policies map[string]any
	states   map[string]any // the one policy of state management
	seq      int            // of it
}

func newCluster(t testing.TB) *cluster {
	return &cluster{t: t, flattened: "flattened", mostBytes: 100 << 20, docs: map[string]map[string]any{}, tries: map[string]int{}, policies: map[string]any{}}
}

// change alters it while it runs.
func (c *cluster) change(how func(c *cluster)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	how(c)
}

func (c *cluster) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.docs)
}

// asked is how many requests there were, and how many of them bulks.
func (c *cluster) asked() (requests, bulks int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.requests, c.bulks
}

// RoundTrip makes it a transport: no sockets, so that time can be a test's own.
func (c *cluster) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	down := c.down
	c.mu.Unlock()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if down {
		return nil, fmt.Errorf("dial tcp %s: connect: connection refused", r.URL.Host)
	}
	w := httptest.NewRecorder()
	if r.Body == nil { // as of a GET
		r = r.Clone(r.Context())
		r.Body = http.NoBody
	}
	c.ServeHTTP(w, r)
	return w.Result(), nil
}

func (c *cluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests++
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	answer := func(status int, body any) {
		w.WriteHeader(status)
		if err := json.NewEncoder(w).Encode(body); err != nil {
			c.t.Error(err)
		}
	}
	refuse := func(status int, kind, format string, args ...any) {
		reason := fmt.Sprintf(format, args...)
		answer(status, map[string]any{"error": map[string]any{"type": kind, "reason": reason, "root_cause": []any{map[string]any{"type": kind, "reason": reason}}}, "status": status})
	}
	user, password, _ := r.BasicAuth()
	if c.user != "" && (user != c.user || password != c.password) || c.key != "" && r.Header.Get("Authorization") != "ApiKey "+c.key {
		refuse(401, "security_exception", "missing authentication credentials for REST request [%s]", r.URL.Path)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Error(err)
	}
	path, ok := strings.CutPrefix(r.URL.Path, c.path)
	if !ok {
		answer(404, map[string]any{"message": "no such place"})
		return
	}
	switch {
	case len(body) > c.mostBytes:
		w.WriteHeader(413) // as proxies do: without JSON
		fmt.Fprint(w, "<html>Request Entity Too Large</html>")
	case r.Method == "POST" && path == "/_bulk":
		c.bulk(w, r, body, answer, refuse)
	case r.Method == "PUT" && strings.HasPrefix(path, "/_ilm/policy/") && !c.noILM:
		c.json(r, body)
		c.policies[strings.TrimPrefix(path, "/_ilm/policy/")] = json.RawMessage(body)
		answer(200, map[string]any{"acknowledged": true})
	case path == "/_plugins/_ism/policies/adloom-requests" && c.stateManagement:
		c.manage(r, body, answer, refuse)
	case r.Method == "PUT" && (strings.HasPrefix(path, "/_index_template/") && !c.noComposable || strings.HasPrefix(path, "/_template/")) && !c.noTemplates:
		c.install(path, c.json(r, body), answer, refuse)
	default: // the form of it: a text
		answer(cmp.Or(c.unknown, 400), map[string]any{"error": fmt.Sprintf("no handler found for uri [%s] and method [%s]", r.URL.Path, r.Method), "status": 400})
	}
}

func (c *cluster) json(r *http.Request, body []byte) (out map[string]any) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		c.t.Errorf("%s: content type %q", r.URL.Path, r.Header.Get("Content-Type"))
	}
	if err := json.Unmarshal(body, &out); err != nil {
		c.t.Errorf("%s: %v", r.URL.Path, err)
	}
	return out
}

// keys fails the test for a key that is not among the known ones.
func (c *cluster) keys(what string, object map[string]any, known ...string) {
	for key := range object {
		if !slices.Contains(known, key) {
			c.t.Errorf("%s: unknown key %q", what, key)
		}
	}
}

// manage keeps the policy of state management as OpenSearch does: a new one is only created, one that is there replaced
// by those who know which.
func (c *cluster) manage(r *http.Request, body []byte, answer func(int, any), refuse func(int, string, string, ...any)) {
	const term = 3
	seen := r.URL.Query()
	switch {
	case r.Method == "GET" && c.states == nil:
		refuse(404, "status_exception", "Policy not found")
		return
	case r.Method == "GET":
		answer(200, map[string]any{"_id": "adloom-requests", "_version": 1, "_seq_no": c.seq, "_primary_term": term, "policy": c.states})
		return
	case c.states != nil && len(seen) == 0:
		refuse(409, "version_conflict_engine_exception", "[adloom-requests]: version conflict, document already exists (current version [1])")
		return
	case len(seen) != 0 && (c.states == nil || seen.Get("if_seq_no") != fmt.Sprint(c.seq) || seen.Get("if_primary_term") != fmt.Sprint(term)):
		refuse(409, "version_conflict_engine_exception", "[adloom-requests]: version conflict, required seqNo [%s]", seen.Get("if_seq_no"))
		return
	}
	policy, _ := c.json(r, body)["policy"].(map[string]any)
	c.keys("policy", policy, "description", "default_state", "states", "ism_template")
	names := []any{}
	for _, s := range policy["states"].([]any) {
		state := s.(map[string]any)
		c.keys("state", state, "name", "actions", "transitions")
		names = append(names, state["name"])
	}
	for _, s := range policy["states"].([]any) {
		for _, transition := range s.(map[string]any)["transitions"].([]any) {
			if to := transition.(map[string]any)["state_name"]; !slices.Contains(names, to) {
				refuse(400, "illegal_argument_exception", "Policy contains transition in state=%v pointing to nonexistent state=%v", s, to)
				return
			}
		}
	}
	if !slices.Contains(names, policy["default_state"]) {
		refuse(400, "illegal_argument_exception", "Policy must have a valid default state")
		return
	}
	c.seq += 4
	c.states = policy
	answer(201, map[string]any{"_id": "adloom-requests", "_version": 1, "_seq_no": c.seq, "_primary_term": term, "policy": map[string]any{"policy": policy}})
}

// install reads a template.
func (c *cluster) install(path string, body map[string]any, answer func(int, any), refuse func(int, string, string, ...any)) {
	inner := body
	if strings.HasPrefix(path, "/_index_template/") {
		c.keys(path, body, "index_patterns", "priority", "template", "version", "composed_of")
		inner = body["template"].(map[string]any)
		c.keys(path, inner, "settings", "mappings", "aliases")
	} else {
		c.keys(path, body, "index_patterns", "order", "settings", "mappings", "aliases", "version")
	}
	settings := inner["settings"].(map[string]any)
	if name, ok := settings["index.lifecycle.name"]; ok {
		if c.noILM {
			refuse(400, "illegal_argument_exception", "unknown setting [index.lifecycle.name] please check that any required plugins are installed, or check the breaking changes documentation for removed settings")
			return
		}
		if c.policies[name.(string)] == nil {
			c.t.Errorf("the template names the policy %q, which was not installed", name)
		}
	}
	mappings := inner["mappings"].(map[string]any)
	if bad := c.unknownType(mappings); bad != "" {
		refuse(400, "mapper_parsing_exception", "No handler for type [%s] declared on field [fields]", bad)
		return
	}
	c.template, c.where = mappings, path
	answer(200, map[string]any{"acknowledged": true})
}

func (c *cluster) unknownType(mappings map[string]any) string {
	known := []string{"keyword", "text", "date", "boolean", "ip", "short", "integer", "long", "float", "double", "object", c.flattened}
	for _, field := range mappings["properties"].(map[string]any) {
		f := field.(map[string]any)
		if f["properties"] != nil {
			if bad := c.unknownType(f); bad != "" {
				return bad
			}
			continue
		}
		if kind, _ := f["type"].(string); !slices.Contains(known, kind) {
			return kind
		}
	}
	return ""
}

var indexName = regexp.MustCompile(`^[a-z][a-z0-9_-]*-\d{4}\.\d{2}\.\d{2}$`)

// bulk takes documents, each on its own.
func (c *cluster) bulk(w http.ResponseWriter, r *http.Request, body []byte, answer func(int, any), refuse func(int, string, string, ...any)) {
	c.bulks++
	if c.refuse != 0 {
		w.WriteHeader(c.refuse)
		fmt.Fprint(w, c.body)
		return
	}
	if r.Header.Get("Content-Type") != "application/x-ndjson" {
		c.t.Errorf("content type %q", r.Header.Get("Content-Type"))
	}
	if !bytes.HasSuffix(body, []byte("\n")) {
		refuse(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]")
		return
	}
	lines := bytes.Split(bytes.TrimSuffix(body, []byte("\n")), []byte("\n"))
	if len(lines)%2 != 0 {
		c.t.Errorf("%d lines", len(lines))
	}
	failed, items := false, []any{}
	for i := 0; i+1 < len(lines); i += 2 {
		var action map[string]map[string]string
		decoder := json.NewDecoder(bytes.NewReader(lines[i]))
		if err := decoder.Decode(&action); err != nil || len(action) != 1 || action["create"] == nil {
			refuse(400, "illegal_argument_exception", "Malformed action/metadata line [%d]", i+1)
			return
		}
		meta := action["create"]
		for key := range meta {
			if key != "_index" && key != "_id" {
				c.t.Errorf("action of %s", lines[i])
			}
		}
		index, id := meta["_index"], meta["_id"]
		if !indexName.MatchString(index) || id == "" || len(id) > 512 {
			c.t.Errorf("index %q, ID %q", index, id)
		}
		result := map[string]any{"_index": index, "_type": "_doc", "_id": id, "status": 201, "result": "created", "_version": 1}
		status, kind, reason := c.take(index, id, lines[i+1])
		if status != 201 {
			failed = true
			result = map[string]any{"_index": index, "_type": "_doc", "_id": id, "status": status, "error": map[string]any{"type": kind, "reason": reason}}
		}
		items = append(items, map[string]any{"create": result})
	}
	if c.late != nil {
		late, bulk := c.late, c.bulks
		c.mu.Unlock()
		late(bulk)
		c.mu.Lock()
	}
	answer(200, map[string]any{"took": 1, "errors": failed, "items": items})
}

func (c *cluster) take(index, id string, line []byte) (status int, kind, reason string) {
	c.tries[id]++
	if c.item != nil {
		if status := c.item(id, c.tries[id]); status != 0 {
			return status, "es_rejected_execution_exception", "rejected execution of coordinating operation"
		}
	}
	if c.docs[index+"/"+id] != nil {
		return 409, "version_conflict_engine_exception", "[" + id + "]: version conflict, document already exists (current version [1])"
	}
	var doc map[string]any
	if err := json.Unmarshal(line, &doc); err != nil {
		return 400, "mapper_parsing_exception", "failed to parse"
	}
	if c.template != nil {
		if err := fits("", doc, c.template); err != nil {
			return 400, "mapper_parsing_exception", err.Error()
		}
	}
	c.docs[index+"/"+id] = doc
	return 201, "", ""
}

// fits says how a document breaks the mappings. A field that they lack is an error here: it would not be found.
func fits(at string, doc, mappings map[string]any) error {
	properties := mappings["properties"].(map[string]any)
	for key, value := range doc {
		field, ok := properties[key].(map[string]any)
		if !ok {
			return fmt.Errorf("no mapping for field [%s%s]", at, key)
		}
		values, ok := value.([]any)
		if !ok {
			values = []any{value}
		}
		for _, v := range values {
			if object, ok := v.(map[string]any); ok && field["properties"] != nil {
				if err := fits(at+key+".", object, field); err != nil {
					return err
				}
			} else if err := fitsType(v, field["type"]); err != nil {
				return fmt.Errorf("failed to parse field [%s%s] of type [%v]: %w", at, key, field["type"], err)
			}
		}
	}
	return nil
}

func fitsType(value, kind any) (err error) {
	ok := true
	switch kind {
	case "keyword", "text":
		_, ok = value.(string)
	case "boolean":
		_, ok = value.(bool)
	case "short", "integer", "long":
		var n float64
		n, ok = value.(float64)
		ok = ok && n == float64(int64(n))
	case "float", "double":
		_, ok = value.(float64)
	case "date":
		s, _ := value.(string)
		_, err = time.Parse("2006-01-02T15:04:05.000Z07:00", s)
	case "ip":
		s, _ := value.(string)
		_, err = netip.ParseAddr(s)
	case "flattened", "flat_object", "object":
		_, ok = value.(map[string]any)
	default:
		ok = false
	}
	if !ok {
		err = fmt.Errorf("found %v", value)
	}
	return err
}
