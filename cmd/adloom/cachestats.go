package main

import "github.com/adloom/adloom/diskcache"

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
