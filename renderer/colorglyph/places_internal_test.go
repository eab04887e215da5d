package colorglyph

import (
	"math"
	"testing"

	"github.com/go-text/typesetting/font/opentype/tables"
)

func TestTurns(t *testing.T) {
	t.Parallel()
	for i := range 10_000 {
		angle := float64(i) / 10_000
		x, y := math.Cos(2*math.Pi*angle), math.Sin(2*math.Pi*angle)
		if got := turns(x, y); math.Abs(got-angle) > 1e-14 && math.Abs(got-angle) < 1-1e-14 {
			t.Fatalf("of %v, %v: got %v; want %v", x, y, got, angle)
		}
	}
	for _, f := range []struct{ x, y, want float64 }{{1, 0, 0}, {0, 1, 0.25}, {-1, 0, 0.5}, {0, -1, 0.75}, {0, 0, 0}, {1, -1e-300, 0}} {
		if got := turns(f.x, f.y); got != f.want {
			t.Errorf("of %v, %v: got %v; want %v", f.x, f.y, got, f.want)
		}
	}
}

// TestDeltas compares with go-text, which may be asked for what a font has.
func TestDeltas(t *testing.T) {
	t.Parallel()
	axis := func(start, peak, end tables.Coord) tables.RegionAxisCoordinates {
		return tables.RegionAxisCoordinates{StartCoord: start, PeakCoord: peak, EndCoord: end}
	}
	const one = 1 << 14
	store := &tables.ItemVarStore{
		VariationRegionList: tables.VariationRegionList{VariationRegions: []tables.VariationRegion{
			{RegionAxes: []tables.RegionAxisCoordinates{axis(0, one, one), axis(0, 0, 0)}},
			{RegionAxes: []tables.RegionAxisCoordinates{axis(-one, -one, 0), axis(0, one/2, one)}},
		}},
		ItemVariationDatas: []tables.ItemVariationData{
			{RegionIndexes: []uint16{0, 1}, DeltaSets: [][]int16{{100, -7}, {3, 5}}},
			{RegionIndexes: []uint16{7}, DeltaSets: [][]int16{{100, 100, 100}}}, // a region that there is not
		},
	}
	for _, coords := range [][]tables.Coord{{0, 0}, {one, 0}, {one / 2, one / 4}, {-one / 4, one / 4}, {-one, one / 2}, {-one, one}} {
		v := variation{store: store, coords: coords}
		for inner := range uint32(3) {
			want := float64(store.GetDelta(tables.VariationStoreIndex{DeltaSetInner: uint16(inner)}, coords))
			if got := v.at(0)(inner); math.Abs(got-want) > 1e-4 {
				t.Errorf("delta %d at %v: got %v; want %v", inner, coords, got, want)
			}
		}
	}
	f := func(v variation, base uint32, want float64) {
		t.Helper()
		if got := v.at(base)(0); got != want {
			t.Errorf("at %#x: got %v; want %v", base, got, want)
		}
	}
	v := variation{store: store, coords: []tables.Coord{one}} // one axis is at its default
	f(v, 0, 100)
	f(v, 1<<16, 0)
	f(v, 2<<16, 0)
	f(v, 0xFFFFFFFF, 0)
	f(variation{store: store}, 0, 0)
	v.index = &tables.DeltaSetMapping{Map: []tables.VariationStoreIndex{{DeltaSetInner: 1}, {DeltaSetInner: 0}}}
	f(v, 0, 3)
	f(v, 0xFFFF, 100) // the last one
}
