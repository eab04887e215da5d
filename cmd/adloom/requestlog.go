package main

import (
	"context"
	"errors"

	"go.uber.org/zap"

	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/reqlog/elastic"
	"github.com/adloom/adloom/throttle"
)

// requestLogFlags say what is kept of requests, and where.
type requestLogFlags struct {
	LogSample       float64 `default:"0.1" help:"Share of successful requests that the request log keeps, 0 to 1, chosen by their IDs; adloom customer log gives a customer its own."`
	LogFailures     int     `default:"600" help:"Failed requests of a customer that it keeps in a minute, all processes of the node together; the rest is counted. -1: all."`
	LogBuffer       int     `default:"8192" help:"Requests that may wait to be written. What comes beyond is dropped and counted; no request waits for its log."`
	RequestLog      string  `default:"stderr" placeholder:"stderr|off|FILE" help:"Where it is written: stderr, with all else that is logged; a file, as JSON lines; or off."`
	RequestLogSize  int     `default:"100" help:"Megabytes from which that file is set aside."`
	RequestLogAge   int     `default:"14" help:"Days that files set aside are kept. 0: any."`
	RequestLogCount int     `default:"20" help:"Files set aside that are kept. 0: any."`

	Elastic       string `placeholder:"URL" help:"Elasticsearch or OpenSearch that takes the request log, too, such as https://user:password@elastic.example.com:9200. Better given as ADLOOM_ELASTIC: others on the machine see flags."`
	ElasticAPIKey string `placeholder:"KEY" help:"Key for it, in the Base64 form that Elasticsearch shows. Better given as ADLOOM_ELASTIC_API_KEY."`
	ElasticPrefix string `default:"adloom-requests" help:"What the names of its indices begin with; the day follows."`
	ElasticKeep   int    `default:"30" help:"Days that an index is kept, by a lifecycle policy of the cluster. 0: for ever."`
}

const (
	logStderr = "stderr"
	logOff    = "off"
)

// requestLog is the log of requests with its sinks. Its close is called when no request comes any more.
type requestLog struct {
	*reqlog.Log
	file    *reqlog.File  // nil without one
	elastic *elastic.Sink // likewise
}

// requestLog opens the log of a node.
func (f requestLogFlags) requestLog(node string, list *customers.Customers, budget *throttle.LogBudget, log *zap.Logger) (*requestLog, error) {
	if !(f.LogSample >= 0 && f.LogSample <= 1) {
		return nil, wrongUse("--log-sample: expected a share of 0 to 1, found %v", f.LogSample)
	}
	if f.LogFailures < -1 {
		return nil, wrongUse("--log-failures: expected 0 or more, or -1 for all; found %d", f.LogFailures)
	}
	r := &requestLog{}
	var sinks []reqlog.Sink
	switch f.RequestLog {
	case logOff:
	case logStderr:
		sinks = append(sinks, reqlog.ToZap(log.Named("request")))
	default:
		r.file = reqlog.NewFile(reqlog.FileConfig{Path: f.RequestLog, Size: f.RequestLogSize, Age: f.RequestLogAge, Count: f.RequestLogCount,
			Report: func(err error) { told(log, "request log file", err) }})
		sinks = append(sinks, r.file)
	}
	if f.Elastic != "" {
		c := elastic.DefaultConfig()
		c.URL, c.APIKey, c.Prefix, c.Keep = f.Elastic, f.ElasticAPIKey, f.ElasticPrefix, f.ElasticKeep
		c.Report = func(report elastic.Report) { told(log, report.Message, report.Err) }
		var err error
		if r.elastic, err = elastic.New(c); err != nil {
			return nil, wrongUse("--elastic: %v", err)
		}
		sinks = append(sinks, r.elastic)
	}
	var err error
	r.Log, err = reqlog.New(reqlog.Config{Node: node, Share: f.share(list), Budget: f.budget(list), Spend: spend(budget), Buffer: f.LogBuffer}, sinks...)
	if err != nil {
		return nil, errors.Join(wrongUse("request log: %v", err), r.closeSinks())
	}
	return r, nil
}

// told logs trouble as such and its end as news.
func told(log *zap.Logger, what string, err error) {
	if err != nil {
		log.Warn(what, zap.Error(err))
		return
	}
	log.Info(what + ": well again")
}

// share is that of a customer, if its settings have one.
func (f requestLogFlags) share(list *customers.Customers) func(string) float64 {
	return func(id string) float64 {
		if customer, err := list.Customer(id); err == nil && customer.Log.Share != nil {
			return *customer.Log.Share
		}
		return f.LogSample
	}
}

func (f requestLogFlags) budget(list *customers.Customers) func(string) int {
	return func(id string) int {
		if customer, err := list.Customer(id); err == nil && customer.Log.Failures != nil {
			return *customer.Log.Failures
		}
		return f.LogFailures
	}
}

// spend asks the budgets in Redis.
func spend(budget *throttle.LogBudget) reqlog.Spend {
	return func(ctx context.Context, asks []reqlog.Ask) ([]int, error) {
		ids, want, budgets := make([]string, len(asks)), make([]int, len(asks)), make([]int, len(asks))
		for i, ask := range asks {
			ids[i], want[i], budgets[i] = ask.Customer, ask.Want, ask.Budget
		}
		return budget.Spend(ctx, ids, want, budgets)
	}
}

func (r *requestLog) close(log *zap.Logger) {
	r.Log.Close()
	told := r.closeSinks()
	if told != nil {
		log.Warn("request log", zap.Error(told))
	}
}

func (r *requestLog) closeSinks() error {
	if r.elastic != nil {
		r.elastic.Close()
	}
	if r.file != nil {
		return r.file.Close()
	}
	return nil
}

// state is what the console shows.
func (r *requestLog) state() ops.Log {
	s := r.Stats()
	state := ops.Log{Kept: s.Kept, Dropped: s.Buffer}
	if r.elastic != nil {
		e := r.elastic.Stats()
		state.Elastic = &ops.Elastic{Up: e.Up, Waiting: e.Waiting, Dropped: e.Dropped}
	}
	return state
}

func (m measures) requestLog(r *requestLog) {
	const records = "Requests by what the request log did with them: kept; sampled (a success that its share left out); budget (a failure beyond its customer's budget); buffer (too many waited)."
	m.labelled("outcome", "kept").counter("request_log_records_total", records, func() uint64 { return r.Stats().Kept })
	m.labelled("outcome", "sampled").counter("request_log_records_total", records, func() uint64 { return r.Stats().Sampled })
	m.labelled("outcome", "budget").counter("request_log_records_total", records, func() uint64 { return r.Stats().Budget })
	m.labelled("outcome", "buffer").counter("request_log_records_total", records, func() uint64 { return r.Stats().Buffer })
	m.gauge("request_log_waiting", "Requests that wait to be written.", func() float64 { return float64(r.Stats().Waiting) })
	if r.elastic == nil {
		return
	}
	const documents = "Records by what became of them at Elasticsearch: indexed; failed (it would not have them); dropped (too many waited, or it was away)."
	m.labelled("outcome", "indexed").counter("elastic_documents_total", documents, func() uint64 { return r.elastic.Stats().Indexed })
	m.labelled("outcome", "failed").counter("elastic_documents_total", documents, func() uint64 { return r.elastic.Stats().Failed })
	m.labelled("outcome", "dropped").counter("elastic_documents_total", documents, func() uint64 { return r.elastic.Stats().Dropped })
	m.gauge("elastic_waiting", "Records that wait for Elasticsearch.", func() float64 { return float64(r.elastic.Stats().Waiting) })
	m.flag("elastic_up", "1 unless the last call of Elasticsearch has failed.", func() bool { return r.elastic.Stats().Up })
}
