package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/throttle"
)

// metrics are what the API itself counts. Durations are seconds.
type metrics struct {
	customers *customerLabels

	requests *prometheus.CounterVec   // by customer, status and error
	refusals *prometheus.CounterVec   // by customer and reason
	limited  *prometheus.CounterVec   // by reason
	bytes    *prometheus.CounterVec   // by customer
	networks *prometheus.CounterVec   // by network
	seconds  *prometheus.HistogramVec // by status
	stages   *prometheus.HistogramVec // by stage
	pictures *prometheus.CounterVec   // by where they came from
	degraded prometheus.Counter
	cut      prometheus.Counter
	glyphs   prometheus.Counter
	panics   prometheus.Counter
	running  prometheus.Gauge
}

func newMetrics(customers int) *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "adloom_" + name, Help: help})
	}
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "adloom_" + name, Help: help}, labels)
	}
	m := &metrics{
		requests: counters("requests_total", "Requests answered, by customer, HTTP status and kind of error; 499 means that the client went away. Customers beyond the busiest are \"other\"; requests that nobody has signed have none.", "customer", "status", "error"),
		refusals: counters("refusals_total", "Requests refused, by customer and reason; those answered with a stale picture instead are counted, too.", "customer", "reason"),
		limited:  counters("requests_limited_total", "Requests answered 429, of all customers, by reason.", "reason"),
		bytes:    counters("response_bytes_total", "Bytes of pictures sent, by customer.", "customer"),
		networks: counters("requests_by_network_total", "Requests by the ad network or kind of client that the User-Agent names.", "network"),
		seconds:  histograms("request_duration_seconds", "Time from a request to its answer, by HTTP status.", "status"),
		stages:   histograms("stage_duration_seconds", "Time of one stage of a request.", "stage"),
		pictures: counters("pictures_total", "Pictures by where they came from: miss (drawn), joined (drawn for another request at the same time), hit, stale (sent instead of a refusal).", "cache"),
		degraded: counter("degraded_pictures_total", "Pictures sent with a photo hidden or replaced."),
		cut:      counter("text_cut_pictures_total", "Pictures sent with a text cut to fit its box."),
		glyphs:   counter("missing_glyph_pictures_total", "Pictures sent with a box for a character that no font of this node has. The request log says which."),
		panics:   counter("panics_total", "Requests that ended in a panic. Every one is a bug."),
		running:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "adloom_requests_running", Help: "Requests being worked on."}),
	}
	// What may be this node's fault is 0 until the first, which no rate would see otherwise.
	for _, status := range []int{http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusGatewayTimeout} {
		m.seconds.WithLabelValues(strconv.Itoa(status))
	}
	for _, reason := range append(throttle.Reasons(), throttle.Reason(fetcher.OriginLimited)) {
		m.limited.WithLabelValues(string(reason))
	}
	m.customers = newCustomerLabels(customers, m.forget)
	return m
}

// histograms have classic buckets and, for servers that ask for them, native ones of 10 %.
func histograms(name, help, label string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "adloom_" + name, Help: help,
		Buckets:                         []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		NativeHistogramBucketFactor:     1.1,
		NativeHistogramMaxBucketNumber:  160,
		NativeHistogramMinResetDuration: time.Hour,
	}, []string{label})
}

func (m *metrics) register(r prometheus.Registerer) []error {
	var errs []error
	for _, c := range []prometheus.Collector{m.requests, m.refusals, m.limited, m.bytes, m.networks, m.seconds, m.stages, m.pictures, m.degraded, m.cut, m.glyphs, m.panics, m.running} {
		errs = append(errs, r.Register(c))
	}
	return errs
}

// forget drops the series of a customer that is named no longer.
func (m *metrics) forget(customer string) {
	for _, vec := range []*prometheus.CounterVec{m.requests, m.refusals, m.bytes} {
		vec.DeletePartialMatch(prometheus.Labels{"customer": customer})
	}
}

// Add counts one finished request.
func (m *metrics) Add(r *reqlog.Record) {
	status := strconv.Itoa(r.Status)
	m.customers.count(r.Account(), func(customer string) {
		m.requests.WithLabelValues(customer, status, r.Error).Inc()
		if r.Bytes > 0 {
			m.bytes.WithLabelValues(customer).Add(float64(r.Bytes))
		}
		if r.Reason != "" && (r.Error == "limited" || r.Cache == cacheStale) {
			m.refusals.WithLabelValues(customer, r.Reason).Inc()
		}
	})
	m.networks.WithLabelValues(reqlog.Network(r.Agent)).Inc()
	m.seconds.WithLabelValues(status).Observe(r.Total.Seconds())
	for _, s := range r.Stages {
		m.stages.WithLabelValues(s.Name).Observe(s.Took.Seconds())
	}
	if r.Error == "limited" {
		m.limited.WithLabelValues(r.Reason).Inc()
	}
	if r.Cache != "" && r.Error == "" {
		m.pictures.WithLabelValues(r.Cache).Inc()
	}
	if r.Degraded {
		m.degraded.Inc()
	}
	if len(r.Cut) > 0 {
		m.cut.Inc()
	}
	if r.Missing != "" {
		m.glyphs.Inc()
	}
}
