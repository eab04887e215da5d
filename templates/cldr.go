package templates

import (
	_ "embed"
	"strings"

	"golang.org/x/text/language"
)

// cldrText is how locales write numbers, money and dates, one line a locale.
//
//go:generate go run cldr_generate.go -core cldr-core -numbers cldr-numbers-full -dates cldr-dates-full
//go:embed cldr.tsv
var cldrText string

// conventions are how one locale writes numbers, money and dates (CLDR).
type conventions struct {
	zero            rune // its digits are this one and the nine after it
	number, money   separators
	minus           string
	minimumGrouping int               // digits before the first separator, so that 1234 can stay whole
	before, after   string            // what stands around the digits of money, with ¤ for the sign
	signs           map[string]string // of currencies; others are written by their code
	dateStyles      map[string]string // "short" and so on
	names           calendarNames
}

// separators are what stands between digits.
type separators struct {
	decimal, group string
	first, next    int // sizes of the groups, from the right: 3 and 2 in India
}

// calendarNames are names of months from January and of weekdays from Sunday. The
// names of months alone differ from those in a date where a language inflects.
type calendarNames struct {
	months, monthsShort, monthsAlone, monthsShortAlone []string
	weekdays, weekdaysShort, weekdaysAlone             []string
	era                                                string
}

// The columns of a line, as its file names them.
const (
	columnLocale = iota
	columnParent
	columnZero
	columnDecimal
	columnGroup
	columnMoneyDecimal
	columnMoneyGroup
	columnMinus
	columnMinimumGrouping
	columnNumber
	columnMoney
	columnSigns
	columnShort
	columnMedium
	columnLong
	columnFull
	columnMonthsShort
	columnMonths
	columnMonthsShortAlone
	columnMonthsAlone
	columnWeekdaysShort
	columnWeekdays
	columnWeekdaysAlone
	columnEra
	columns
)

// conventionsOf returns the conventions of a locale, those of English where CLDR
// does not cover its language well. A locale may ask for Western digits: ar-EG-u-nu-latn.
func conventionsOf(tag language.Tag) *conventions {
	c := &conventions{signs: map[string]string{}}
	var row [columns]string
	for key := cldrKey(tag); key != ""; {
		fields, ok := cldrFields(key)
		if !ok {
			key = withoutLast(key)
			continue
		}
		for i, field := range fields {
			if row[i] == "" {
				row[i] = field
			}
		}
		for sign := range strings.SplitSeq(fields[columnSigns], "|") {
			if code, sign, ok := strings.Cut(sign, "="); ok && c.signs[code] == "" {
				c.signs[code] = sign
			}
		}
		key = fields[columnParent]
	}
	c.fill(&row)
	return c
}

func (c *conventions) fill(row *[columns]string) {
	list := func(column int) []string { return strings.Split(row[column], "|") }
	c.zero = []rune(row[columnZero])[0]
	c.number = separatorsOf(row[columnNumber], row[columnDecimal], row[columnGroup])
	c.money = separatorsOf(row[columnMoney], row[columnMoneyDecimal], row[columnMoneyGroup])
	c.minus = row[columnMinus]
	c.minimumGrouping = int(row[columnMinimumGrouping][0] - '0')
	c.before, c.after = around(row[columnMoney])
	c.dateStyles = map[string]string{"short": row[columnShort], "medium": row[columnMedium], "long": row[columnLong], "full": row[columnFull]}
	c.names = calendarNames{
		months: list(columnMonths), monthsShort: list(columnMonthsShort),
		monthsAlone: list(columnMonthsAlone), monthsShortAlone: list(columnMonthsShortAlone),
		weekdays: list(columnWeekdays), weekdaysShort: list(columnWeekdaysShort), weekdaysAlone: list(columnWeekdaysAlone),
		era: row[columnEra],
	}
}

// cldrKey is the first name under which a locale may stand in CLDR.
func cldrKey(tag language.Tag) string {
	base, _ := tag.Base()
	script, _ := tag.Script() // where the tag has none, the one its readers use
	_, _, region := tag.Raw() // Arabic without a region is not that of Egypt
	suffix := ""
	if tag.TypeForKey("nu") == "latn" {
		suffix = "-u-nu-latn"
	}
	language, place := base.String(), "-"+region.String()
	for _, key := range []string{language + "-" + script.String() + place, language + place, language + "-" + script.String(), language} {
		if _, ok := cldrFields(key + suffix); ok {
			return key + suffix
		}
		if _, ok := cldrFields(key); ok {
			return key
		}
	}
	return "en"
}

func withoutLast(key string) string {
	return key[:max(0, strings.LastIndexByte(key, '-'))]
}

func cldrFields(key string) ([]string, bool) {
	_, rest, ok := strings.Cut(cldrText, "\n"+key+"\t")
	if !ok {
		return nil, false
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.Split(key+"\t"+line, "\t"), true
}

// separatorsOf reads the sizes of groups from a pattern such as #,##,##0.00.
func separatorsOf(pattern, decimal, group string) separators {
	s := separators{decimal: decimal, group: group, first: 3, next: 3}
	whole, _, _ := strings.Cut(pattern, ".")
	parts := strings.Split(whole, ",")
	if n := len(parts); n > 2 {
		s.next = len(parts[n-2])
	}
	return s
}

// around is what stands before and after the digits of a pattern.
func around(pattern string) (before, after string) {
	first, last := strings.IndexAny(pattern, "#0"), strings.LastIndexAny(pattern, "#0")
	return pattern[:first], pattern[last+1:]
}

// write groups the whole digits and appends the decimals, in the locale's digits.
// Digits are ASCII.
func (c *conventions) write(s separators, whole, decimals string) string {
	out := make([]byte, 0, 3*(len(whole)+len(decimals)))
	grouped := len(whole) >= s.first+c.minimumGrouping
	for i := range len(whole) {
		if left := len(whole) - i; grouped && i > 0 && (left == s.first || left > s.first && (left-s.first)%s.next == 0) {
			out = append(out, s.group...)
		}
		out = c.appendDigit(out, whole[i])
	}
	if decimals != "" {
		out = append(out, s.decimal...)
		for i := range len(decimals) {
			out = c.appendDigit(out, decimals[i])
		}
	}
	return string(out)
}

func (c *conventions) appendDigit(out []byte, digit byte) []byte {
	if c.zero == '0' {
		return append(out, digit)
	}
	return append(out, string(c.zero+rune(digit-'0'))...)
}

// digits writes a text's ASCII digits as the locale's.
func (c *conventions) digits(s string) string {
	if c.zero == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return c.zero + r - '0'
		}
		return r
	}, s)
}
