package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRequestLogFlags(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{
		{"--log-sample", "1.5"}, {"--log-sample", "-1"}, {"--log-sample", "NaN"}, {"--log-failures", "-2"}, {"--request-log", ""},
		{"--request-log", "x.log", "--request-log-size", "0"}, {"--elastic", "ftp://x"}, {"--elastic", "http://user:s3cret@%zz"},
		{"--elastic", "http://x", "--elastic-keep", "-1"}, {"--elastic", "http://x", "--elastic-index-prefix", "A"},
		{"--elastic", "http://x", "--elastic-ca", "requestlog.go"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), append([]string{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--admin-listen", ""}, flags...), &stdout, &stderr)
		if code != misuse || strings.Contains(stderr.String(), "s3cret") {
			t.Errorf("%q: exit code %d, %s", flags, code, &stderr)
		}
	}
}

// Records that are lost because their file cannot be written are counted.
func TestUnwrittenRecordsAreCounted(t *testing.T) {
	t.Parallel()
	blocker := filepath.Join(t.TempDir(), "logs")
	if err := os.WriteFile(blocker, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	p := startServer(t, t.TempDir(), "--request-log", filepath.Join(blocker, "requests.log"))
	get(t, p.base+"/nothing-here")
	until(t, func() bool { return p.unwritten(t) == "1" })
}

// Whoever reads stdout may end: records are lost and counted, the node goes on and ends as it should.
func TestReaderOfTheLogEnds(t *testing.T) {
	t.Parallel()
	p := startServer(t, t.TempDir(), "--request-log", "stdout")
	if err := p.stdout.Close(); err != nil {
		t.Fatal(err)
	}
	get(t, p.base+"/nothing-here")
	until(t, func() bool { return p.unwritten(t) == "1" })
	p.terminate(t)
	if err := p.wait(); err != nil {
		t.Error(err)
	}
}

// unwritten is the metric of that name.
func (p *process) unwritten(t *testing.T) string {
	t.Helper()
	_, _, text := get(t, p.admin+"/metrics")
	_, after, _ := strings.Cut(string(text), "\nadloom_request_log_unwritten_total ")
	value, _, _ := strings.Cut(after, "\n")
	return value
}
