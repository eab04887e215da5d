package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// binary is the real program, built once for all tests. It is built without the
// race detector: it stands for the program that is shipped, and its speed.
var binary = sync.OnceValues(func() (string, error) {
	path := filepath.Join(binaryDir(), "adloom")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build adloom: %w\n%s", err, out)
	}
	return path, nil
})

func binaryDir() string {
	return filepath.Join(os.TempDir(), fmt.Sprintf("adloom-test-%d", os.Getpid()))
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := os.RemoveAll(binaryDir()); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// shared is a file of the test data that lies beside a checkout, if it is there.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared test data is not here: %v", err)
	}
	return path
}

// process is a running "adloom serve".
type process struct {
	cmd    *exec.Cmd
	base   string // its address
	admin  string // that of the operators' part
	data   string
	stdout io.Closer // our end of it
	stderr *bytes.Buffer
	ended  chan error
}

var (
	readyLine     = regexp.MustCompile(`^Adloom is ready at (\S+)`)
	operatorsLine = regexp.MustCompile(`^Operators: (\S+)/ops/ `)
)

// serve starts the program on a free port and waits until it says that it is ready.
func startServer(t *testing.T, data string, flags ...string) *process {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{data: data, stderr: &bytes.Buffer{}, ended: make(chan error, 1)}
	p.cmd = exec.Command(path, append([]string{"serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data", data, "--fetch-allow", "127.0.0.1/32"}, flags...)...)
	log, logged := io.Pipe()
	p.cmd.Stderr = io.MultiWriter(p.stderr, logged)
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdout = stdout
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make(chan [2]string, 1)
	look := func(at io.Reader) {
		var base string
		lines := bufio.NewScanner(at)
		for lines.Scan() {
			if m := readyLine.FindStringSubmatch(lines.Text()); m != nil {
				base = m[1]
			}
			if m := operatorsLine.FindStringSubmatch(lines.Text()); m != nil {
				ready <- [2]string{base, m[1]}
			}
		}
		_, _ = io.Copy(io.Discard, at) // a line too long for a greeting, and what follows
	}
	go look(log)
	go func() {
		look(stdout)
		err := p.cmd.Wait()
		_ = logged.Close() // never fails
		p.ended <- err
	}()
	t.Cleanup(func() {
		p.kill()
		if t.Failed() && p.stderr.Len() > 0 {
			log := p.stderr.String()
			t.Logf("the server's log ends:\n%s", log[max(0, len(log)-2000):])
		}
	})
	select {
	case addresses := <-ready:
		p.base, p.admin = addresses[0], addresses[1]
	case err := <-p.ended:
		t.Fatalf("the server ended before it was ready: %v\n%s", err, p.stderr)
	case <-time.After(time.Minute):
		t.Fatal("the server was not ready within a minute")
	}
	return p
}

// kill ends the process as a crash does, and waits.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended already
	p.wait()
}

// wait returns how the process ended.
func (p *process) wait() error {
	err := <-p.ended
	p.ended <- err
	return err
}

// terminate asks the process to end.
func (p *process) terminate(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
}

// command runs the program and returns what it wrote and its exit code.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &o, &e)
	return o.String(), e.String(), code
}

// must runs a command that has to succeed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := command(t, args...)
	if code != 0 {
		t.Fatalf("adloom %s: exit code %d\n%s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

// publish pushes the reference ads for the customer acme.
func publish(t *testing.T, data string) {
	t.Helper()
	must(t, "customer", "add", "acme", "--data", data)
	for _, name := range []string{"link", "square", "story"} {
		must(t, "template", "push", filepath.Join("..", "..", "examples", "templates", name), "--data", data, "--customer", "acme", "--id", name, "--publish")
	}
}

// sign makes a URL at base for the customer acme.
func sign(t *testing.T, data, base, template string, fields templates.Fields) string {
	t.Helper()
	list, err := customers.Open(filepath.Join(data, "customers"))
	if err != nil {
		t.Fatal(err)
	}
	customer, err := list.Customer("acme")
	if err != nil {
		t.Fatal(err)
	}
	b := renderurl.Builder{Base: base, Key: customer.Keys[0]}
	link, err := b.Build(renderurl.Request{Customer: "acme", Template: template, Version: 1, Format: templates.JPEG, Fields: fields})
	if err != nil {
		t.Fatal(err)
	}
	return link
}

// get fetches a URL and reads it whole.
func get(t *testing.T, url string) (status int, header http.Header, body []byte) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err = io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, body
}

// catalogShop serves the photos of the shared catalog.
func catalogShop(t *testing.T) *httptest.Server {
	t.Helper()
	shop := httptest.NewServer(http.FileServer(http.Dir(shared(t, "catalog"))))
	t.Cleanup(shop.Close)
	return shop
}

// catalog reads the shared catalog as products of a shop.
func catalog(t *testing.T, shop string) []templates.Fields {
	t.Helper()
	f, err := os.Open(shared(t, "catalog", "products.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var products []templates.Fields
	for _, row := range rows[1:] {
		value := func(name string) string { return row[column[name]] }
		p := templates.Fields{"title": value("title"), "price": value("price") + " " + value("currency"), "image_link": shop + "/" + value("image_file")}
		if was := value("compare_at_price"); was != "" {
			p["price"], p["sale_price"] = was+" "+value("currency"), p["price"]
		}
		products = append(products, p)
	}
	return products
}
