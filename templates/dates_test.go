package templates_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

func TestDates(t *testing.T) {
	t.Parallel()
	f := func(locale, text, want string) {
		t.Helper()
		got, err := eval(t, locale, "{{"+text+"}}", nil)
		if err != nil || got != want {
			t.Errorf("%s in %s = %+q, %v; want %+q", text, locale, got, err, want)
		}
	}
	f("en", "date('2026-11-27T08:05+0100', 'd.M.yyyy HH:mm')", "27.11.2026 08:05")
	f("en", "date('2026-11-27T08:05:59Z', 'dd/MM/yy')", "27/11/26")
	f("en", "date('2026-11-27T08:05:59', 'HH:mm')", "08:05")
	f("en", "date('2026-11-27 08:05', 'HH:mm')", "08:05")
	f("en", "date('2026-11-27 08:05:59+01:00', 'HH:mm')", "08:05")
	f("en", "date('2026-11-27T08:05+01', 'HH:mm')", "08:05")
	f("en", "dateEnd('2026-11-24 00:00:00/2026-11-29 23:59:59', 'd MMM HH:mm')", "29 Nov 23:59")
	f("de", "date('2026-11-27', 'Ends dd.MM. 15 Uhr')", "Ends 27.11. 15 Uhr")
	f("en", "date('2026-11-27', 'EEE, MMM d')", "Fri, Nov 27")
	f("de", "date('2026-11-27', 'EEEE, d. MMMM')", "Freitag, 27. November")
	f("es", "date('2026-03-05', 'EEEE d de MMMM y E')", "jueves 5 de marzo y E")
	f("pl", "date('2026-11-27', 'd MMMM; LLLL')", "27 listopada; listopad")
	f("ru", "date('2026-11-27', 'd MMM; LLL')", "27 нояб.; нояб.")
	f("ja", "date('2026-11-27', 'M月d日')", "11月27日")
	f("ja", "date('2026-11-27', 'long')", "2026年11月27日")
	f("ar-EG", "date('2026-11-27', 'd MMMM yyyy')", "٢٧ نوفمبر ٢٠٢٦")
	f("ar-EG-u-nu-latn", "date('2026-11-27', 'd MMMM yyyy')", "27 نوفمبر 2026")
	f("en", "date('', 'long')", "")

	const sale = "'2026-11-24T11:07+0100/2026-12-24T23:07+0100'"
	f("en", "dateStart("+sale+", 'medium')", "Nov 24, 2026")
	f("en-GB", "dateEnd("+sale+", 'd MMMM')", "24 December")
	f("de", "dateEnd('2026-12-24', 'long')", "24. Dezember 2026")
	f("de", "dateStart('2026-12-24', 'long')", "24. Dezember 2026")
	f("en", "dateEnd('', 'long')", "")
}

func TestDatesRefused(t *testing.T) {
	t.Parallel()
	f := func(text, want string) {
		t.Helper()
		if got, err := eval(t, "en", "{{"+text+"}}", templates.Fields{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s = %q, %v; want %s", text, got, err, want)
		}
	}
	f("date('27.11.2026', 'long')", "expected an ISO 8601 date such as 2026-11-27; found")
	f("date('2026-02-30', 'long')", "ISO 8601")
	f("date('0000-01-01', 'long')", "ISO 8601")
	f("date('2026-11-24/2026-12-24', 'long')", "of two dates with a / between them, dateStart or dateEnd")
	f("dateEnd('2026-11-24/soon', 'long')", `found "soon"`)
}
