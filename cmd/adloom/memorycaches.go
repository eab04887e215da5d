package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/renderer"
)

// memoryCaches lists what is kept in memory between renders.
func memoryCaches(engine *renderer.Engine, budgets renderer.Budgets, a *api.API) []ops.CacheState {
	used, designs := engine.Cached(), a.Designs()
	return []ops.CacheState{
		{Name: "photos", Bytes: used.Photos, Limit: budgets.Photos},
		{Name: "text", Bytes: used.Text, Limit: budgets.Text},
		{Name: "masks", Bytes: used.Masks, Limit: budgets.Masks},
		{Name: "plans", Bytes: used.Plans, Limit: budgets.Plans},
		{Name: "idle", Bytes: used.Idle, Limit: budgets.Idle},
		{Name: "designs", Bytes: designs.Bytes, Limit: designs.Limit},
	}
}

func (m measures) memory(caches func() []ops.CacheState, a *api.API) {
	for i, cache := range caches() {
		m := m.labelled("cache", cache.Name)
		m.gauge("memory_cache_bytes", "Bytes that a cache in memory holds.", func() float64 { return float64(caches()[i].Bytes) })
		m.gauge("memory_cache_limit_bytes", "Bytes that it may hold.", func() float64 { return float64(cache.Limit) })
	}
	const designs = "Templates asked for, by outcome: hit (ready in memory), compiled, failed (has mistakes)."
	m.labelled("outcome", "hit").counter("designs_total", designs, func() uint64 { return a.Designs().Hits })
	m.labelled("outcome", "compiled").counter("designs_total", designs, func() uint64 { return a.Designs().Compiled })
	m.labelled("outcome", "failed").counter("designs_total", designs, func() uint64 { return a.Designs().Failed })
	m.flag("draining", "1 while the node drains, as it was told to.", a.Draining)
}

// codecs lists what decodes and encodes.
func (f engineFlags) codecList() []ops.Codec {
	jpeg, webp := ops.Codec{Format: "jpeg", Library: "go", Version: version()}, ops.Codec{Format: "webp", Library: "go", Version: version()}
	if f.Codecs != "go" {
		if library, err := turbojpeg.Load(); err == nil {
			jpeg.Library, jpeg.Version = "libjpeg-turbo", library.Version()
		}
		if library, err := libwebp.Load(); err == nil {
			webp.Library, webp.Version = "libwebp", library.Version()
		}
	}
	return []ops.Codec{jpeg, webp, {Format: "png", Library: "go", Version: version()}}
}

func (m measures) facts(codecs []ops.Codec, goVersion string) {
	for _, c := range codecs {
		m.fact("codec_info", "What decodes and encodes a format.", prometheus.Labels{"format": c.Format, "library": c.Library, "version": c.Version})
	}
	m.fact("build_info", "This binary.", prometheus.Labels{"version": version(), "goversion": goVersion})
}
