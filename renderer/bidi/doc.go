// Package bidi orders text that runs both ways, by the Unicode Bidirectional Algorithm (UAX #9).
//
// Three steps lead from a text to what is drawn. [Paragraph.Resolve] gives each rune its embedding level, which does not
// depend on where lines break. [Paragraph.Line] settles the levels of one line, whose trailing space belongs to the
// paragraph's side. [Runs] puts the pieces of that line in the order in which they stand, from left to right. A text that
// is [Simple] needs none of this.
//
// Every step takes time in proportion to the text, whatever the text, and none allocates once its buffers have grown.
package bidi

import ucd "golang.org/x/text/unicode/bidi" // the properties of the Unicode Character Database

// Level is an embedding level: text runs left to right at even levels and right to left at odd ones.
type Level uint8

// maxDepth is the highest explicit level (BD2). I1 and I2 may go one beyond.
const maxDepth = 125

// RightToLeft reports whether text of the level runs right to left.
func (l Level) RightToLeft() bool { return l&1 != 0 }

// direction is the strong class of a level.
func (l Level) direction() ucd.Class {
	if l.RightToLeft() {
		return ucd.R
	}
	return ucd.L
}

// Direction is which way a paragraph runs.
type Direction uint8

// The directions of paragraphs.
const (
	Auto        Direction = iota // as the first strong character does (P2, P3), left to right without one
	LeftToRight                  // level 0
	RightToLeft                  // level 1
)

// Paragraph finds the levels of one paragraph after another. The zero value is ready. It keeps scratch space, as large as
// its longest paragraph needed, and belongs to one goroutine at a time.
type Paragraph struct {
	own    Level
	levels []Level // of each rune

	classes  []ucd.Class // of each rune, as Unicode has them
	brackets []rune      // of each rune that is a bracket: the one that closes it, negated where it is that itself; else 0
	partners []int32     // of an isolate initiator: its PDI, or where the paragraph ends; of a PDI: its initiator, or none
	stack    []int32     // isolates, or level runs, that wait for their PDI
	embedded embeddings

	kept  []int32     // the runes that X9 leaves
	types []ucd.Class // the class of each of these, after overrides
	runs  []levelRun
	seq   sequence
}

// none stands for an index.
const none = -1

// Resolve gives each rune of one paragraph its level, by the rules P2 to I2, and returns the level of the paragraph too.
// Runes that X9 takes out, which show nothing, get the level of the rune before. Rule L1 is left to [Paragraph.Line]. A
// paragraph separator ends whatever is open at it, so that a text of several paragraphs has the levels of each, all with
// the level of the first. The levels are valid until the next call.
func (p *Paragraph) Resolve(text []rune, base Direction) (levels []Level, own Level) {
	p.classify(text)
	switch base {
	case LeftToRight:
		p.own = 0
	case RightToLeft:
		p.own = 1
	default:
		p.own = p.firstStrong(0, len(text))
	}
	p.embed()
	p.cutRuns()
	for i := range p.runs {
		if p.runs[i].first {
			p.gather(i)
			p.seq.resolve(p)
		}
	}
	before := p.own
	for i, c := range p.classes {
		if removed.has(c) {
			p.levels[i] = before
		}
		before = p.levels[i]
	}
	return p.levels, p.own
}
