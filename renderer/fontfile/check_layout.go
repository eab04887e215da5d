package fontfile

// What the kinds of lookups mean differs between the two tables of layout.
type layoutKind int

const (
	substitutions layoutKind = iota
	positions
)

// each walks an array of which the number of elements comes first.
func (m *meter) each(d data, at, size int, visit func(element data)) {
	n := min(d.u16(at), max(0, len(d)-at-2)/size)
	if !m.spend(1 + n) {
		return
	}
	for i := range n {
		if m.left < 0 {
			return
		}
		visit(d.from(at + 2 + size*i))
	}
}

// offsets walks an array of offsets from the start of d.
func (m *meter) offsets(d data, at int, visit func(data)) {
	m.each(d, at, 2, func(e data) { visit(d.from(e.u16(0))) })
}

// list counts an array of numbers behind an offset, such as a coverage, and is nothing
// more.
func (m *meter) list(d data, offset, count int) {
	if to := d.u16(offset); to != 0 {
		m.spend(1 + d.u16(to+count))
	}
}

func (m *meter) coverage(d data, offset int) { m.list(d, offset, 2) }

// classes counts a class definition, whose two formats have their counts apart.
func (m *meter) classes(d data, offset int) {
	to := d.u16(offset)
	if to == 0 {
		return
	}
	count := 2
	if d.u16(to) == 1 {
		count = 4
	}
	m.spend(1 + d.u16(to+count))
}

// layout counts GSUB or GPOS.
func (m *meter) layout(d data, kind layoutKind) error {
	scripts := d.from(d.u16(4))
	m.each(scripts, 0, 6, func(e data) {
		script := scripts.from(e.u16(4))
		language := func(l data) { m.spend(1 + l.u16(4)) }
		language(script.from(script.u16(0)))
		m.each(script, 2, 6, func(e data) { language(script.from(e.u16(4))) })
	})
	features := d.from(d.u16(6))
	m.each(features, 0, 6, func(e data) { m.spend(1 + features.from(e.u16(4)).u16(2)) })
	m.offsets(d.from(d.u16(8)), 0, func(lookup data) {
		m.offsets(lookup, 4, func(sub data) { m.lookup(sub, kind, lookup.u16(0)) })
	})
	if d.u16(2) == 1 && d.u32(10) != 0 {
		m.featureVariations(d.from(d.u32(10)))
	}
	return nil
}

func (m *meter) featureVariations(d data) {
	for i := range min(d.u32(4), max(0, len(d)-8)/8) {
		if !m.spend(1) {
			return
		}
		conditions := d.from(d.u32(8 + 8*i))
		m.each(conditions, 0, 4, func(data) {})
		replaced := d.from(d.u32(12 + 8*i))
		m.each(replaced, 4, 6, func(e data) { m.spend(1 + replaced.from(e.u32(2)).u16(2)) })
	}
}

// lookup counts one subtable.
func (m *meter) lookup(d data, kind layoutKind, number int) {
	const (
		extendSubstitution = 7
		extendPosition     = 9
	)
	extension := extendSubstitution
	if kind == positions {
		extension = extendPosition
	}
	if number == extension {
		number, d = d.u16(2), d.from(d.u32(4))
		if number == extension {
			return
		}
	}
	if d.u16(0) != 3 { // the third format has arrays of them
		m.coverage(d, 2)
	}
	if kind == positions {
		m.position(d, number)
	} else {
		m.substitution(d, number)
	}
}

func (m *meter) substitution(d data, number int) {
	switch number {
	case 1:
		if d.u16(0) == 2 {
			m.spend(d.u16(4))
		}
	case 2, 3: // several for one, one of several
		m.offsets(d, 4, func(list data) { m.spend(1 + list.u16(0)) })
	case 4: // ligatures
		m.offsets(d, 4, func(set data) {
			m.offsets(set, 0, func(ligature data) { m.spend(1 + ligature.u16(2)) })
		})
	case 5:
		m.context(d)
	case 6:
		m.chain(d)
	case 8: // one, from the end
		before := d.u16(4)
		m.coverages(d, 4)
		behind := d.u16(6 + 2*before)
		m.coverages(d, 6+2*before)
		m.spend(d.u16(8 + 2*before + 2*behind))
	}
}

func (m *meter) position(d data, number int) {
	switch number {
	case 1:
		if d.u16(0) == 2 {
			m.spend(d.u16(6))
		}
	case 2: // pairs
		if d.u16(0) == 1 {
			m.offsets(d, 8, func(data) { m.spend(1) })
		} else {
			m.classes(d, 8)
			m.classes(d, 10)
		}
	case 3: // where letters join
		m.each(d, 4, 4, func(data) { m.spend(2) })
	case 4, 5, 6: // marks on bases, ligatures and marks
		m.coverage(d, 4)
		m.each(d.from(d.u16(8)), 0, 4, func(data) { m.spend(1) })
		classes, carriers := d.u16(6), d.from(d.u16(10))
		if number == 5 {
			m.offsets(carriers, 0, func(ligature data) { m.spend(1 + ligature.u16(0)*(1+classes)) })
		} else {
			m.spend(1 + carriers.u16(0)*(1+classes))
		}
	case 7:
		m.context(d)
	case 8:
		m.chain(d)
	}
}

// context counts a rule that looks at its own glyphs.
func (m *meter) context(d data) {
	rules := func(at int) {
		m.offsets(d, at, func(set data) {
			m.offsets(set, 0, func(rule data) { m.spend(1 + rule.u16(0) + rule.u16(2)) })
		})
	}
	switch d.u16(0) {
	case 1:
		rules(4)
	case 2:
		m.classes(d, 4)
		rules(6)
	case 3:
		glyphs := d.u16(2)
		m.spend(1 + glyphs + d.u16(4))
		for i := range min(glyphs, len(d)/2) {
			m.coverage(d, 6+2*i)
		}
	}
}

// chain counts a rule that looks at what stands before and behind, too.
func (m *meter) chain(d data) {
	rules := func(at int) {
		m.offsets(d, at, func(set data) {
			m.offsets(set, 0, func(rule data) {
				for i := range 4 {
					n := rule.u16(0)
					m.spend(1 + n)
					if i == 1 && n > 0 { // the first glyph is the coverage's
						n--
					}
					if i == 3 {
						return
					}
					rule = rule.from(2 + 2*n)
				}
			})
		})
	}
	switch d.u16(0) {
	case 1:
		rules(4)
	case 2:
		m.classes(d, 4)
		m.classes(d, 6)
		m.classes(d, 8)
		rules(10)
	case 3:
		at := 2
		for range 3 {
			n := d.u16(at)
			m.coverages(d, at)
			at += 2 + 2*n
		}
		m.spend(d.u16(at))
	}
}

// coverages counts an array of offsets to coverages.
func (m *meter) coverages(d data, at int) {
	m.offsets(d, at, func(c data) { m.spend(1 + c.u16(2)) })
}

// definitions counts GDEF.
func (m *meter) definitions(d data) error {
	m.classes(d, 4)
	if to := d.u16(6); to != 0 {
		attach := d.from(to)
		m.coverage(attach, 0)
		m.offsets(attach, 2, func(points data) { m.spend(1 + points.u16(0)) })
	}
	if to := d.u16(8); to != 0 {
		carets := d.from(to)
		m.coverage(carets, 0)
		m.offsets(carets, 2, func(ligature data) { m.offsets(ligature, 0, func(data) { m.spend(1) }) })
	}
	m.classes(d, 10)
	if d.u16(2) >= 2 && d.u16(12) != 0 {
		sets := d.from(d.u16(12))
		m.each(sets, 2, 4, func(e data) { m.spend(1 + sets.from(e.u32(0)).u16(2)) })
	}
	if d.u16(2) >= 3 && d.u32(14) != 0 {
		m.store(d.from(d.u32(14)))
	}
	return nil
}
