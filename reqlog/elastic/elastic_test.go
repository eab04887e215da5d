package elastic_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/reqlog/elastic"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a sink, its cluster and what was reported.
type world struct {
	*elastic.Sink
	t       testing.TB
	cluster *cluster
	mu      sync.Mutex
	reports []elastic.Report
	n       int
}

// setup makes one in a bubble of synctest: the cluster is reached without sockets.
func setup(t testing.TB, change func(*elastic.Config, *cluster)) *world {
	t.Helper()
	w := &world{t: t, cluster: newCluster(t)}
	cfg := elastic.DefaultConfig()
	cfg.URL, cfg.Transport = "http://elastic.example:9200", w.cluster
	cfg.Report = func(r elastic.Report) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.reports = append(w.reports, r)
	}
	if change != nil {
		change(&cfg, w.cluster)
	}
	var err error
	if w.Sink, err = elastic.New(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// write writes so many records.
func (w *world) write(n int) {
	for range n {
		w.n++
		w.Write(record(w.n))
	}
}

func record(i int) reqlog.Entry {
	return reqlog.Entry{Record: &reqlog.Record{
		Time: time.Date(2026, 11, 29, 23, 59, 59, 0, time.UTC).Add(time.Duration(i%2) * time.Second), RequestID: fmt.Sprintf("%016x", i),
		Customer: "acme", Signed: true, Template: "link", Version: 3, Status: 200, Client: "192.0.2.7", Agent: "facebookcatalog/1.0",
		Fields: map[string]string{"title": "Hat"}, Total: time.Millisecond, Cut: []string{"title"},
		Photos: []reqlog.Photo{{URL: "https://shop.example/hat.jpg", Cached: true}},
	}, Weight: 10, Node: "node-1", Network: "meta_catalog"}
}

// expect compares the counts; each record must be in one of them.
func (w *world) expect(when string, want elastic.Stats) {
	w.t.Helper()
	got := w.Stats()
	if want.Written = uint64(w.n); got != want {
		w.t.Errorf("%s: %+v; expected %+v", when, got, want)
	}
	if got.Indexed+got.Failed+got.Dropped+uint64(got.Waiting) != got.Written {
		w.t.Errorf("%s: %+v does not add up", when, got)
	}
}

func (w *world) told(text string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, r := range w.reports {
		if strings.Contains(fmt.Sprint(r.Message, r.Err), text) {
			n++
		}
	}
	return n
}

// bubble runs a test with a clock of its own.
func bubble(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

func TestDelivers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, nil)
		w.write(1234)
		time.Sleep(2 * time.Second)
		w.expect("at the end", elastic.Stats{Indexed: 1234, Up: true})
		if w.cluster.bulks != 3 || len(w.reports) != 0 {
			t.Errorf("%d bulks, told %v", w.cluster.bulks, w.reports)
		}
		doc := w.cluster.docs["adloom-requests-2026.11.30/0000000000000001"]
		if doc["customer"] != "acme" || doc["weight"] != 10.0 || w.cluster.docs["adloom-requests-2026.11.29/0000000000000002"] == nil {
			t.Errorf("found %v", doc)
		}
		if w.cluster.where != "/_index_template/adloom-requests" || fmt.Sprintf("%s", w.cluster.policies["adloom-requests"]) !=
			`{"policy":{"phases":{"delete":{"actions":{"delete":{}},"min_age":"30d"},"hot":{"actions":{}}}}}` {
			t.Errorf("installed at %s, with %s", w.cluster.where, w.cluster.policies)
		}
	})
}

// What the record has, the mappings have.
func TestAllFieldsAreMapped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, nil)
		e := record(1)
		e.Format, e.Error, e.Detail, e.Reason, e.Cache, e.Bytes, e.Width, e.Height = "jpg", "limited", "d", "node_full", "miss", 1, 2, 3
		e.Degraded, e.Missing, e.Photos[0].Error, e.Photos[0].Bytes, e.Photos[0].Width, e.Photos[0].Height = true, "x", "timeout", 1, 2, 3
		for _, s := range []string{"template", "cache", "wait", "download", "render", "encode", "shared"} {
			e.Stages = append(e.Stages, reqlog.Stage{Name: s, Took: 1500 * time.Microsecond})
		}
		e.Fields["long"] = strings.Repeat("x", 1000)
		unsigned := record(2)
		unsigned.Signed = false
		unsigned.Client = "not an address"
		dropped := record(3)
		dropped.Dropped = &reqlog.Dropped{Failures: 3, Budget: 2, Buffer: 1, Successes: 2.5, Commonest: []reqlog.Kind{{Error: "limited", Reason: "node_full", Count: 3}}}
		for _, e := range []reqlog.Entry{e, unsigned, dropped} {
			w.n++
			w.Write(e)
		}
		time.Sleep(2 * time.Second)
		w.expect("at the end", elastic.Stats{Indexed: 3, Up: true})
		for _, r := range w.reports {
			t.Error(r)
		}
	})
}

// The cluster is gone for a minute: nothing waits for it, the buffer is bounded, delivery resumes, drops are counted.
func TestClusterAway(t *testing.T) {
	for name, change := range map[string]func(c *cluster, away bool){
		"unreachable": func(c *cluster, away bool) { c.down = away },
		"503": func(c *cluster, away bool) {
			c.refuse, c.body = map[bool]int{true: 503}[away], `{"error":{"type":"cluster_block_exception","reason":"blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];"},"status":503}`
		},
		"429":                   func(c *cluster, away bool) { c.refuse, c.body = map[bool]int{true: 429}[away], "slow down" },
		"a login page":          func(c *cluster, away bool) { c.refuse, c.body = map[bool]int{true: 200}[away], "<html>" },
		"an answer for no one":  func(c *cluster, away bool) { c.refuse, c.body = map[bool]int{true: 200}[away], `{"items":[]}` },
		"no rights":             func(c *cluster, away bool) { c.refuse, c.body = map[bool]int{true: 403}[away], `{}` },
		"an answer that breaks": func(c *cluster, away bool) { c.refuse, c.body = map[bool]int{true: 502}[away], `{"error":` },
		"moved":                 func(c *cluster, away bool) { c.refuse, c.body = map[bool]int{true: 302}[away], `` },
		"each document to return": func(c *cluster, away bool) {
			c.item = map[bool]func(string, int) int{true: func(string, int) int { return 429 }}[away]
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				w := setup(t, func(cfg *elastic.Config, _ *cluster) { cfg.Buffer, cfg.BulkDocuments = 1000, 100 })
				w.write(50)
				time.Sleep(2 * time.Second)
				w.expect("before", elastic.Stats{Indexed: 50, Up: true})
				w.cluster.change(func(c *cluster) { change(c, true); c.requests = 0 })
				start := time.Now()
				for range 60 {
					w.write(50)
					if time.Since(start)%time.Second != 0 {
						t.Fatal("writing waited")
					}
					time.Sleep(time.Second)
				}
				s := w.Stats()
				most := 1000 + 100 // the buffer, and the bulk that is being sent
				if s.Waiting > most || s.Waiting < 1000 || s.Dropped+s.Failed+uint64(s.Waiting)+50 != s.Written || s.Failed > 0 {
					t.Errorf("while it is away: %+v", s)
				}
				if w.cluster.requests > 40 {
					t.Errorf("asked %d times in a minute", w.cluster.requests)
				}
				w.cluster.change(func(c *cluster) { change(c, false) })
				time.Sleep(30 * time.Second)
				w.expect("after", elastic.Stats{Indexed: 50 + uint64(s.Waiting), Dropped: s.Dropped, Up: true})
				if w.cluster.count() != 50+s.Waiting {
					t.Errorf("%d documents are there", w.cluster.count())
				}
				if name != "each document to return" && name != "an answer for no one" &&
					(w.told("does not take request records") != 1 || w.told("takes request records again") != 1 || len(w.reports) != 2) {
					t.Errorf("told %v", w.reports)
				}
			})
		})
	}
}

// It comes back empty: the template is installed before documents are.
func TestClusterComesBackEmpty(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, nil)
		w.write(1)
		time.Sleep(2 * time.Second)
		w.cluster.change(func(c *cluster) { c.down = true })
		w.write(1)
		time.Sleep(5 * time.Second)
		w.cluster.change(func(c *cluster) { c.down, c.template, c.docs = false, nil, map[string]map[string]any{} })
		time.Sleep(30 * time.Second)
		if w.expect("at the end", elastic.Stats{Indexed: 2, Up: true}); w.cluster.template == nil {
			t.Error("documents without a template")
		}
	})
}

// One that has too much to do is not given more: templates stay as they are.
func TestBusyClusterInstallsNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(_ *elastic.Config, c *cluster) { c.refuse = 429 })
		w.write(10)
		time.Sleep(time.Minute)
		if requests, bulks := w.cluster.asked(); requests-bulks != 2 || bulks < 5 {
			t.Errorf("%d bulks, and %d other requests", bulks, requests-bulks)
		}
	})
}

// It is away at the start: that delays nothing.
func TestClusterAwayAtTheStart(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(_ *elastic.Config, c *cluster) { c.down = true })
		w.write(10)
		time.Sleep(time.Minute)
		w.expect("while it is away", elastic.Stats{Waiting: 10})
		w.cluster.change(func(c *cluster) { c.down = false })
		time.Sleep(30 * time.Second)
		w.expect("after", elastic.Stats{Indexed: 10, Up: true})
	})
}

// It is not away before it has been asked: a node to which no requests come has nothing to tell it.
func TestNothingToSend(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, nil)
		time.Sleep(time.Hour)
		w.expect("after an hour", elastic.Stats{Up: true})
	})
}

// Some documents are sent again, some are refused, and each is counted once.
func TestDocumentsOnTheirOwn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(cfg *elastic.Config, c *cluster) {
			cfg.Attempts = 5
			c.item = func(id string, try int) int {
				switch id[len(id)-1] {
				case '1':
					return 400
				case '2':
					if try < 4 {
						return 429
					}
				case '3':
					if try < 2 {
						return 503
					}
				case '4':
					return 503 // for ever
				}
				return 0
			}
		})
		w.write(160)
		for range 10 {
			time.Sleep(10 * time.Second)
			w.write(0x10)
		}
		for i := range 10 { // others are taken meanwhile
			w.n++
			w.Write(record(0x1005 + 0x10*i))
			time.Sleep(15 * time.Second)
		}
		w.expect("at the end", elastic.Stats{Indexed: 10 + 320*14/16, Failed: 320 * 2 / 16, Up: true})
		if w.cluster.count() != 290 {
			t.Errorf("%d documents are there", w.cluster.count())
		}
		if n := w.told("refuses request records"); n < 1 || n > 6 {
			t.Errorf("told %d times of refused documents: %v", n, w.reports)
		}
	})
}

// An answer that is lost, although the documents were taken: they are sent again and are there once.
func TestAnswerLost(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(cfg *elastic.Config, c *cluster) {
			cfg.Timeout = 5 * time.Second
			cfg.Transport = slow{c}
			c.late = func(bulk int) {
				if bulk == 1 {
					time.Sleep(10 * time.Second)
				}
			}
		})
		w.write(100)
		time.Sleep(time.Minute)
		w.expect("at the end", elastic.Stats{Indexed: 100, Up: true})
		if w.cluster.count() != 100 || w.cluster.bulks < 2 {
			t.Errorf("%d documents after %d bulks", w.cluster.count(), w.cluster.bulks)
		}
	})
}

// slow keeps to the request's time.
type slow struct{ *cluster }

func (s slow) RoundTrip(r *http.Request) (*http.Response, error) {
	type result struct {
		answer *http.Response
		err    error
	}
	got := make(chan result, 1)
	go func() {
		answer, err := s.cluster.RoundTrip(r)
		got <- result{answer, err}
	}()
	select {
	case r := <-got:
		return r.answer, r.err
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// A bulk that is refused as a whole is taken apart until what is wrong with it is alone.
func TestBulkRefusedAsAWhole(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(_ *elastic.Config, c *cluster) { c.mostBytes = 20_000 })
		w.write(200)
		large := record(0xffff)
		large.Detail, large.Missing = strings.Repeat("x", 1000), strings.Repeat("y", 1000)
		for i := range 20 {
			large.Photos = append(large.Photos, reqlog.Photo{URL: strings.Repeat("z", 500), Width: i})
			large.Fields[fmt.Sprint(i)] = strings.Repeat("\x01", 200) // each byte is six in JSON
		}
		w.n++
		w.Write(large)
		w.write(200)
		time.Sleep(time.Minute)
		w.expect("at the end", elastic.Stats{Indexed: 400, Failed: 1, Up: true})
		if w.told("413") != 1 {
			t.Errorf("told %v", w.reports)
		}
	})
}

// One that refuses whatever is sent, as what is no cluster does, is not asked for each document at once.
func TestEverythingRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(_ *elastic.Config, c *cluster) {
			c.refuse, c.body = 400, "The plain HTTP request was sent to HTTPS port"
		})
		w.write(5000)
		time.Sleep(time.Minute)
		_, bulks := w.cluster.asked()
		if s := w.Stats(); bulks > 60 || s.Failed == 0 || s.Failed > 30 || w.told("plain HTTP request") != 1 {
			t.Errorf("%d bulks in a minute, %+v", bulks, s)
		}
		w.cluster.change(func(c *cluster) { c.refuse = 0 })
		time.Sleep(time.Minute)
		w.expect("after", elastic.Stats{Indexed: 5000 - w.Stats().Failed, Failed: w.Stats().Failed, Up: true})
	})
}

// Servers that know less get what they know.
func TestOtherServers(t *testing.T) {
	for name, of := range map[string]struct {
		change func(*cluster)
		where  string
		fields string
		told   int
	}{
		"OpenSearch 1":       {func(c *cluster) { c.noILM, c.stateManagement, c.flattened = true, true, "" }, "/_index_template/adloom-requests", "map[enabled:false type:object]", 0},
		"OpenSearch 2.7":     {func(c *cluster) { c.noILM, c.stateManagement, c.flattened = true, true, "flat_object" }, "/_index_template/adloom-requests", "map[type:flat_object]", 0},
		"one of its core":    {func(c *cluster) { c.noILM, c.flattened = true, "flat_object" }, "/_index_template/adloom-requests", "map[type:flat_object]", 1},
		"Elasticsearch 7.5":  {func(c *cluster) { c.noComposable = true }, "/_template/adloom-requests", "map[ignore_above:1024 type:flattened]", 0},
		"7.0 without X-Pack": {func(c *cluster) { c.noComposable, c.noILM, c.flattened = true, true, "" }, "/_template/adloom-requests", "map[enabled:false type:object]", 1},
		"one without either": {func(c *cluster) { c.noTemplates, c.noILM = true, true }, "", "", 2},
		"one that breaks":    {func(c *cluster) { c.noTemplates, c.noILM, c.unknown = true, true, 500 }, "", "", 2},
		"one that admits it": {func(c *cluster) { c.noTemplates, c.noILM, c.unknown = true, true, 501 }, "", "", 2},
		"one behind a path":  {func(c *cluster) { c.path = "/es" }, "/_index_template/adloom-requests", "map[ignore_above:1024 type:flattened]", 0},
		"one that wants a user": {func(c *cluster) { c.user, c.password = "elastic", "s3cret" }, "/_index_template/adloom-requests",
			"map[ignore_above:1024 type:flattened]", 0},
		"one that wants a key": {func(c *cluster) { c.key = "a2V5" }, "/_index_template/adloom-requests", "map[ignore_above:1024 type:flattened]", 0},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				w := setup(t, func(cfg *elastic.Config, c *cluster) {
					of.change(c)
					cfg.APIKey = c.key
					cfg.URL += c.path + "/"
					if c.user != "" {
						cfg.URL = "http://" + url.UserPassword(c.user, c.password).String() + "@elastic.example:9200"
					}
				})
				w.write(20)
				time.Sleep(2 * time.Second)
				w.expect("at the end", elastic.Stats{Indexed: 20, Up: true})
				fields := ""
				if w.cluster.template != nil {
					fields = fmt.Sprint(w.cluster.template["properties"].(map[string]any)["fields"])
				}
				if w.cluster.where != of.where || fields != of.fields || len(w.reports) != of.told {
					t.Errorf("installed at %q, fields as %s, told %v", w.cluster.where, fields, w.reports)
				}
				for _, r := range w.reports { // with what the server said
					if r.Err == nil || !strings.Contains(r.Err.Error(), "no handler found for uri") || strings.Contains(r.Err.Error(), "s3cret") {
						t.Errorf("told %v", r)
					}
				}
			})
		})
	}
}

// OpenSearch deletes indices by a policy of its own kind. One that is there already is replaced when it is for another
// number of days, and otherwise left as it is.
func TestStateManagement(t *testing.T) {
	bubble(t, func(t *testing.T) {
		c := newCluster(t)
		c.noILM, c.stateManagement, c.flattened = true, true, "flat_object"
		for i, of := range []struct {
			keep, seq int
			age       string
		}{{30, 4, "30d"}, {30, 4, "30d"}, {7, 8, "7d"}, {0, 8, "7d"}, {30, 12, "30d"}} {
			w := setup(t, func(cfg *elastic.Config, _ *cluster) { cfg.Transport, cfg.Keep = c, of.keep })
			w.Write(record(i))
			w.Close()
			states, _ := json.Marshal(c.states["states"])
			if got := w.Stats(); got.Indexed != 1 || len(w.reports) != 0 || c.seq != of.seq || !strings.Contains(string(states), `"min_index_age":"`+of.age+`"`) {
				t.Errorf("to keep %d days: %+v, told %v; policy %d: %s", of.keep, got, w.reports, c.seq, states)
			}
		}
		if got := fmt.Sprint(c.states["ism_template"]); got != "[map[index_patterns:[adloom-requests-*] priority:200]]" {
			t.Errorf("for %s", got)
		}
	})
}

// Wrong credentials are told, and never shown.
func TestWrongPassword(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(cfg *elastic.Config, c *cluster) {
			c.user, c.password = "elastic", "right"
			cfg.URL = "http://elastic:wr0ng@elastic.example:9200"
		})
		w.write(20)
		time.Sleep(time.Minute)
		w.expect("while it is wrong", elastic.Stats{Waiting: 20})
		if w.told("wr0ng") != 0 || w.told("security_exception") == 0 || len(w.reports) > 3 {
			t.Errorf("told %v", w.reports)
		}
	})
}

// Close sends what waits, for a few seconds at most, whatever the cluster does.
func TestClose(t *testing.T) {
	for name, of := range map[string]struct {
		change func(*elastic.Config, *cluster)
		want   elastic.Stats
		most   time.Duration
	}{
		"at once":     {nil, elastic.Stats{Indexed: 700, Up: true}, 0},
		"unreachable": {func(_ *elastic.Config, c *cluster) { c.down = true }, elastic.Stats{Dropped: 700}, 3 * time.Second},
		"hanging":     {func(cfg *elastic.Config, _ *cluster) { cfg.Transport = hanging{} }, elastic.Stats{Dropped: 700}, 3 * time.Second},
		"busy for a while": {func(_ *elastic.Config, c *cluster) {
			c.item = func(_ string, try int) int { return map[bool]int{true: 429}[try < 5] }
		}, elastic.Stats{Indexed: 700, Up: true}, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				w := setup(t, of.change)
				w.write(700)
				start := time.Now()
				w.Close()
				if took := time.Since(start); took > of.most {
					t.Errorf("took %v", took)
				}
				w.expect("after Close", of.want)
				w.write(1)
				w.Close()
				of.want.Dropped++
				w.expect("after a late record", of.want)
			})
		})
	}
}

type hanging struct{}

func (hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// What waits is bounded by bytes, too.
func TestBytesAreBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := setup(t, func(cfg *elastic.Config, c *cluster) { c.down, cfg.BufferBytes = true, 100_000 })
		w.write(1000)
		if s := w.Stats(); s.Waiting > 300 || s.Waiting < 100 || s.Dropped != uint64(1000-s.Waiting) {
			t.Errorf("%+v", s)
		}
	})
}

// Over real sockets, with TLS.
func TestOverTLS(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	taken := make(chan struct{}, 10)
	c.late = func(int) { taken <- struct{}{} }
	server := httptest.NewTLSServer(c)
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	cfg := elastic.DefaultConfig()
	cfg.URL, cfg.Linger = server.URL, time.Millisecond
	cfg.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	s, err := elastic.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.Write(record(1))
	<-taken
	s.Close()
	if got := s.Stats(); got.Indexed != 1 || c.count() != 1 {
		t.Errorf("%+v", got)
	}
}

func TestConfigNamesMistakes(t *testing.T) {
	t.Parallel()
	f := func(want string, change func(*elastic.Config)) {
		t.Helper()
		cfg := elastic.DefaultConfig()
		cfg.URL = "https://elastic:s3cret@elastic.example.com:9200/path"
		change(&cfg)
		err := cfg.Validate()
		if want == "" && err == nil {
			return
		}
		if err == nil || want == "" || !strings.Contains(err.Error(), "elastic.Config."+want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", want, err)
		}
	}
	f("", func(*elastic.Config) {})
	f("URL", func(c *elastic.Config) { c.URL = "" })
	f("URL", func(c *elastic.Config) { c.URL = "redis://elastic.example.com" })
	f("URL", func(c *elastic.Config) { c.URL = "https://elastic:s3cret@%zz" })
	f("APIKey", func(c *elastic.Config) { c.APIKey = "x" })
	f("Prefix", func(c *elastic.Config) { c.Prefix = "Adloom" })
	f("Prefix", func(c *elastic.Config) { c.Prefix = "_all" })
	f("Prefix", func(c *elastic.Config) { c.Prefix = "a*" })
	f("Keep", func(c *elastic.Config) { c.Keep = -1 })
	f("Buffer", func(c *elastic.Config) { c.Buffer = 0 })
	f("Attempts", func(c *elastic.Config) { c.Attempts = 0 })
	if _, err := elastic.New(elastic.Config{}); err == nil || errors.Unwrap(err) != nil {
		t.Errorf("an empty one: %v", err)
	}
}
