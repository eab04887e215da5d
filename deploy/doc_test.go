// Package deploy_test checks the samples of this folder against each other and against docs: rules, dashboards and alerts
// name only metrics and labels that docs/metrics.md lists (cmd/adloom checks that list against a running node), Prometheus
// accepts the rules and their tests pass, dashboards are whole, and each alert has its part in docs/operating.md. There is
// no code here to import. Without promtool the tests that need it fail and name the Debian package; -short leaves them out.
package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// read returns a file of the repository, by its path from there.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// promtool runs it in deploy/prometheus, and fails with what it says.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("promtool is left out by -short")
	}
	path, err := exec.LookPath("promtool")
	if err != nil {
		t.Fatalf("%v: this test needs the Debian package prometheus (make deps-test installs it)", err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = "prometheus"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("promtool %q: %v\n%s", args, err, out)
	}
}
