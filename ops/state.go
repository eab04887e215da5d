package ops

import (
	"math"
	"time"
)

// State is all that the page shows at one moment, as it is sent: rates are a second, latencies milliseconds.
type State struct {
	Time      time.Time  `json:"time"`
	Node      Node       `json:"node"`
	Health    []Trouble  `json:"health"` // the worst first; empty when all is well
	Totals    Totals     `json:"totals"`
	Stages    []Latency  `json:"stages"` // of the last minutes
	Live                 // the parts of the node, now
	Customers []Customer `json:"customers"` // the busiest
	Templates Templates  `json:"templates"` // of the last hour
	Audit     []Act      `json:"audit"`     // the newest first
	Nodes     []NodeRow  `json:"nodes"`     // null unless a Prometheus is asked
}

// Node is what does not change while the process runs, but for Draining.
type Node struct {
	Name     string    `json:"name"`
	Version  string    `json:"version"`
	Go       string    `json:"go"`
	CPUs     int       `json:"cpus"`
	Started  time.Time `json:"started"`
	Draining bool      `json:"draining"`
}

// Trouble is something wrong, in words that say whose fault it is and what to do.
type Trouble struct {
	Level string `json:"level"` // bad or warn
	What  string `json:"what"`  // stable word
	Text  string `json:"text"`
}

// Totals are of the whole process.
type Totals struct {
	Rates
	Running int `json:"running"` // requests that were let in
	Waiting int `json:"waiting"` // for a lease or a slot
}

// Rates are requests a second by how they ended, and bytes a second.
type Rates struct {
	Rate     float64 `json:"rate"`
	Good     float64 `json:"good"`
	Refused  float64 `json:"refused"`
	Failed   float64 `json:"failed"`
	Degraded float64 `json:"degraded"`
	Bytes    float64 `json:"bytes"`
}

// rates are counts that were made in so many seconds.
func (c counts) rates(seconds float64) Rates {
	per := func(n uint32) float64 { return round(float64(n) / seconds) }
	return Rates{Rate: per(c.all), Good: per(c.good), Refused: per(c.refused), Failed: per(c.failed), Degraded: per(c.degraded),
		Bytes: round(float64(c.bytes) / seconds)}
}

// Latency is of one stage.
type Latency struct {
	Stage string `json:"stage"`
	Count uint32 `json:"count"`
	Quantiles
}

// Quantiles are milliseconds.
type Quantiles struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
}

func (h *histogram) quantiles() Quantiles {
	return Quantiles{P50: millis(h.quantile(.5)), P95: millis(h.quantile(.95)), P99: millis(h.quantile(.99))}
}

// Live is what the parts of the node say of themselves.
type Live struct {
	Slots  Slots        `json:"slots"`
	Leases Leases       `json:"leases"`
	Memory Memory       `json:"memory"`
	Caches []CacheState `json:"caches"`
	Disks  []Disk       `json:"disks"`
	Redis  Redis        `json:"redis"`
	Log    Log          `json:"log"`
	Codecs []Codec      `json:"codecs"`
	Hosts  []Host       `json:"hosts"` // shops in trouble first
}

// Slots are the CPU slots of the process.
type Slots struct {
	Busy    int     `json:"busy"`
	Total   int     `json:"total"`
	Waiting int     `json:"waiting"`
	Oldest  float64 `json:"oldest_ms"` // how long the first of those has waited
	Inside  int     `json:"-"`         // requests that have one, wait for one, or are on their way there; Totals tells
}

// Leases are those of the node.
type Leases struct {
	Held    int `json:"held"`
	Limit   int `json:"limit"`
	Start   int `json:"start"` // from which customers' own limits count; -1 for never
	Waiting int `json:"waiting"`
}

// Memory is bytes.
type Memory struct {
	RSS      int64 `json:"rss"`
	Heap     int64 `json:"heap"`
	Reserved int64 `json:"reserved"` // by running renders
	Held     int64 `json:"held"`     // photos that requests have and do not draw yet
	Limit    int64 `json:"limit"`    // of what may be reserved
}

// CacheState is one cache in memory.
type CacheState struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	Limit int64  `json:"limit"`
}

// Disk is one kind of files of the disk cache.
type Disk struct {
	Files    string `json:"files"`
	Count    int64  `json:"count"`
	Bytes    int64  `json:"bytes"`
	Limit    int64  `json:"limit"` // 0: as far as free space allows
	Free     int64  `json:"free"`
	Size     int64  `json:"size"` // of the file system
	Hits     uint64 `json:"hits"`
	Misses   uint64 `json:"misses"`
	Evicted  uint64 `json:"evicted"`
	Refusing bool   `json:"refusing"`
}

// Redis is the node's own.
type Redis struct {
	Up         bool   `json:"up"`
	Address    string `json:"address"`
	FailedOpen uint64 `json:"failed_open"` // leases without its answer
	Listening  bool   `json:"listening"`
	Error      string `json:"error"`
}

// Log is the request log.
type Log struct {
	Kept    uint64   `json:"kept"`
	Dropped uint64   `json:"dropped"` // against the settings: the buffer was full
	Elastic *Elastic `json:"elastic"` // null without one
}

// Elastic is where the request log goes.
type Elastic struct {
	Up      bool   `json:"up"`
	Waiting int    `json:"waiting"`
	Dropped uint64 `json:"dropped"`
}

// Codec is what decodes and encodes a format.
type Codec struct {
	Format  string `json:"format"`
	Library string `json:"library"`
	Version string `json:"version"`
}

// Host is a shop.
type Host struct {
	Host     string  `json:"host"`
	State    string  `json:"state"` // open: not asked; half_open: asked by one request at a time; closed: well
	Failures int     `json:"failures"`
	Reason   string  `json:"reason"`
	Again    float64 `json:"again_ms"` // until it is asked again
	Running  int     `json:"running"`
	Waiting  int     `json:"waiting"`
}

// Customer is one customer: what the board counted, and what its settings and Redis say.
type Customer struct {
	ID string `json:"id"`
	Rates
	Quantiles
	Refusals []Refusal `json:"refusals"` // of the last minutes, most first
	Spark    []float64 `json:"spark"`    // requests a second by minute
	CustomerLive
}

// CustomerLive is what is not counted from requests.
type CustomerLive struct {
	Running         int      `json:"running"` // leases
	Limit           int      `json:"limit"`
	Waiting         int      `json:"waiting"`
	Paused          *Pause   `json:"paused"`
	PausedTemplates []string `json:"paused_templates"`
	Limits          Limits   `json:"limits"` // of its own
	SlowDownloads   Slow     `json:"slow_downloads"`
	SlowRenders     Slow     `json:"slow_renders"`

	// Left is how long reasons to refuse it will last, in milliseconds.
	Left map[string]float64 `json:"-"`
	// Unknown: there are no settings of it.
	Unknown bool `json:"-"`
}

// Pause is why a customer gets nothing.
type Pause struct {
	Since time.Time `json:"since"`
	Why   string    `json:"why"`
}

// Limits are a customer's own; 0 is the node's default, -1 none.
type Limits struct {
	Concurrency   int `json:"concurrency"`
	SlowDownloads int `json:"slow_downloads"`
	SlowRenders   int `json:"slow_renders"`
}

// LimitsChange is what becomes of a customer's limits: what is nil stays.
type LimitsChange struct {
	Concurrency   *int `json:"concurrency"`
	SlowDownloads *int `json:"slow_downloads"`
	SlowRenders   *int `json:"slow_renders"`
}

// Of is what becomes of was.
func (c LimitsChange) Of(was Limits) Limits {
	or := func(to *int, n int) int {
		if to == nil {
			return n
		}
		return *to
	}
	return Limits{or(c.Concurrency, was.Concurrency), or(c.SlowDownloads, was.SlowDownloads), or(c.SlowRenders, was.SlowRenders)}
}

// Slow is how often something took too long, by minute, oldest first.
type Slow struct {
	Minutes []int `json:"minutes"`
	Limit   int   `json:"limit"`
}

// Refusal is one reason.
type Refusal struct {
	Reason string  `json:"reason"`
	Count  uint32  `json:"count"`
	Rate   float64 `json:"rate"`
	Left   float64 `json:"left_ms"` // until it is over, when that is known
}

// Templates are the ones to look at.
type Templates struct {
	ByCost     []TemplateCost    `json:"by_cost"`
	ByFailures []TemplateFailure `json:"by_failures"`
}

// TemplateCost is CPU time that a template took.
type TemplateCost struct {
	Customer string  `json:"customer"`
	Template string  `json:"template"`
	Renders  uint32  `json:"renders"`
	CPU      float64 `json:"cpu_ms"`
	Share    float64 `json:"share"` // of that of all
	P95      float64 `json:"p95"`
	URL      string  `json:"url,omitempty"` // of the render that took longest, without its signature
}

// TemplateFailure is how often a template failed, and the last time.
type TemplateFailure struct {
	Customer  string `json:"customer"`
	Template  string `json:"template"`
	Failures  uint32 `json:"failures"`
	Error     string `json:"error"`
	Detail    string `json:"detail"`
	RequestID string `json:"request_id"`
	URL       string `json:"url,omitempty"` // of the last one, without its signature
}

// NodeRow is one of all nodes, as Prometheus sees it.
type NodeRow struct {
	Name    string  `json:"name"`
	Up      bool    `json:"up"`
	Rate    float64 `json:"rate"`
	Refused float64 `json:"refused"`
	Failed  float64 `json:"failed"`
	P99     float64 `json:"p99"`
	Busy    float64 `json:"busy"` // share of the CPU slots
}

// round keeps what a reader can use.
func round(x float64) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return math.Round(x*100) / 100
}

func millis(d time.Duration) float64 { return round(float64(d) / float64(time.Millisecond)) }
