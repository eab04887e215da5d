package fontfile

// store counts an item variation store.
func (m *meter) store(d data) {
	regions := d.from(d.u32(2))
	m.spend(1 + regions.u16(2)*(1+regions.u16(0)))
	m.each(d, 6, 4, func(e data) {
		sub := d.from(e.u32(0))
		m.spend(1 + sub.u16(4) + sub.u16(0)*(1+sub.u16(4)))
	})
}

// deltaMap counts a map from glyphs to a store's items.
func (m *meter) deltaMap(d data) {
	n := d.u16(2)
	if len(d) > 0 && d[0] == 1 {
		n = d.u32(2)
	}
	m.spend(min(n, len(d)))
}

// variations counts HVAR, VVAR or MVAR. It is false for a table that speaks of other
// axes than the font has, or of regions that it has not: the parser takes such a table
// and fails when it draws.
func (m *meter) variations(tag string, d data, axes int) bool {
	at := d.u32(4)
	if tag == "MVAR" {
		at = d.u16(10)
	} else {
		for offset := 8; offset < 24; offset += 4 {
			if to := d.u32(offset); to != 0 && (tag == "VVAR" || offset < 20) {
				m.deltaMap(d.from(to))
			}
		}
	}
	store := d.from(at)
	m.store(store)
	return sound(store, axes)
}

// sound tells whether all that a store refers to is there.
func sound(store data, axes int) bool {
	regions := store.from(store.u32(2))
	if regions.u16(0) != axes {
		return false
	}
	for i := range min(store.u16(6), max(0, len(store)-8)/4) {
		sub := store.from(store.u32(8 + 4*i))
		for j := range min(sub.u16(4), max(0, len(sub)-6)/2) {
			if sub.u16(6+2*j) >= regions.u16(2) {
				return false
			}
		}
	}
	return true
}
