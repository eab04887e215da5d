package linebreak

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// class is a line break class of UAX #14 after its rule LB1, of which some are split where rules look at another
// property too. The bit wide tells that the character is East Asian and wide.
type class uint8

const (
	al   class = iota // letters and whatever has no other class
	ak                // aksara
	ap                // aksara, prebase
	as                // aksara, start
	b2                // break on both sides
	ba                // break after
	bb                // break before
	bk                // mandatory break
	cb                // contingent break
	cj                // small kana
	cl                // closing punctuation
	cm                // combining mark
	cp                // closing parenthesis
	cr                // carriage return
	dc                // the dotted circle
	eb                // base of an emoji
	em                // modifier of an emoji
	epx               // ideograph, reserved for pictures
	alx               // letter, reserved for pictures
	ex                // exclamation and question marks
	gl                // glue
	h2                // Hangul syllable of two parts
	h3                // Hangul syllable of three parts
	hh                // hyphen that is nothing else
	hl                // Hebrew letter
	hy                // hyphen-minus
	id                // ideograph
	in                // inseparable
	is                // infix of a number
	jl                // Hangul, leading
	jt                // Hangul, trailing
	jv                // Hangul, vowel
	lf                // line feed
	nl                // next line
	ns                // does not start a line
	nu                // digit
	op                // opening punctuation
	po                // postfix of a number
	pr                // prefix of a number
	qu                // quotation mark
	quf               // quotation mark, final
	qui               // quotation mark, initial
	ri                // regional indicator
	sa                // letter of a script that needs words
	sam               // mark of a script that needs words
	sp                // space
	sy                // slash
	vf                // virama, final
	vi                // virama
	wj                // word joiner
	zj                // zero width joiner
	zw                // zero width space
	sot               // the start of the text
	eot               // the end of the text
	wave              // a character that no rule speaks of

	wide class = 1 << 6
)

// set is a set of classes.
type set uint64

func (s set) has(c class) bool { return s>>(c&^wide)&1 != 0 }

const names = "AL AK AP AS B2 BA BB BK CB CJ CL CM CP CR DC EB EM EPx ALx EX GL H2 H3 HH HL HY ID IN IS JL JT JV LF NL NS NU " +
	"OP PO PR QU QUf QUi RI SA SAm SP SY VF VI WJ ZJ ZW"

// classLines has a line for each place where the class changes. scripts/typography/classes.mjs writes them, from the
// Unicode Character Database 17.0.0.
//
//go:embed classes.txt
var classLines string

// page is the classes of 256 characters in a row.
type page [256]class

// classes are those of all characters. Most pages are alike, so that they are kept once.
type classes struct {
	pages  []page
	number [0x1100]uint8 // which page a row of characters has
}

func (c *classes) of(r rune) class {
	if uint32(r) >= 0x110000 {
		return al
	}
	return c.pages[c.number[r>>8]][r&0xff]
}

var readClasses = sync.OnceValue(func() *classes { return newClasses(classLines) })

func newClasses(list string) *classes {
	byName := map[string]class{}
	for i, name := range strings.Fields(names) {
		byName[name], byName[name+"w"] = class(i), class(i)|wide
	}
	c, known := &classes{}, map[page]uint8{}
	var current page
	at, now := 0, al
	fill := func(end int) {
		for ; at < end; at++ {
			current[at&0xff] = now
			if at&0xff != 0xff {
				continue
			}
			n, ok := known[current]
			if !ok {
				n = uint8(len(c.pages))
				known[current], c.pages = n, append(c.pages, current)
			}
			c.number[at>>8] = n
		}
	}
	for line := range strings.Lines(list) {
		start, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseUint(start, 16, 32)
		next, ok := byName[name]
		if err != nil || !ok {
			panic("linebreak: classes.txt: expected a character and its class; found " + line)
		}
		fill(int(n))
		now = next
	}
	fill(0x110000)
	return c
}
