package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/reqlog/elastic"
	"github.com/adloom/adloom/throttle"
)

// requestLogFlags say which requests are recorded, and where.
type requestLogFlags struct {
	LogSample   float64 `default:"0.1" help:"Share of the successful requests that is recorded, 0 to 1."`
	LogFailures int     `default:"600" help:"Failures of a customer that are recorded in a minute, by all processes of the node; the others are counted. -1: all."`

	RequestLog      string `default:"stderr" placeholder:"FILE" help:"Where requests are recorded: stderr (among the log), stdout, off, or a file of JSON lines."`
	RequestLogSize  int    `default:"100" help:"Megabytes from which that file is set aside."`
	RequestLogAge   int    `default:"14" help:"Days that old files are kept. 0: any."`
	RequestLogCount int    `default:"20" help:"Old files that are kept. 0: any."`

	Elastic            string `placeholder:"URL" help:"Elasticsearch 7 or what speaks its API, such as https://user:password@elastic.example.com:9200, where requests are recorded as well."`
	ElasticAPIKey      string `name:"elastic-api-key" placeholder:"KEY" help:"API key for it, instead of a user; better given by the environment."`
	ElasticCA          string `name:"elastic-ca" type:"existingfile" placeholder:"FILE" help:"Certificates (PEM) that vouch for it, instead of the machine's."`
	ElasticIndexPrefix string `default:"adloom-requests" help:"Indices are named by this and the day."`
	ElasticKeep        int    `default:"30" help:"Days that an index is kept. 0: for ever."`
}

const (
	recordsWaiting = 4096                   // that may wait to be written
	spendTimeout   = 250 * time.Millisecond // of one call of Redis
)

// requestLog is the log of requests and what it writes to.
type requestLog struct {
	*reqlog.Log
	file    *reqlog.File  // or stdout; nil: none
	elastic *elastic.Sink // nil: none
	hangs   bool          // at the end: a sink does not return
	stop    []func()      // in order of making; called backwards
}

// open makes the log of requests of a node.
func (f requestLogFlags) open(node string, list *customers.Customers, budget *throttle.LogBudget, log *zap.Logger) (l *requestLog, err error) {
	if !(f.LogSample >= 0 && f.LogSample <= 1) {
		return nil, wrongUse("--log-sample: expected a share from 0 to 1, such as 0.1; found %v", f.LogSample)
	}
	if f.LogFailures < -1 {
		return nil, wrongUse("--log-failures: expected 0 or more, or -1 for all; found %d", f.LogFailures)
	}
	l = &requestLog{}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	var sinks []reqlog.Sink
	if sink, err := f.sink(l, log); err != nil {
		return l, err
	} else if sink != nil {
		sinks = append(sinks, sink)
	}
	if f.Elastic != "" {
		if l.elastic, err = f.openElastic(log); err != nil {
			return l, err
		}
		l.stop = append(l.stop, l.elastic.Close)
		sinks = append(sinks, l.elastic)
	}
	l.Log, err = reqlog.New(reqlog.Config{
		Node: node, Share: f.share(list), Budget: f.budget(list), Spend: spend(budget), Buffer: recordsWaiting,
	}, sinks...)
	if err != nil {
		return l, err
	}
	l.stop = append(l.stop, func() { l.hangs = !l.Log.Close() })
	return l, nil
}

func (l *requestLog) close() {
	for i := len(l.stop) - 1; i >= 0; i-- {
		l.stop[i]()
	}
	l.stop = nil
}

// unwritten is how many records were lost because their file could not be written.
func (l *requestLog) unwritten() uint64 {
	if l.file == nil {
		return 0
	}
	return l.file.Failed()
}

// share is what is kept of a customer's successes: its own, or the node's.
func (f requestLogFlags) share(list *customers.Customers) func(string) float64 {
	return func(id string) float64 {
		if id != "" {
			if customer, _ := list.Customer(id); customer.Log.Share != nil { // an unreadable file: the node's
				return *customer.Log.Share
			}
		}
		return f.LogSample
	}
}

// budget is how many of a customer's failures are kept in a minute, likewise.
func (f requestLogFlags) budget(list *customers.Customers) func(string) int {
	return func(id string) int {
		if id != "" {
			if customer, _ := list.Customer(id); customer.Log.Failures != nil {
				return *customer.Log.Failures
			}
		}
		return f.LogFailures
	}
}

// spend asks the budget that the node's processes have in common.
func spend(budget *throttle.LogBudget) reqlog.Spend {
	return func(ctx context.Context, asks []reqlog.Ask) ([]int, error) {
		names, want, budgets := make([]string, len(asks)), make([]int, len(asks)), make([]int, len(asks))
		for i, a := range asks {
			names[i], want[i], budgets[i] = a.Customer, a.Want, a.Budget
		}
		return budget.Spend(ctx, names, want, budgets)
	}
}

// sink is where records go on this machine; nil: nowhere.
func (f requestLogFlags) sink(l *requestLog, log *zap.Logger) (reqlog.Sink, error) {
	switch f.RequestLog {
	case "off":
		return nil, nil
	case "stderr":
		return reqlog.ToZap(log.Named("request")), nil
	case "stdout":
		l.file = reqlog.NewStream(os.Stdout)
		return l.file, nil
	case "":
		return nil, wrongUse("--request-log: expected stderr, stdout, off or a file; found nothing")
	}
	if f.RequestLogSize < 1 || f.RequestLogAge < 0 || f.RequestLogCount < 0 {
		return nil, wrongUse("--request-log-size, -age, -count: expected at least 1, 0 and 0; found %d, %d, %d", f.RequestLogSize, f.RequestLogAge, f.RequestLogCount)
	}
	l.file = reqlog.NewFile(reqlog.FileConfig{
		Path: f.RequestLog, Size: f.RequestLogSize, Age: f.RequestLogAge, Count: f.RequestLogCount,
		Report: func(err error) {
			if err != nil {
				log.Error("request log: its file cannot be written, records are lost", zap.Error(err))
				return
			}
			log.Info("request log: its file is written again")
		},
	})
	l.stop = append(l.stop, func() {
		if l.hangs { // and so would closing it
			log.Error("request log: writing does not end, the last records are lost")
			return
		}
		if err := l.file.Close(); err != nil {
			log.Error("request log: close its file", zap.Error(err))
		}
	})
	return l.file, nil
}

func (f requestLogFlags) openElastic(log *zap.Logger) (*elastic.Sink, error) {
	c := elastic.DefaultConfig()
	c.URL, c.APIKey, c.Prefix, c.Keep = f.Elastic, f.ElasticAPIKey, f.ElasticIndexPrefix, f.ElasticKeep
	c.Report = func(r elastic.Report) {
		if r.Err != nil {
			log.Error("request log: "+r.Message, zap.Error(r.Err))
			return
		}
		log.Info("request log: " + r.Message)
	}
	if f.ElasticCA != "" {
		pem, err := os.ReadFile(f.ElasticCA)
		if err != nil {
			return nil, fmt.Errorf("--elastic-ca: %w", err)
		}
		roots := x509.NewCertPool()
		if !roots.AppendCertsFromPEM(pem) {
			return nil, wrongUse("--elastic-ca: expected certificates in PEM, found none in %s", f.ElasticCA)
		}
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
		c.Transport = transport
	}
	if err := c.Validate(); err != nil {
		return nil, wrongUse("--elastic…: %v", err)
	}
	return elastic.New(c)
}

// requestLog counts what becomes of records. What the sampling leaves out is no loss: weights stand for it.
func (m measures) requestLog(l *requestLog) {
	const records = "Records of requests by what became of them: kept (handed on to be written), sampled (left out by the share of successes), budget (failures beyond their customer's), buffer (no room)."
	m.labelled("outcome", "kept").counter("request_log_records_total", records, func() uint64 { return l.Stats().Kept })
	m.labelled("outcome", "sampled").counter("request_log_records_total", records, func() uint64 { return l.Stats().Sampled })
	m.labelled("outcome", "budget").counter("request_log_records_total", records, func() uint64 { return l.Stats().Budget })
	m.labelled("outcome", "buffer").counter("request_log_records_total", records, func() uint64 { return l.Stats().Buffer })
	m.counter("request_log_unwritten_total", "Records that were kept, and lost because the file or stdout could not be written.", l.unwritten)
	if l.elastic == nil {
		return
	}
	const documents = "Records on their way to Elasticsearch by what became of them: indexed, failed (it would not have them), dropped (no room, or no time at the end)."
	m.labelled("outcome", "indexed").counter("elastic_documents_total", documents, func() uint64 { return l.elastic.Stats().Indexed })
	m.labelled("outcome", "failed").counter("elastic_documents_total", documents, func() uint64 { return l.elastic.Stats().Failed })
	m.labelled("outcome", "dropped").counter("elastic_documents_total", documents, func() uint64 { return l.elastic.Stats().Dropped })
	m.gauge("elastic_waiting", "Records that wait to be sent to Elasticsearch.", func() float64 { return float64(l.elastic.Stats().Waiting) })
	m.flag("elastic_up", "1 unless Elasticsearch has failed and not answered since.", func() bool { return l.elastic.Stats().Up })
}
