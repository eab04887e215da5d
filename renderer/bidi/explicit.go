package bidi

import ucd "golang.org/x/text/unicode/bidi"

// embedding is an entry of the directional status stack (X1).
type embedding struct {
	level    Level
	override ucd.Class // ON where there is none
	isolate  bool
}

// embeddings is the directional status stack, with the counters of what has no place in it.
type embeddings struct {
	entries            [maxDepth + 2]embedding
	depth              int
	isolates           int // in the stack
	overflowIsolates   int
	overflowEmbeddings int
}

func (e *embeddings) reset(own Level) {
	e.entries[0] = embedding{level: own, override: ucd.ON}
	e.depth, e.isolates, e.overflowIsolates, e.overflowEmbeddings = 1, 0, 0, 0
}

func (e *embeddings) top() embedding { return e.entries[e.depth-1] }

// next is the least level above the top's that runs in the direction, and whether it may be used.
func (e *embeddings) next(rightToLeft bool) (Level, bool) {
	level := e.top().level + 1
	if level.RightToLeft() != rightToLeft {
		level++
	}
	return level, level <= maxDepth && e.overflowIsolates == 0 && e.overflowEmbeddings == 0
}

// open begins an embedding or an override (X2 to X5).
func (e *embeddings) open(rightToLeft bool, override ucd.Class) {
	if level, ok := e.next(rightToLeft); ok {
		e.push(embedding{level: level, override: override})
	} else if e.overflowIsolates == 0 {
		e.overflowEmbeddings++
	}
}

// close ends an embedding or an override (X7), and nothing that an isolate holds.
func (e *embeddings) close() {
	switch {
	case e.overflowIsolates > 0:
	case e.overflowEmbeddings > 0:
		e.overflowEmbeddings--
	case !e.top().isolate && e.depth >= 2:
		e.depth--
	}
}

// openIsolate begins an isolate (X5a to X5c).
func (e *embeddings) openIsolate(rightToLeft bool) {
	if level, ok := e.next(rightToLeft); ok {
		e.isolates++
		e.push(embedding{level: level, override: ucd.ON, isolate: true})
	} else {
		e.overflowIsolates++
	}
}

// closeIsolate ends an isolate with all that it holds (X6a).
func (e *embeddings) closeIsolate() {
	switch {
	case e.overflowIsolates > 0:
		e.overflowIsolates--
	case e.isolates > 0:
		e.overflowEmbeddings = 0
		for !e.top().isolate {
			e.depth--
		}
		e.depth--
		e.isolates--
	}
}

func (e *embeddings) push(entry embedding) {
	e.entries[e.depth] = entry
	e.depth++
}

// embed finds explicit levels and applies overrides (X1 to X8), to the runes that X9 keeps.
func (p *Paragraph) embed() {
	e := &p.embedded
	e.reset(p.own)
	p.kept, p.types = p.kept[:0], p.types[:0]
	for i, c := range p.classes {
		switch c {
		case ucd.LRE:
			e.open(false, ucd.ON)
		case ucd.RLE:
			e.open(true, ucd.ON)
		case ucd.LRO:
			e.open(false, ucd.L)
		case ucd.RLO:
			e.open(true, ucd.R)
		case ucd.PDF:
			e.close()
		case ucd.BN:
		case ucd.LRI, ucd.RLI, ucd.FSI:
			p.keep(i, c) // it lies outside
			rightToLeft := c == ucd.RLI || c == ucd.FSI && p.firstStrong(i+1, int(p.partners[i])).RightToLeft()
			e.openIsolate(rightToLeft)
		case ucd.PDI:
			e.closeIsolate()
			p.keep(i, c) // it lies outside too
		case ucd.B:
			e.reset(p.own)
			p.keep(i, c)
		default:
			p.keep(i, c)
		}
	}
}

// keep gives a rune the level and the class that it has where it stands.
func (p *Paragraph) keep(i int, c ucd.Class) {
	top := p.embedded.top()
	p.levels[i] = top.level
	p.kept = append(p.kept, int32(i))
	if top.override != ucd.ON {
		c = top.override
	}
	p.types = append(p.types, c)
}
