package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/templates"
)

// tool is a program that the tests need, which scripts/ensure installs.
func tool(t *testing.T, name, debianPackage string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%v: this test needs the Debian package %s (make deps-test installs it)", err, debianPackage)
	}
	return path
}

// What a node offers is what Prometheus expects: well-formed, well-named, and nobody's secret.
func TestMetricsPassPromtool(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	publish(t, data)
	p := startServer(t, data)
	photo := photoServer(t)
	for i := range 3 {
		if status, _, body := get(t, sign(t, data, p.base, "link", templates.Fields{"title": fmt.Sprint("Hat ", i), "price": "10 USD", "image_link": photo})); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
	}
	_, _, _ = get(t, p.base+"/r/somebody/else@1.jpg?sig=AAAAAAAAAAAAAAAAAAAAAA")
	_, _, metrics := get(t, p.admin+"/metrics")
	check := exec.CommandContext(t.Context(), tool(t, "promtool", "prometheus"), "check", "metrics")
	check.Stdin = bytes.NewReader(metrics)
	if out, err := check.CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
		t.Errorf("promtool check metrics: %v\n%s", err, out)
	}
	for _, want := range []string{`adloom_requests_total{customer="acme",error="",status="200"} 3`, `adloom_requests_total{customer="",error="bad_signature",status="403"} 1`,
		`adloom_build_info{`, `adloom_gate_slots `, `adloom_disk_free_bytes{files="photos"} `} {
		if !strings.Contains(string(metrics), want) {
			t.Errorf("metrics lack %s", want)
		}
	}
	if status, _, _ := get(t, p.base+"/metrics"); status != http.StatusNotFound {
		t.Errorf("metrics are public: %d", status)
	}
	token, err := os.ReadFile(filepath.Join(data, "admin-token"))
	if err != nil {
		t.Fatal(err)
	}
	p.kill() // its log is whole now
	if secrets := append(keysOf(t, data), strings.TrimSpace(string(token))); containsAny(string(metrics)+p.stderr.String(), secrets) || bytes.Contains(metrics, []byte("somebody")) {
		t.Error("metrics or log show a secret, or a name that nobody has signed")
	}
}

func photoServer(t *testing.T) (url string) {
	t.Helper()
	photo := noisyJPEG(t)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(photo) }))
	t.Cleanup(shop.Close)
	return shop.URL + "/hat.jpg"
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// listeningOn is how Prometheus tells its address.
var listeningOn = regexp.MustCompile(`msg="Listening on" address=(\S+)`)

var secretInFile = regexp.MustCompile(`"secret": ?"([^"]+)"`)

// keysOf are the secrets of all customers.
func keysOf(t *testing.T, data string) (secrets []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "customers", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("customers: %v %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range secretInFile.FindAllStringSubmatch(string(text), -1) {
			secrets = append(secrets, m[1])
		}
	}
	return secrets
}

// The table of nodes comes from a real Prometheus that scrapes real nodes; one that has ended is still in it.
func TestTableOfNodes(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	publish(t, data)
	nodes := []*process{startServer(t, data), startServer(t, data)}
	var targets []string
	for _, n := range nodes {
		targets = append(targets, `"`+strings.TrimPrefix(n.admin, "http://")+`"`)
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "prometheus.yml")
	text := "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\nscrape_configs: [{job_name: adloom, static_configs: [{targets: [" + strings.Join(targets, ", ") + "]}]}]\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), tool(t, "prometheus", "prometheus"), "--config.file="+config, "--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address=127.0.0.1:0")
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill() // it may have ended with the context
		_ = server.Wait()
	})
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if m := listeningOn.FindStringSubmatch(lines.Text()); m != nil {
				address <- m[1]
			}
		}
	}()
	operators := startServer(t, data, "--prometheus-url", "http://"+<-address)
	token, err := os.ReadFile(filepath.Join(operators.data, "admin-token"))
	if err != nil {
		t.Fatal(err)
	}
	rows := func() []ops.NodeRow {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, operators.admin+"/ops/state", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var state ops.State
		if err := json.NewDecoder(res.Body).Decode(&state); err != nil || state.Nodes == nil {
			t.Fatalf("%d: %v; want a table of nodes, empty at first", res.StatusCode, err)
		}
		return state.Nodes
	}
	until(t, func() bool { r := rows(); return len(r) == 2 && r[0].Up && r[1].Up })
	nodes[0].kill()
	until(t, func() bool { r := rows(); return len(r) == 2 && r[0].Up != r[1].Up })
}
