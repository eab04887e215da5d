//go:build ignore

// Command cldr_generate writes cldr.tsv from the JSON edition of the Unicode
// Common Locale Data Repository: the unpacked npm packages cldr-core,
// cldr-numbers-full and cldr-dates-full of one version.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/bojanz/currency"
)

const header = `# How locales write numbers, money and dates: locales of CLDR %s at "modern" coverage.
# Source: github.com/unicode-org/cldr-json. Copyright Unicode, Inc.; Unicode License v3 (www.unicode.org/license.txt).
# Written by cldr_generate.go. An empty column is as in the parent; signs are those that differ from the parent's. A
# locale that is left out is as the one without its last part.
# %s
`

var columns = []string{"locale", "parent", "zero", "decimal", "group", "moneyDecimal", "moneyGroup", "minus", "minimumGrouping",
	"number", "money", "signs", "short", "medium", "long", "full", "monthsShort", "months", "monthsShortAlone", "monthsAlone",
	"weekdaysShort", "weekdays", "weekdaysAlone", "era"}

// object is a JSON object.
type object map[string]any

func (o object) at(path ...string) object {
	for _, key := range path {
		next, _ := o[key].(map[string]any)
		o = next
	}
	return o
}

func (o object) text(key string) string {
	s, _ := o[key].(string)
	return s
}

func read(parts ...string) object {
	var o object
	data, err := os.ReadFile(filepath.Join(parts...))
	if err == nil {
		err = json.Unmarshal(data, &o)
	}
	if err != nil {
		log.Fatal(err)
	}
	return o
}

type source struct{ core, numbers, dates string }

// row is the columns after the parent, and the currency signs apart.
type row struct {
	columns []string
	signs   map[string]string
}

func (s source) row(locale, system string) (row, bool) {
	n := read(s.numbers, "main", locale, "numbers.json").at("main", locale, "numbers")
	if system == "" {
		system = n.text("defaultNumberingSystem")
	}
	marks, money := n.at("symbols-numberSystem-"+system), n.at("currencyFormats-numberSystem-"+system)
	if money.text("standard") == "" {
		return row{}, false
	}
	zero := []rune(read(s.core, "supplemental", "numberingSystems.json").at("supplemental", "numberingSystems", system).text("_digits"))[:1]
	or := func(s, otherwise string) string {
		if s == "" {
			return otherwise
		}
		return s
	}
	positive, _, _ := strings.Cut(money.text("standard"), ";")
	g := read(s.dates, "main", locale, "ca-gregorian.json").at("main", locale, "dates", "calendars", "gregorian")
	f := g.at("dateFormats")
	months := func(form, width string) string {
		return list(g.at("months", form, width), "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
	}
	weekdays := func(form, width string) string {
		return list(g.at("days", form, width), "sun", "mon", "tue", "wed", "thu", "fri", "sat")
	}
	r := row{signs: map[string]string{}, columns: []string{string(zero), marks.text("decimal"), marks.text("group"),
		or(marks.text("currencyDecimal"), marks.text("decimal")), or(marks.text("currencyGroup"), marks.text("group")),
		marks.text("minusSign"), n.text("minimumGroupingDigits"), n.at("decimalFormats-numberSystem-" + system).text("standard"),
		positive, "", f.text("short"), f.text("medium"), f.text("long"), f.text("full"),
		months("format", "abbreviated"), months("format", "wide"), months("stand-alone", "abbreviated"), months("stand-alone", "wide"),
		weekdays("format", "abbreviated"), weekdays("format", "wide"), weekdays("stand-alone", "wide"), g.at("eras", "eraAbbr").text("1")}}
	signs := read(s.numbers, "main", locale, "currencies.json").at("main", locale, "numbers", "currencies")
	for _, code := range currency.GetCurrencyCodes() {
		r.signs[code] = or(strings.Trim(signs.at(code).text("symbol"), "\u200b"), code) // that of CVE is not to be seen in pt-CV
	}
	return r, true
}

func list(o object, keys ...string) string {
	for i, key := range keys {
		keys[i] = o.text(key)
	}
	return strings.Join(keys, "|")
}

// line is what a row says that its parent does not.
func line(locale, parent string, r, p row) (string, bool) {
	fields, differs := slices.Clone(r.columns), false
	for i := range fields {
		if p.columns != nil && fields[i] == p.columns[i] {
			fields[i] = ""
		}
		differs = differs || fields[i] != ""
	}
	var signs []string
	for code, sign := range r.signs {
		if sign != p.signs[code] && (p.signs != nil || sign != code) {
			signs, differs = append(signs, code+"="+sign), true
		}
	}
	slices.Sort(signs)
	fields[9] = strings.Join(signs, "|")
	return strings.Join(append([]string{locale, parent}, fields...), "\t"), differs
}

func main() {
	var s source
	flag.StringVar(&s.core, "core", "", "folder of cldr-core")
	flag.StringVar(&s.numbers, "numbers", "", "folder of cldr-numbers-full")
	flag.StringVar(&s.dates, "dates", "", "folder of cldr-dates-full")
	flag.Parse()

	parents := read(s.core, "supplemental", "parentLocales.json").at("supplemental", "parentLocales", "parentLocale")
	rows := map[string]row{}
	for locale, level := range read(s.core, "coverageLevels.json").at("effectiveCoverageLevels") {
		if _, err := os.Stat(filepath.Join(s.numbers, "main", locale, "numbers.json")); err != nil || level != "modern" || locale == "und" {
			continue
		}
		rows[locale], _ = s.row(locale, "")
	}
	parentOf := func(locale string) string {
		for locale != "" {
			parent, listed := parents[locale].(string)
			if !listed {
				parent = locale[:max(0, strings.LastIndexByte(locale, '-'))]
			}
			if _, ok := rows[parent]; ok {
				return parent
			}
			locale = strings.TrimSuffix(parent, "und")
		}
		return ""
	}
	var lines []string
	add := func(locale, parent string, r, p row) {
		if l, differs := line(locale, parent, r, p); differs {
			lines = append(lines, l)
		} else if parentOf(locale) != locale[:max(0, strings.LastIndexByte(locale, '-'))] { // its place in the tree is all it says
			lines = append(lines, l)
		}
	}
	for locale, r := range rows {
		add(locale, parentOf(locale), r, rows[parentOf(locale)])
		if r.columns[0] != "0" {
			if latin, ok := s.row(locale, "latn"); ok {
				add(locale+"-u-nu-latn", locale, latin, r)
			}
		}
	}
	slices.Sort(lines)
	version := read(s.core, "package.json").text("version")
	text := fmt.Sprintf(header, version, strings.Join(columns, "\t")) + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile("cldr.tsv", []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Print(strconv.Itoa(len(lines)), " locales, ", strconv.Itoa(len(text)), " bytes")
}
