//go:build linux && !race

package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
)

// The race detector takes memory of its own and empties pools at random: these tests
// run without it.

// A render whose photo is in memory leaves little behind for the garbage collector.
func TestWarmRenderIsFrugal(t *testing.T) {
	if machineCodecs().JPEG == nil {
		t.Skip("without libjpeg-turbo the encoder of Go allocates as it likes")
	}
	engine := benchEngine(true)
	for _, name := range examples.Names() {
		ad := benchAd(t, engine, name, 0)
		var picture []byte
		render := func() {
			var err error
			if picture, err = ad.render(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for range 5 {
			render()
		}
		const runs = 20
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range runs {
			render()
		}
		runtime.ReadMemStats(&after)
		bytes := (after.TotalAlloc-before.TotalAlloc)/runs - uint64(len(picture))
		objects := (after.Mallocs - before.Mallocs) / runs
		t.Logf("%s: %d bytes, %d objects", name, bytes, objects)
		if bytes > 64<<10 || objects > 300 {
			t.Errorf("%s: %d bytes and %d objects of garbage a render; want at most 64 KiB, 300", name, bytes, objects)
		}
	}
}

// Memory does not grow with the number of renders. ADLOOM_RENDERS asks for more of
// them than a quick test has time for.
func TestMemoryStaysFlat(t *testing.T) {
	renders, settle := 500, debug.FreeOSMemory // a short run ends before the collector is in its stride
	if n, err := strconv.Atoi(os.Getenv("ADLOOM_RENDERS")); err == nil {
		renders, settle = n, func() {}
	}
	// Less than the photos take, so that old ones make room for new ones all the time.
	engine := engineFlags{Codecs: "native"}.engine(imageinfo.DefaultLimits(), renderer.Budgets{Photos: 32 << 20, Text: 4 << 20, Masks: 4 << 20, Idle: 64 << 20})
	var ads []*bench
	for _, name := range examples.Names() {
		for product := range demoshop.Products() {
			ads = append(ads, benchAd(t, engine, name, product))
		}
	}
	var early int64
	warm := max(renders/10, 2*len(ads))
	for i := range renders {
		if _, err := ads[i%len(ads)].render(t.Context()); err != nil {
			t.Fatal(err)
		}
		if i == warm {
			settle()
			early = resident(t)
		}
	}
	settle()
	late := resident(t)
	t.Logf("%d renders: %d MiB resident, %d MiB after %d", renders, late>>20, early>>20, warm)
	if float64(late) > 1.1*float64(early)+8<<20 {
		t.Errorf("%d MiB resident after %d renders, %d MiB after %d", late>>20, renders, early>>20, warm)
	}
}

// resident is the memory of this process in bytes.
func resident(t *testing.T) int64 {
	t.Helper()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	var all, pages int64
	if _, err := fmt.Sscan(string(statm), &all, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}
