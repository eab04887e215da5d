package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"go.uber.org/zap"
)

// A table that is closed has no question open, and asks none any more.
func TestTableOfNodesIsClosed(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{}, 8)
	prometheus := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // until its body is read, nobody notices that the client left
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer prometheus.Close()
	table, err := newNodeTable(prometheus.URL, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	table.all(t.Context())
	<-asked
	table.close()
	if table.asking {
		t.Error("a question is still open")
	}
	table.asked = table.asked.Add(-2 * nodesEvery)
	if table.all(t.Context()); table.asking {
		t.Error("a closed table asks")
	}
}
