package main

import (
	"bytes"
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
