package elastic

import (
	"encoding/json"
	"strings"

	"github.com/adloom/adloom/reqlog"
)

// action is the first line of a document in a bulk. Without a type, as Elasticsearch 7 and later want it.
type action struct {
	Create struct {
		Index string `json:"_index"`
		ID    string `json:"_id,omitempty"`
	} `json:"create"`
}

func newDocument(prefix string, e reqlog.Entry) *document {
	var a action
	a.Create.Index = prefix + "-" + e.Time.UTC().Format("2006.01.02")
	a.Create.ID = e.RequestID[:min(len(e.RequestID), 512)] // the cluster's limit
	line, err := json.Marshal(a)
	if err != nil { // never: two strings
		line = []byte("{}")
	}
	return &document{lines: []string{string(line), strings.TrimSuffix(string(reqlog.Encode(nil, e)), "\n")}}
}
