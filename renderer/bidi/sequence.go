package bidi

import ucd "golang.org/x/text/unicode/bidi"

// levelRun is a stretch of kept runes of one level (BD7).
type levelRun struct {
	start, end int // in kept
	level      Level
	first      bool // of its sequence
	next       int  // the run that continues its sequence, or none
}

// cutRuns cuts the kept runes into level runs and links these to isolating run sequences (BD13). A paragraph separator
// is a run by itself: what it parts does not know of each other.
func (p *Paragraph) cutRuns() {
	p.runs, p.stack = p.runs[:0], p.stack[:0]
	for start := 0; start < len(p.kept); {
		end := p.endOfRun(start)
		run := levelRun{start: start, end: end, level: p.levels[p.kept[start]], first: true, next: none}
		number := len(p.runs)
		if i, open := p.kept[start], len(p.stack)-1; p.classes[i] == ucd.PDI && p.partners[i] != none && open >= 0 {
			p.runs[p.stack[open]].next = number
			p.stack = p.stack[:open]
			run.first = false
		}
		p.runs = append(p.runs, run)
		if i := p.kept[end-1]; initiators.has(p.classes[i]) && p.paired(i) {
			p.stack = append(p.stack, int32(number))
		}
		start = end
	}
}

func (p *Paragraph) endOfRun(start int) int {
	level, end := p.levels[p.kept[start]], start+1
	if p.classes[p.kept[start]] == ucd.B {
		return end
	}
	for end < len(p.kept) && p.levels[p.kept[end]] == level && p.classes[p.kept[end]] != ucd.B {
		end++
	}
	return end
}

// sequence is an isolating run sequence, which the rules from W1 on see as one text.
type sequence struct {
	level    Level
	sos, eos ucd.Class
	runes    []int32     // in the paragraph
	types    []ucd.Class // of these, as far as they are resolved

	pairs   []pair
	openers [maxOpeners]int // the pairs that wait
}

// gather collects the sequence that begins with a run, and what lies about it (X10).
func (p *Paragraph) gather(number int) {
	s := &p.seq
	s.runes, s.types = s.runes[:0], s.types[:0]
	s.level = p.runs[number].level
	before, after := p.own, p.own
	if number > 0 {
		before = p.runs[number-1].level
	}
	last := number
	for n := number; n != none; n = p.runs[n].next {
		run := p.runs[n]
		s.runes = append(s.runes, p.kept[run.start:run.end]...)
		s.types = append(s.types, p.types[run.start:run.end]...)
		last = n
	}
	const final = initiators | 1<<ucd.B // an isolate without a PDI lasts as long as the paragraph
	if last+1 < len(p.runs) && !final.has(p.classes[s.runes[len(s.runes)-1]]) {
		after = p.runs[last+1].level
	}
	s.sos, s.eos = max(s.level, before).direction(), max(s.level, after).direction()
}

// resolve finds the levels of the sequence's runes.
func (s *sequence) resolve(p *Paragraph) {
	s.weak()
	s.pairBrackets(p.brackets)
	s.resolveBrackets(p.classes)
	s.neutral()
	for i, t := range s.types {
		p.levels[s.runes[i]] = s.implicit(t)
	}
}

// implicit is the level of a character of a class (I1, I2).
func (s *sequence) implicit(t ucd.Class) Level {
	switch {
	case s.level.direction() == t:
		return s.level
	case !s.level.RightToLeft() && t != ucd.R: // a number
		return s.level + 2
	}
	return s.level + 1
}
