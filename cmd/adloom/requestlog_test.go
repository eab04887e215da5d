package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/templates"
)

// logged are the records of a file.
func logged(t *testing.T, path string) (records []map[string]any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r map[string]any
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%v in %s", err, lines.Bytes())
		}
		records = append(records, r)
	}
	return records
}

// Two processes of a node share one Redis: of a customer's failures they record exactly the budget in a minute, and
// sums over both logs are true.
func TestRequestLogOfTwoProcesses(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	publish(t, data)
	addr := "unix://" + redistest.Start(t).Addr()
	var nodes []*process
	var files []string
	for i := range 2 {
		files = append(files, filepath.Join(t.TempDir(), "logs", fmt.Sprint(i), "requests.log"))
		nodes = append(nodes, startServer(t, data, "--redis", addr, "--request-log", files[i], "--log-failures", "25", "--log-sample", "0.5"))
	}
	photo := photoServer(t)
	before := time.Now().Unix() / 60
	var asking sync.WaitGroup
	for _, n := range nodes {
		broken := sign(t, data, n.base, "link", templates.Fields{"title": "Hat"}) // lacks its price
		good := sign(t, data, n.base, "link", templates.Fields{"title": "Hat", "price": "10 USD", "image_link": photo})
		asking.Go(func() {
			for range 60 {
				if status, _, body := get(t, broken); status < 400 {
					t.Errorf("%d %.100s", status, body)
				}
				if status, _, body := get(t, good); status != http.StatusOK {
					t.Errorf("%d %.100s", status, body)
				}
				_, _, _ = get(t, n.base+"/r/acme/link@1.jpg?title=x&sig=AAAAAAAAAAAAAAAAAAAAAA")
			}
		})
	}
	asking.Wait()
	minutes := int(time.Now().Unix()/60 - before + 1)
	kept, sum := map[string]int{}, map[string]float64{}
	for i, n := range nodes {
		n.terminate(t)
		if err := n.wait(); err != nil {
			t.Fatal(err)
		}
		for _, r := range logged(t, files[i]) {
			who := fmt.Sprint(r["customer"], " failed ", r["failed"])
			if r["event"] == "dropped" {
				who = fmt.Sprint(r["customer"], " failed true")
			} else {
				kept[who]++
			}
			sum[who] += r["weight"].(float64)
			if s := fmt.Sprint(r); strings.Contains(s, "sig=") || strings.Contains(s, "AAAAAAAA") {
				t.Errorf("a signature in %v", r)
			}
		}
	}
	for _, who := range []string{"acme failed true", "<nil> failed true"} {
		if minutes == 1 && kept[who] != 25 || kept[who] < 25 || kept[who] > 25*minutes {
			t.Errorf("%s: kept %d in %d minutes", who, kept[who], minutes)
		}
		if sum[who] != 120 {
			t.Errorf("%s: stands for %v of 120", who, sum[who])
		}
	}
	if n := kept["acme failed false"]; n < 30 || n > 90 || sum["acme failed false"] != 2*float64(n) {
		t.Errorf("kept %d of 120 successes, standing for %v", n, sum["acme failed false"])
	}
}

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
