package api

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/adloom/adloom/reqlog"
)

// metrics are what the API itself counts. Durations are seconds.
type metrics struct {
	requests *prometheus.CounterVec   // by status and error
	refusals *prometheus.CounterVec   // 429 by reason
	seconds  *prometheus.HistogramVec // by status
	stages   *prometheus.HistogramVec // by stage
	bytes    prometheus.Counter
	pictures *prometheus.CounterVec // by where they came from
	degraded prometheus.Counter
	cut      prometheus.Counter
	glyphs   prometheus.Counter
	panics   prometheus.Counter
	running  prometheus.Gauge
}

func newMetrics() *metrics {
	buckets := []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20}
	return &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "adloom_requests_total", Help: "Requests answered, by HTTP status and kind of error; 499 means that the client went away."}, []string{"status", "error"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "adloom_refusals_total", Help: "Requests refused, by reason; those answered with a stale picture instead are counted, too."}, []string{"reason"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "adloom_request_seconds", Help: "Time from a request to its answer, by HTTP status.", Buckets: buckets}, []string{"status"}),
		stages:   prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "adloom_stage_seconds", Help: "Time of one stage of a render.", Buckets: buckets}, []string{"stage"}),
		bytes:    prometheus.NewCounter(prometheus.CounterOpts{Name: "adloom_response_bytes_total", Help: "Bytes of pictures sent."}),
		pictures: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "adloom_pictures_total", Help: "Pictures by where they came from: miss (drawn), joined (drawn for another request at the same time), hit, stale (sent instead of a refusal)."}, []string{"cache"}),
		degraded: prometheus.NewCounter(prometheus.CounterOpts{Name: "adloom_degraded_total", Help: "Pictures sent with a photo hidden or replaced."}),
		cut:      prometheus.NewCounter(prometheus.CounterOpts{Name: "adloom_text_cut_total", Help: "Pictures sent with a text cut to fit its box."}),
		glyphs:   prometheus.NewCounter(prometheus.CounterOpts{Name: "adloom_missing_glyphs_total", Help: "Pictures sent with a box for a character that no font of this node has. The request log says which."}),
		panics:   prometheus.NewCounter(prometheus.CounterOpts{Name: "adloom_panics_total", Help: "Requests that ended in a panic. Every one is a bug."}),
		running:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "adloom_requests_running", Help: "Requests being worked on."}),
	}
}

func (m *metrics) register(r prometheus.Registerer) []error {
	var errs []error
	for _, c := range []prometheus.Collector{m.requests, m.refusals, m.seconds, m.stages, m.bytes, m.pictures, m.degraded, m.cut, m.glyphs, m.panics, m.running} {
		errs = append(errs, r.Register(c))
	}
	return errs
}

func (m *metrics) observe(r *reqlog.Record) {
	status := strconv.Itoa(r.Status)
	m.requests.WithLabelValues(status, r.Error).Inc()
	m.seconds.WithLabelValues(status).Observe(r.Total.Seconds())
	for _, s := range r.Stages {
		m.stages.WithLabelValues(s.Name).Observe(s.Took.Seconds())
	}
	m.bytes.Add(float64(r.Bytes))
	if r.Reason != "" && (r.Error == "limited" || r.Cache == cacheStale) {
		m.refusals.WithLabelValues(r.Reason).Inc()
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
