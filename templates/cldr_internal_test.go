package templates

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// Every locale of the data has all that is asked of it.
func TestConventionsAreWhole(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	locales := 0
	for line := range strings.Lines(cldrText) {
		key, _, _ := strings.Cut(line, "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		locales++
		c := conventionsOf(language.MustParse(key))
		for _, names := range [][]string{c.names.months, c.names.monthsShort, c.names.monthsAlone, c.names.monthsShortAlone} {
			if len(names) != 12 || slices.Contains(names, "") {
				t.Errorf("%s: months %q", key, names)
			}
		}
		for _, names := range [][]string{c.names.weekdays, c.names.weekdaysShort, c.names.weekdaysAlone} {
			if len(names) != 7 || slices.Contains(names, "") {
				t.Errorf("%s: weekdays %q", key, names)
			}
		}
		if n := strings.Count(c.before+c.after, "¤"); n != 1 || c.minus == "" || c.names.era == "" || c.minimumGrouping < 1 || c.minimumGrouping > 4 {
			t.Errorf("%s: money %q…%q, minus %q, era %q, minimum grouping %d", key, c.before, c.after, c.minus, c.names.era, c.minimumGrouping)
		}
		for style, pattern := range c.dateStyles {
			if got := c.writeStyle(day, pattern); pattern == "" || !strings.Contains(got, c.digits("26")) || !strings.Contains(got, c.digits("27")) {
				t.Errorf("%s: %s date %q of pattern %q", key, style, got, pattern)
			}
		}
	}
	if locales < 300 {
		t.Errorf("%d locales; want at least 300", locales)
	}
}

func TestLocaleIsFound(t *testing.T) {
	t.Parallel()
	f := func(tag, want string) {
		t.Helper()
		if got := cldrKey(language.Make(tag)); got != want {
			t.Errorf("%s is written as %s; want %s", tag, got, want)
		}
	}
	f("de", "de")
	f("de-AT", "de-AT")
	f("en-US", "en")
	f("zh-CN", "zh")
	f("zh-TW", "zh-Hant")
	f("zh-HK", "zh-Hant-HK")
	f("sr-RS", "sr")
	f("sr-Latn-RS", "sr-Latn")
	f("ar", "ar")
	f("ar-EG", "ar-EG")
	f("ar-EG-u-nu-latn", "ar-EG-u-nu-latn")
	f("de-u-nu-latn", "de")
	f("iw", "he")
	f("es-MX", "es-MX")
	f("tlh", "en")
	f("und", "en")
	f("x-private", "en")
}

func BenchmarkConventions(b *testing.B) {
	tag := language.MustParse("zh-Hant-TW")
	for b.Loop() {
		conventionsOf(tag)
	}
}
