package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/throttle"
)

// registerStats exports what the parts count. The parts know nothing of Prometheus.
func registerStats(r prometheus.Registerer, photos *fetcher.Fetcher, cache *diskcache.Cache, limiter *throttle.Limiter, gate *throttle.Gate) {
	counter := func(name, help string, value func() uint64) {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "adloom_" + name, Help: help}, func() float64 { return float64(value()) }))
	}
	gauge := func(name, help string, value func() float64) {
		r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "adloom_" + name, Help: help}, value))
	}
	counter("photo_fetches_total", "Photos asked for.", func() uint64 { return photos.Stats().Fetches })
	counter("photo_joined_total", "Photos that shared a download under way.", func() uint64 { return photos.Stats().Joined })
	counter("photo_hits_total", "Photos answered from the disk cache.", func() uint64 { return photos.Stats().Hits })
	counter("photo_stale_total", "Photos answered with an old copy because the shop was in trouble.", func() uint64 { return photos.Stats().Stale })
	counter("photo_doubted_total", "Cached photos that could not be decoded and will be downloaded again.", func() uint64 { return photos.Stats().Doubted })
	counter("photo_downloads_total", "Requests to shops.", func() uint64 { return photos.Stats().Downloads })
	counter("photo_download_bytes_total", "Bytes received from shops.", func() uint64 { return photos.Stats().Bytes })
	counter("photo_cache_errors_total", "Reads and writes of the disk cache that failed.", func() uint64 { return photos.Stats().CacheErrors })
	gauge("photo_downloads_running", "Downloads under way.", func() float64 { return float64(photos.Stats().InFlight) })
	for _, reason := range fetcher.Reasons() {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "adloom_photo_errors_total", Help: "Photos that could not be had, by reason.",
			ConstLabels: prometheus.Labels{"reason": string(reason)},
		}, func() float64 { return float64(photos.Stats().Errors[reason]) }))
	}
	registerCacheStats(counter, gauge, cache)

	counter("leases_granted_total", "Leases given out.", func() uint64 { return limiter.Stats().Granted })
	counter("leases_refused_total", "Requests that got no lease.", func() uint64 { return limiter.Stats().Refused })
	counter("leases_failed_open_total", "Leases given out without an answer from Redis.", func() uint64 { return limiter.Stats().FailedOpen })
	gauge("leases_held", "Leases out now, of this process.", func() float64 { return float64(limiter.Stats().Held) })
	gauge("leases_waiting", "Requests that wait for a lease.", func() float64 { return float64(limiter.Stats().Waiting) })
	gauge("gate_inside", "Requests in this process.", func() float64 { return float64(gate.Stats().Inside) })
	gauge("gate_running", "Renders with a CPU slot.", func() float64 { return float64(gate.Stats().Running) })
	gauge("gate_waiting", "Renders that wait for a CPU slot.", func() float64 { return float64(gate.Stats().Waiting) })
	gauge("gate_oldest_seconds", "How long the first of them has waited.", func() float64 { return gate.Stats().OldestAge.Seconds() })
	gauge("gate_reserved_bytes", "Memory reserved by running renders.", func() float64 { return float64(gate.Stats().Bytes) })
	counter("gate_refused_total", "Requests refused before they could wait.", func() uint64 {
		refused := gate.Stats().Refused
		return refused.NodeFull + refused.CustomerConcurrency
	})
}

// registerCacheStats exports what the disk cache counts.
func registerCacheStats(counter func(name, help string, value func() uint64), gauge func(name, help string, value func() float64), cache *diskcache.Cache) {
	counter("cache_hits_total", "Files found in the disk cache.", func() uint64 { return cache.Stats().Hits })
	counter("cache_misses_total", "Files not found in it.", func() uint64 { return cache.Stats().Misses })
	counter("cache_puts_total", "Files written to it.", func() uint64 { return cache.Stats().Puts })
	counter("cache_written_bytes_total", "Bytes written to it.", func() uint64 { return cache.Stats().BytesWritten })
	counter("cache_evicted_files_total", "Files evicted from it.", func() uint64 { return cache.Stats().EvictedFiles })
	counter("cache_evicted_bytes_total", "Bytes evicted from it.", func() uint64 { return cache.Stats().EvictedBytes })
	counter("cache_index_errors_total", "Calls of the index in Redis that failed.", func() uint64 { return cache.Stats().IndexErrors })
	counter("cache_write_errors_total", "Files that could not be written.", func() uint64 { return cache.Stats().WriteErrors })
	counter("cache_janitor_errors_total", "Sweeps and rebuilds of the index that failed.", func() uint64 { return cache.Stats().JanitorErrors })
	counter("cache_rebuilds_total", "Rebuilds of the index.", func() uint64 { return cache.Stats().Rebuilds })
	gauge("cache_files", "Files in the disk cache, as far as known.", func() float64 { return float64(cache.Stats().Files) })
	gauge("cache_bytes", "Bytes of the files in the disk cache, as far as known.", func() float64 { return float64(cache.Stats().Bytes) })
}
