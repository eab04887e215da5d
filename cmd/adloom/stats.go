package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/resultcache"
	"github.com/adloom/adloom/throttle"
)

// measures registers what the parts count. The parts know nothing of Prometheus.
type measures struct{ to prometheus.Registerer }

func (m measures) counter(name, help string, value func() uint64) {
	m.to.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "adloom_" + name, Help: help}, func() float64 { return float64(value()) }))
}

func (m measures) gauge(name, help string, value func() float64) {
	m.to.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "adloom_" + name, Help: help}, value))
}

// flag is 1 or 0.
func (m measures) flag(name, help string, value func() bool) {
	m.gauge(name, help, func() float64 {
		if value() {
			return 1
		}
		return 0
	})
}

// fact is always 1: what it says is in its labels.
func (m measures) fact(name, help string, labels prometheus.Labels) {
	m.to.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "adloom_" + name, Help: help, ConstLabels: labels}, func() float64 { return 1 }))
}

// labelled are measures of one of several parts of a kind.
func (m measures) labelled(name, value string) measures {
	return measures{prometheus.WrapRegistererWith(prometheus.Labels{name: value}, m.to)}
}

func (m measures) photos(photos *fetcher.Fetcher) {
	m.counter("photo_fetches_total", "Photos asked for.", func() uint64 { return photos.Stats().Fetches })
	m.counter("photo_joined_total", "Photos that shared a download under way.", func() uint64 { return photos.Stats().Joined })
	m.counter("photo_hits_total", "Photos answered from the disk cache.", func() uint64 { return photos.Stats().Hits })
	m.counter("photo_stale_total", "Photos answered with an old copy because the shop was in trouble.", func() uint64 { return photos.Stats().Stale })
	m.counter("photo_served_first_total", "Photos answered with an old copy, to be revalidated in the background.", func() uint64 { return photos.Stats().ServedFirst })
	m.counter("photo_refreshes_total", "Revalidations in the background that were started.", func() uint64 { return photos.Stats().Refreshes })
	m.counter("photo_refreshes_dropped_total", "Revalidations in the background that were not, because enough ran.", func() uint64 { return photos.Stats().Dropped })
	m.counter("photo_retries_total", "Requests to shops that were made again.", func() uint64 { return photos.Stats().Retries })
	m.counter("photo_limited_total", "Requests to shops that were not made: the host rests or has its share, or photos on their way have theirs.", func() uint64 { return photos.Stats().Limited })
	m.counter("photo_remembered_total", "Requests to shops that a remembered failure saved.", func() uint64 { return photos.Stats().Remembered })
	m.to.MustRegister(hosts{photos})
	m.gauge("photo_waiting", "Photos that wait for a place at their host.", func() float64 { return float64(photos.Stats().Waiting) })
	m.gauge("photo_buffered_bytes", "Bytes of photos on their way.", func() float64 { return float64(photos.Stats().Buffered) })
	m.counter("photo_doubted_total", "Cached photos that could not be decoded and will be downloaded again.", func() uint64 { return photos.Stats().Doubted })
	m.counter("photo_downloads_total", "Requests to shops.", func() uint64 { return photos.Stats().Downloads })
	m.counter("photo_download_bytes_total", "Bytes received from shops.", func() uint64 { return photos.Stats().Bytes })
	m.counter("photo_cache_errors_total", "Reads and writes of the disk cache that failed.", func() uint64 { return photos.Stats().CacheErrors })
	m.gauge("photo_downloads_running", "Downloads under way.", func() float64 { return float64(photos.Stats().InFlight) })
	for _, reason := range fetcher.Reasons() {
		m.to.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "adloom_photo_errors_total", Help: "Photos that could not be had, by reason.",
			ConstLabels: prometheus.Labels{"reason": string(reason)},
		}, func() float64 { return float64(photos.Stats().Errors[reason]) }))
	}
}

// hosts counts those that photos come from, all at one moment.
type hosts struct{ of *fetcher.Fetcher }

var hostsDesc = prometheus.NewDesc("adloom_photo_hosts",
	"Hosts whose state is kept: closed (asked), half_open (by one request at a time), open (not asked).", []string{"state"}, nil)

func (h hosts) Describe(to chan<- *prometheus.Desc) { to <- hostsDesc }

func (h hosts) Collect(to chan<- prometheus.Metric) {
	_, counts := h.of.Hosts()
	for state, n := range map[fetcher.Circuit]int{fetcher.Closed: counts.Closed, fetcher.HalfOpen: counts.HalfOpen, fetcher.Open: counts.Open} {
		to <- prometheus.MustNewConstMetric(hostsDesc, prometheus.GaugeValue, float64(n), string(state))
	}
}

func (m measures) limits(limiter *throttle.Limiter, gate *throttle.Gate, limits throttle.Config, slots throttle.GateConfig) {
	m.gauge("leases_limit", "Leases that may be out at once on the node.", func() float64 { return float64(limits.HardLimit) })
	m.gauge("gate_slots", "CPU slots of this process.", func() float64 { return float64(slots.Slots) })
	m.gauge("gate_memory_limit_bytes", "Memory that running renders may reserve.", func() float64 { return float64(slots.MaxBytes) })
	m.counter("leases_granted_total", "Leases given out.", func() uint64 { return limiter.Stats().Granted })
	m.counter("leases_refused_total", "Requests that got no lease.", func() uint64 { return limiter.Stats().Refused })
	m.counter("leases_failed_open_total", "Leases given out without an answer from Redis.", func() uint64 { return limiter.Stats().FailedOpen })
	m.gauge("leases_held", "Leases out now, of this process.", func() float64 { return float64(limiter.Stats().Held) })
	m.gauge("leases_waiting", "Requests that wait for a lease.", func() float64 { return float64(limiter.Stats().Waiting) })
	m.flag("leases_listening", "1 while waiting requests are told of their leases by Redis; otherwise they ask.", func() bool { return limiter.Stats().Listening })
	m.flag("redis_up", "1 unless Redis has failed and not answered since.", func() bool { return limiter.Stats().RedisErr == nil })
	m.gauge("gate_inside", "Requests in this process.", func() float64 { return float64(gate.Stats().Inside) })
	m.gauge("gate_running", "Renders with a CPU slot.", func() float64 { return float64(gate.Stats().Running) })
	m.gauge("gate_waiting", "Renders that wait for a CPU slot.", func() float64 { return float64(gate.Stats().Waiting) })
	m.gauge("gate_oldest_waiter_seconds", "How long the first of them has waited.", func() float64 { return gate.Stats().OldestAge.Seconds() })
	m.gauge("gate_reserved_bytes", "Memory reserved by running renders.", func() float64 { return float64(gate.Stats().Bytes) })
	m.gauge("gate_held_bytes", "Memory that requests hold besides: photos they have and do not draw yet.", func() float64 { return float64(gate.Stats().Held) })
	const refused = "Requests refused before they could wait, by reason."
	m.labelled("reason", string(throttle.NodeFull)).counter("gate_refused_total", refused, func() uint64 { return gate.Stats().Refused.NodeFull })
	m.labelled("reason", string(throttle.CustomerConcurrency)).counter("gate_refused_total", refused, func() uint64 { return gate.Stats().Refused.CustomerConcurrency })
}

// disk is about one kind of files: photos or results.
func (m measures) disk(cache *diskcache.Cache) {
	m.counter("disk_hits_total", "Files found in the disk cache.", func() uint64 { return cache.Stats().Hits })
	m.counter("disk_misses_total", "Files not found in it.", func() uint64 { return cache.Stats().Misses })
	m.counter("disk_puts_total", "Files written to it.", func() uint64 { return cache.Stats().Puts })
	m.counter("disk_written_bytes_total", "Bytes written to it.", func() uint64 { return cache.Stats().BytesWritten })
	m.counter("disk_evicted_files_total", "Files evicted from it.", func() uint64 { return cache.Stats().EvictedFiles })
	m.counter("disk_evicted_bytes_total", "Bytes evicted from it.", func() uint64 { return cache.Stats().EvictedBytes })
	m.counter("disk_index_errors_total", "Calls of the index in Redis that failed.", func() uint64 { return cache.Stats().IndexErrors })
	m.counter("disk_write_errors_total", "Files that could not be written.", func() uint64 { return cache.Stats().WriteErrors })
	m.counter("disk_writes_refused_total", "Files that were not written because the disk had just refused one.", func() uint64 { return cache.Stats().WritesRefused })
	m.counter("disk_janitor_errors_total", "Sweeps and rebuilds of the index that failed.", func() uint64 { return cache.Stats().JanitorErrors })
	m.counter("disk_rebuilds_total", "Rebuilds of the index.", func() uint64 { return cache.Stats().Rebuilds })
	m.gauge("disk_files", "Files in the disk cache, as far as known.", func() float64 { return float64(cache.Stats().Files) })
	m.gauge("disk_bytes", "Bytes of the files in the disk cache, as far as known.", func() float64 { return float64(cache.Stats().Bytes) })
	m.flag("disk_refusing", "1 while the disk refuses writes.", func() bool { return cache.Stats().Refusing })
	m.gauge("disk_free_bytes", "Bytes that may still be written to its file system.", func() float64 { return float64(space(cache).Free) })
	m.gauge("disk_size_bytes", "Bytes of its file system.", func() float64 { return float64(space(cache).Total) })
}

// space is nothing when the disk does not say; adloom_disk_refusing and the log tell.
func space(cache *diskcache.Cache) diskcache.Space {
	s, _ := cache.Space()
	return s
}

func (m measures) results(results *resultcache.Cache) {
	m.counter("results_dropped_total", "Renders that were not kept, because too many were being written or one was too large.", func() uint64 { return results.Stats().Dropped })
	m.counter("results_broken_total", "Kept renders that were not whole, or another engine's.", func() uint64 { return results.Stats().Broken })
	m.counter("results_failed_total", "Kept renders that the disk would not take or give.", func() uint64 { return results.Stats().Failed })
}
