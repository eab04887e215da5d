package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The forms of ISO 8601 that feeds use: a day, which may have a time, which may have a
// zone. They are those in which sale windows are read.
var (
	timeLayouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05"}
	zoneLayouts = []string{"", "Z07:00", "Z0700", "-07"}
)

// formatDate writes an ISO 8601 date or time in a style of the locale, "short",
// "medium", "long" or "full" as CLDR has it, or by a pattern of the parts that
// writeDate knows. The time is shown as it stands: a picture depends on no time zone.
func formatDate(s, pattern string, c *conventions) (string, error) {
	if s == "" {
		return "", nil
	}
	t, err := parseDate(s)
	if err != nil {
		return "", err
	}
	if style, ok := c.dateStyles[pattern]; ok {
		return c.writeStyle(t, style), nil
	}
	return c.writeDate(t, pattern), nil
}

func parseDate(s string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, s)
	for _, layout := range timeLayouts {
		for _, zone := range zoneLayouts {
			if err != nil {
				t, err = time.Parse(layout+zone, s)
			}
		}
	}
	if err == nil && t.Year() > 0 {
		return t, nil
	}
	expected := "an ISO 8601 date such as 2026-11-27"
	if strings.Contains(s, "/") {
		expected += "; of two dates with a / between them, dateStart or dateEnd"
	}
	return time.Time{}, fmt.Errorf("expected %s; found %q", expected, shorten(s))
}

// dateStart and dateEnd are the ends of a range of dates, such as a feed's
// sale_price_effective_date: "2026-11-24T11:07+0100/2026-11-29T23:07+0100".
func dateStart(s string) string {
	start, _, _ := strings.Cut(s, "/")
	return strings.TrimSpace(start)
}

func dateEnd(s string) string {
	_, end, found := strings.Cut(s, "/")
	if !found {
		end = s
	}
	return strings.TrimSpace(end)
}

// dateParts are what a template's own pattern may have: fewer than CLDR's, since a y
// or an E may well be a word.
var dateParts = []string{"yyyy", "yy", "MMMM", "MMM", "MM", "M", "LLLL", "LLL", "dd", "d", "EEEE", "EEE", "HH", "mm"}

// writeDate replaces the parts of a pattern that stand alone; a Latin letter beside
// them, as in a word, leaves them as they are.
func (c *conventions) writeDate(t time.Time, pattern string) string {
	var out strings.Builder
	for rest := pattern; rest != ""; {
		word := len(rest) - len(strings.TrimLeftFunc(rest, isLatin))
		if word == 0 {
			_, size := utf8.DecodeRuneInString(rest)
			out.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		text := rest[:word]
		if slices.Contains(dateParts, text) {
			text, _ = c.datePart(t, text)
		}
		out.WriteString(text)
		rest = rest[word:]
	}
	return out.String()
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

// writeStyle writes a date by a pattern of CLDR: every run of one Latin letter is a
// part, and what stands in ' is not (UTS #35, part 4, Date Format Patterns).
func (c *conventions) writeStyle(t time.Time, pattern string) string {
	var out strings.Builder
	for rest := pattern; rest != ""; {
		letter := rest[0]
		if letter == '\'' {
			quoted, after, _ := strings.Cut(rest[1:], "'")
			out.WriteString(quoted)
			rest = after
			continue
		}
		run := 1
		for run < len(rest) && rest[run] == letter {
			run++
		}
		if part, ok := c.datePart(t, rest[:run]); ok {
			out.WriteString(part)
		} else {
			run = 1
			out.WriteByte(letter)
		}
		rest = rest[run:]
	}
	return out.String()
}

// datePart writes one part of a date, named as in CLDR.
func (c *conventions) datePart(t time.Time, name string) (string, bool) {
	number := func(n, width int) (string, bool) {
		s := strconv.Itoa(n)
		return c.digits(strings.Repeat("0", max(0, width-len(s))) + s), true
	}
	month, weekday := int(t.Month())-1, int(t.Weekday())
	switch name {
	case "y":
		return number(t.Year(), 1)
	case "yyyy":
		return number(t.Year(), 4)
	case "yy":
		return number(t.Year()%100, 2)
	case "M", "L":
		return number(month+1, 1)
	case "MM", "LL":
		return number(month+1, 2)
	case "MMM":
		return c.names.monthsShort[month], true
	case "MMMM":
		return c.names.months[month], true
	case "LLL":
		return c.names.monthsShortAlone[month], true
	case "LLLL":
		return c.names.monthsAlone[month], true
	case "d":
		return number(t.Day(), 1)
	case "dd":
		return number(t.Day(), 2)
	case "E", "EE", "EEE":
		return c.names.weekdaysShort[weekday], true
	case "EEEE":
		return c.names.weekdays[weekday], true
	case "cccc":
		return c.names.weekdaysAlone[weekday], true
	case "G":
		return c.names.era, true
	case "HH":
		return number(t.Hour(), 2)
	case "mm":
		return number(t.Minute(), 2)
	}
	return "", false
}
