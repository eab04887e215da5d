package bidi

import (
	"slices"

	ucd "golang.org/x/text/unicode/bidi"
)

// Line returns the levels of one line of the paragraph that was resolved last, the runes from start to end, in the space
// of buf. By rule L1 separators, and white space before these and at the end of the line, have the paragraph's level.
func (p *Paragraph) Line(start, end int, buf []Level) []Level {
	const white = 1<<ucd.WS | isolating | removed
	levels := append(buf[:0], p.levels[start:end]...)
	trailing := true
	for i, c := range slices.Backward(p.classes[start:end]) {
		separator := c == ucd.S || c == ucd.B
		trailing = separator || trailing && white.has(c)
		if trailing {
			levels[i] = p.own
		}
	}
	return levels
}

// Run is a piece of a line, the runes from Start to End, which all run one way.
type Run struct {
	Start, End int
	Level      Level
}

// Runs cuts a line where its levels change and returns the pieces in the order in which they stand, from left to right
// (L2), in the space of buf. Within a piece of odd level the last rune is the leftmost. Runes are counted from offset,
// that of the line in its paragraph.
func Runs(levels []Level, offset int, buf []Run) []Run {
	runs := buf[:0]
	for start := 0; start < len(levels); {
		level, end := levels[start], start+1
		for end < len(levels) && levels[end] == level {
			end++
		}
		runs = append(runs, Run{offset + start, offset + end, level})
		start = end
	}
	Order(runs)
	return runs
}

// Order puts the pieces of a line, which stand in the order of the text, in that in which they are seen, from left to
// right (L2). It goes over the pieces once for each level, of which a paragraph has at most 127.
func Order(runs []Run) {
	highest, lowest := Level(0), Level(255) // the lowest odd one, or an odd one at which reversals cancel out
	for _, run := range runs {
		highest, lowest = max(highest, run.Level), min(lowest, run.Level|1)
	}
	for level := highest; level >= lowest; level-- {
		reverseFrom(runs, level)
	}
}

// reverseFrom reverses each stretch of runs of a level or higher ones.
func reverseFrom(runs []Run, level Level) {
	for start := 0; start < len(runs); start++ {
		end := start
		for end < len(runs) && runs[end].Level >= level {
			end++
		}
		slices.Reverse(runs[start:end])
		start = end
	}
}
