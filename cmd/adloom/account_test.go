package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/internal/redistest"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// accounted is a line of the request log.
type accounted struct {
	Event    string
	Customer string
	Status   int
	Error    string
	Reason   string
	Weight   float64
	Failed   bool
	Dropped  struct{ Failures, Budget, Buffer uint64 }
}

// The books balance: beside a customer whose template is broken for its products, and one whose crowd is refused, what
// the log keeps of a good customer's requests stands for all of them; of failures as many are kept as the budget allows
// two processes together, and the rest is counted. What strangers ask for in a customer's name is not that customer's, and no
// signature is ever written.
func TestTheBooksBalance(t *testing.T) {
	t.Parallel()
	const successes, broken, crowd, strangers, budget = 50_000, 1_500, 4_000, 1_000, 100
	data := t.TempDir()
	publish(t, data)
	for _, id := range []string{"broken", "crowd"} {
		must(t, "customer", "add", id, "--data", data)
		must(t, "template", "push", filepath.Join("..", "..", "examples", "templates", "link"), "--data", data, "--customer", id, "--id", "link", "--publish")
	}
	must(t, "customer", "pause", "crowd", "--data", data)
	redis := redistest.Start(t)
	var nodes []*process
	var files []string
	for i := range 2 {
		files = append(files, filepath.Join(t.TempDir(), fmt.Sprint("requests-", i, ".log")))
		nodes = append(nodes, startServer(t, data, "--redis", "unix://"+redis.Addr(), "--request-log", files[i], "--log-sample", "0.25",
			"--log-failures", fmt.Sprint(budget)))
	}
	fields := templates.Fields{"title": "Hat", "price": "10 USD", "image_link": photoServer(t)}

	ask := func(links []string, times int, want int) {
		t.Helper()
		var asking sync.WaitGroup
		var next atomic.Int64
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
		defer client.CloseIdleConnections()
		for range 16 {
			asking.Go(func() {
				for i := next.Add(1); i <= int64(times); i = next.Add(1) {
					res, err := client.Get(links[int(i)%len(links)])
					if err != nil {
						t.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, res.Body) // so that the connection is kept
					res.Body.Close()
					if res.StatusCode != want {
						t.Errorf("%s: %d; want %d", links[0], res.StatusCode, want)
						return
					}
				}
			})
		}
		asking.Wait()
	}
	links := func(customer string, fields templates.Fields) (links []string) {
		for _, n := range nodes {
			links = append(links, signAs(t, data, n.base, customer, fields))
		}
		return links
	}
	ask(links("acme", fields), successes, http.StatusOK)

	minute := func() int64 {
		now, err := redis.Client().Time(t.Context()).Result()
		if err != nil {
			t.Fatal(err)
		}
		return now.Unix() / 60
	}
	began := minute()
	ask(links("broken", templates.Fields{"price": "10 USD"}), broken, http.StatusUnprocessableEntity)
	ask(links("crowd", templates.Fields{"title": "New", "price": "10 USD"}), crowd, http.StatusTooManyRequests)
	ask([]string{nodes[0].base + "/r/acme/link@1.jpg?title=x&sig=AAAAAAAAAAAAAAAAAAAAAA", nodes[1].base + "/r/acme/link@1.jpg?title=x&sig=AAAAAAAAAAAAAAAAAAAAAA"},
		strangers, http.StatusForbidden)
	for _, n := range nodes {
		n.terminate(t)
		if err := n.wait(); err != nil {
			t.Fatal(err)
		}
	}
	minutes := int(minute()-began) + 1

	stands, kept, dropped := map[string]float64{}, map[string]int{}, map[string]int{}
	for _, file := range files {
		for _, l := range readLog(t, file) {
			switch {
			case l.Event == "dropped":
				dropped[l.Customer] += int(l.Dropped.Failures)
				if l.Dropped.Buffer > 0 {
					t.Errorf("the buffer had no room: %+v", l)
				}
			case l.Failed:
				kept[l.Customer]++
				if want := map[string]string{"broken": "bad_field", "crowd": "limited", "": "bad_signature"}[l.Customer]; l.Error != want || l.Weight != 1 {
					t.Errorf("%+v; want %s", l, want)
				}
			default:
				stands[l.Customer] += l.Weight
			}
		}
	}
	if off := math.Abs(stands["acme"]-successes) / successes; off > .03 {
		t.Errorf("the log stands for %v successes of %d, %.1f %% off", stands["acme"], successes, 100*off)
	}
	for customer, failures := range map[string]int{"broken": broken, "crowd": crowd, "": strangers} {
		if kept[customer]+dropped[customer] != failures {
			t.Errorf("%q: %d kept and %d dropped of %d failures", customer, kept[customer], dropped[customer], failures)
		}
		if minutes == 1 && kept[customer] != budget || kept[customer] < budget || kept[customer] > minutes*budget {
			t.Errorf("%q: %d failures kept in %d minutes; the budget is %d", customer, kept[customer], minutes, budget)
		}
	}
}

// signAs makes a URL for the link ad of a customer.
func signAs(t *testing.T, data, base, id string, fields templates.Fields) string {
	t.Helper()
	list, err := customers.Open(filepath.Join(data, "customers"))
	if err != nil {
		t.Fatal(err)
	}
	customer, err := list.Customer(id)
	if err != nil {
		t.Fatal(err)
	}
	b := renderurl.Builder{Base: base, Key: customer.Keys[0]}
	link, err := b.Build(renderurl.Request{Customer: id, Template: "link", Version: 1, Format: templates.JPEG, Fields: fields})
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func readLog(t *testing.T, path string) (lines []accounted) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for scanner := bufio.NewScanner(f); scanner.Scan(); {
		if text := scanner.Text(); strings.Contains(text, "sig=") || strings.Contains(text, "AAAAAAAA") {
			t.Errorf("a signature in %s", text)
		}
		var l accounted
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			t.Fatalf("%s: %q: %v", path, scanner.Text(), err)
		}
		lines = append(lines, l)
	}
	return lines
}
