package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	prometheus "github.com/prometheus/client_golang/api"
	promql "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
	"go.uber.org/zap"

	"github.com/adloom/adloom/ops"
)

const (
	nodesEvery   = 5 * time.Second
	nodesTimeout = 3 * time.Second
)

// nodeQuery is one column of the table of nodes: a query with a value for each instance.
type nodeQuery struct {
	promql string
	into   func(row *ops.NodeRow, value float64)
}

// nodeQueries begin with the one that says which nodes there are: what has been a node within the last hour.
func nodeQueries() []nodeQuery {
	return []nodeQuery{
		{`max by (instance) (up * on (instance, job) group_left () max by (instance, job) (max_over_time(adloom_build_info[1h])))`, func(r *ops.NodeRow, v float64) { r.Up = v == 1 }},
		{`sum by (instance) (rate(adloom_requests_total[1m]))`, func(r *ops.NodeRow, v float64) { r.Rate = v }},
		{`sum by (instance) (rate(adloom_requests_total{error="limited"}[1m]))`, func(r *ops.NodeRow, v float64) { r.Refused = v }},
		{`sum by (instance) (rate(adloom_requests_total{error!~"|limited|client_gone"}[1m]))`, func(r *ops.NodeRow, v float64) { r.Failed = v }},
		{`1000 * histogram_quantile(0.99, sum by (instance, le) (rate(adloom_request_duration_seconds_bucket{status="200"}[5m])))`, func(r *ops.NodeRow, v float64) { r.P99 = v }},
		{`sum by (instance) (adloom_gate_running) / sum by (instance) (adloom_gate_slots)`, func(r *ops.NodeRow, v float64) { r.Busy = v }},
	}
}

// nodeTable asks a Prometheus about all nodes, in the background: who looks gets the last answer at once.
type nodeTable struct {
	api     promql.API
	log     *zap.Logger
	ctx     context.Context // of its questions; ends with close
	end     context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	rows   []ops.NodeRow
	asked  time.Time
	asking bool
}

func newNodeTable(address string, log *zap.Logger) (*nodeTable, error) {
	client, err := prometheus.NewClient(prometheus.Config{Address: address})
	if err != nil {
		return nil, wrongUse("--prometheus-url: expected an address such as http://prometheus:9090: %v", err)
	}
	t := &nodeTable{api: promql.NewAPI(client), log: log, rows: []ops.NodeRow{}}
	t.ctx, t.end = context.WithCancel(context.Background())
	return t, nil
}

// close ends the question that is asked and waits for it. The last answer stays.
func (t *nodeTable) close() {
	t.mu.Lock()
	t.end() // with mu held: all begins none from here on
	t.mu.Unlock()
	t.running.Wait()
}

// all returns the last answer and asks for the next when that is due.
func (t *nodeTable) all(context.Context) []ops.NodeRow {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.asking && time.Since(t.asked) > nodesEvery && t.ctx.Err() == nil {
		t.asking = true
		t.running.Go(t.refresh)
	}
	return t.rows
}

func (t *nodeTable) refresh() {
	ctx, cancel := context.WithTimeout(t.ctx, nodesTimeout)
	defer cancel()
	rows, err := t.ask(ctx)
	if err != nil && t.ctx.Err() == nil {
		t.log.Warn("table of nodes", zap.Error(err))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asking, t.asked = false, time.Now()
	if err == nil {
		t.rows = rows
	}
}

func (t *nodeTable) ask(ctx context.Context) ([]ops.NodeRow, error) {
	byName := map[string]*ops.NodeRow{}
	for i, query := range nodeQueries() {
		value, _, _, err := t.api.Query(ctx, query.promql, time.Now())
		if err != nil {
			return nil, fmt.Errorf("ask Prometheus for %s: %w", query.promql, err)
		}
		samples, ok := value.(model.Vector)
		if !ok {
			return nil, fmt.Errorf("ask Prometheus for %s: expected a vector, found a %v", query.promql, value.Type())
		}
		for _, s := range samples {
			name := string(s.Metric["instance"])
			if i == 0 {
				byName[name] = &ops.NodeRow{Name: name}
			}
			if row := byName[name]; row != nil && !math.IsNaN(float64(s.Value)) {
				query.into(row, math.Round(float64(s.Value)*100)/100)
			}
		}
	}
	rows := []ops.NodeRow{}
	for row := range maps.Values(byName) {
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b ops.NodeRow) int { return cmp.Compare(a.Name, b.Name) })
	return rows, nil
}
