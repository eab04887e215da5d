package colorglyph

import (
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// variation tells how much the values of a COLR table differ at a face's coordinates.
type variation struct {
	store  *tables.ItemVarStore // nil: nothing varies
	index  *tables.DeltaSetMapping
	coords []tables.Coord
}

func variationOf(face *font.Face) variation {
	return variation{face.COLR.ItemVariationStore, face.COLR.VarIndexMap, face.Coords()}
}

// deltas tells how much the values of one paint differ, in the units in which they are stored.
type deltas func(i uint32) float64

func still(uint32) float64 { return 0 }

// at is the deltas from an index on.
func (v variation) at(base uint32) deltas {
	const none = 0xFFFFFFFF
	if v.store == nil || len(v.coords) == 0 || base == none {
		return still
	}
	return func(i uint32) float64 { return v.delta(base + i) }
}

// delta looks up what go-text has unpacked. Its own way to do so believes all that the font says.
func (v variation) delta(at uint32) float64 {
	place := tables.VariationStoreIndex{DeltaSetOuter: uint16(at >> 16), DeltaSetInner: uint16(at)}
	if v.index != nil && len(v.index.Map) > 0 {
		place = v.index.Map[min(uint64(at), uint64(len(v.index.Map)-1))]
	}
	if int(place.DeltaSetOuter) >= len(v.store.ItemVariationDatas) {
		return 0
	}
	data := &v.store.ItemVariationDatas[place.DeltaSetOuter]
	if int(place.DeltaSetInner) >= len(data.DeltaSets) {
		return 0
	}
	regions := v.store.VariationRegionList.VariationRegions
	sum := 0.0
	for i, d := range data.DeltaSets[place.DeltaSetInner] {
		if i < len(data.RegionIndexes) && int(data.RegionIndexes[i]) < len(regions) {
			sum += float64(float64(d) * v.share(regions[data.RegionIndexes[i]].RegionAxes))
		}
	}
	return sum
}

// share is how much of a region's delta counts, from 0 to 1.
func (v variation) share(axes []tables.RegionAxisCoordinates) float64 {
	share := 1.0
	for i, a := range axes {
		at := tables.Coord(0)
		if i < len(v.coords) {
			at = v.coords[i]
		}
		switch {
		case a.PeakCoord == 0 || at == a.PeakCoord:
		case a.StartCoord > a.PeakCoord || a.PeakCoord > a.EndCoord || a.StartCoord < 0 && a.EndCoord > 0:
		case at <= a.StartCoord || at >= a.EndCoord:
			return 0
		case at < a.PeakCoord:
			share *= (float64(at) - float64(a.StartCoord)) / (float64(a.PeakCoord) - float64(a.StartCoord))
		default:
			share *= (float64(a.EndCoord) - float64(at)) / (float64(a.EndCoord) - float64(a.PeakCoord))
		}
	}
	return share
}

// f2dot14 is a number of 14 fractional bits, with its delta.
func f2dot14(v tables.Fixed214, delta float64) float64 { return (float64(v) + delta) / (1 << 14) }
