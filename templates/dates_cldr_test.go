package templates_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/templates"
)

// The expected forms are those of CLDR 48, as ICU 78.2 writes them (Intl.DateTimeFormat
// of Node 20.20 with dateStyle and the Gregorian calendar), but for one exception:
// before г. and р. CLDR has a narrow no-break space, which Node makes a usual one.
func TestDatesAsCLDR(t *testing.T) {
	t.Parallel()
	f := func(locale string, want ...string) {
		t.Helper()
		got, err := eval(t, locale, "{{date(title, 'short')}} | {{date(title, 'medium')}} | {{date(title, 'long')}} | {{date(title, 'full')}}",
			templates.Fields{"title": "2026-03-05"})
		if err != nil || got != strings.Join(want, " | ") {
			t.Errorf("%s: %+q, %v; want %+q", locale, got, err, want)
		}
	}
	f("en-US", "3/5/26", "Mar 5, 2026", "March 5, 2026", "Thursday, March 5, 2026")
	f("en-GB", "05/03/2026", "5 Mar 2026", "5 March 2026", "Thursday, 5 March 2026")
	f("en-IN", "05/03/26", "5 Mar 2026", "5 March 2026", "Thursday, 5 March 2026")
	f("en-CA", "2026-03-05", "Mar 5, 2026", "March 5, 2026", "Thursday, March 5, 2026")
	f("en-AU", "5/3/26", "5 Mar 2026", "5 March 2026", "Thursday, 5 March 2026")
	f("de-DE", "05.03.26", "05.03.2026", "5. März 2026", "Donnerstag, 5. März 2026")
	f("de-AT", "05.03.26", "05.03.2026", "5. März 2026", "Donnerstag, 5. März 2026")
	f("de-CH", "05.03.26", "05.03.2026", "5. März 2026", "Donnerstag, 5. März 2026")
	f("fr-FR", "05/03/2026", "5 mars 2026", "5 mars 2026", "jeudi 5 mars 2026")
	f("fr-CH", "05.03.26", "5 mars 2026", "5 mars 2026", "jeudi, 5 mars 2026")
	f("fr-CA", "2026-03-05", "5 mars 2026", "5 mars 2026", "jeudi 5 mars 2026")
	f("es-ES", "5/3/26", "5 mar 2026", "5 de marzo de 2026", "jueves, 5 de marzo de 2026")
	f("es-MX", "05/03/26", "5 mar 2026", "5 de marzo de 2026", "jueves, 5 de marzo de 2026")
	f("pt-BR", "05/03/2026", "5 de mar. de 2026", "5 de março de 2026", "quinta-feira, 5 de março de 2026")
	f("pt-PT", "05/03/26", "05/03/2026", "5 de março de 2026", "quinta-feira, 5 de março de 2026")
	f("it-IT", "05/03/26", "5 mar 2026", "5 marzo 2026", "giovedì 5 marzo 2026")
	f("nl-NL", "05-03-2026", "5 mrt 2026", "5 maart 2026", "donderdag 5 maart 2026")
	f("sv-SE", "2026-03-05", "5 mars 2026", "5 mars 2026", "torsdag 5 mars 2026")
	f("nb-NO", "05.03.2026", "5. mars 2026", "5. mars 2026", "torsdag 5. mars 2026")
	f("da-DK", "05.03.2026", "5. mar. 2026", "5. marts 2026", "torsdag den 5. marts 2026")
	f("fi-FI", "5.3.2026", "5.3.2026", "5. maaliskuuta 2026", "torstai 5. maaliskuuta 2026")
	f("pl-PL", "5.03.2026", "5 mar 2026", "5 marca 2026", "czwartek, 5 marca 2026")
	f("cs-CZ", "05.03.26", "5. 3. 2026", "5. března 2026", "čtvrtek 5. března 2026")
	f("sk-SK", "5. 3. 2026", "5. 3. 2026", "5. marca 2026", "štvrtok 5. marca 2026")
	f("hu-HU", "2026. 03. 05.", "2026. márc. 5.", "2026. március 5.", "2026. március 5., csütörtök")
	f("ro-RO", "05.03.2026", "5 mar. 2026", "5 martie 2026", "joi, 5 martie 2026")
	f("bg-BG", "5.03.26\u202fг.", "5.03.2026\u202fг.", "5 март 2026\u202fг.", "четвъртък, 5 март 2026\u202fг.")
	f("hr-HR", "05. 03. 2026.", "5. ožu 2026.", "5. ožujka 2026.", "četvrtak, 5. ožujka 2026.")
	f("el-GR", "5/3/26", "5 Μαρ 2026", "5 Μαρτίου 2026", "Πέμπτη 5 Μαρτίου 2026")
	f("tr-TR", "5.03.2026", "5 Mar 2026", "5 Mart 2026", "5 Mart 2026 Perşembe")
	f("ru-RU", "05.03.2026", "5 мар. 2026\u202fг.", "5 марта 2026\u202fг.", "четверг, 5 марта 2026\u202fг.")
	f("uk-UA", "05.03.26", "5 бер. 2026\u202fр.", "5 березня 2026\u202fр.", "четвер, 5 березня 2026\u202fр.")
	f("he-IL", "5.3.2026", "5 במרץ 2026", "5 במרץ 2026", "יום חמישי, 5 במרץ 2026")
	f("ar-EG", "٥\u200f/٣\u200f/٢٠٢٦", "٠٥\u200f/٠٣\u200f/٢٠٢٦", "٥ مارس ٢٠٢٦", "الخميس، ٥ مارس ٢٠٢٦")
	f("ar-AE", "5\u200f/3\u200f/2026", "05\u200f/03\u200f/2026", "5 مارس 2026", "الخميس، 5 مارس 2026")
	f("ar-SA", "٥\u200f/٣\u200f/٢٠٢٦", "٠٥\u200f/٠٣\u200f/٢٠٢٦", "٥ مارس ٢٠٢٦", "الخميس، ٥ مارس ٢٠٢٦")
	f("fa-IR", "۲۰۲۶/۳/۵", "۵ مارس ۲۰۲۶", "۵ مارس ۲۰۲۶", "پنجشنبه ۵ مارس ۲۰۲۶")
	f("ur-PK", "5/3/26", "5 مارچ، 2026", "5 مارچ، 2026", "جمعرات، 5 مارچ، 2026")
	f("hi-IN", "5/3/26", "5 मार्च 2026", "5 मार्च 2026", "गुरुवार, 5 मार्च 2026")
	f("bn-BD", "৫/৩/২৬", "৫ মার্চ, ২০২৬", "৫ মার্চ, ২০২৬", "বৃহস্পতিবার, ৫ মার্চ, ২০২৬")
	f("ta-IN", "5/3/26", "5 மார்., 2026", "5 மார்ச், 2026", "வியாழன், 5 மார்ச், 2026")
	f("mr-IN", "५/३/२६", "५ मार्च, २०२६", "५ मार्च, २०२६", "गुरुवार, ५ मार्च, २०२६")
	f("th-TH", "5/3/26", "5 มี.ค. 2026", "5 มีนาคม ค.ศ. 2026", "วันพฤหัสบดีที่ 5 มีนาคม ค.ศ. 2026")
	f("vi-VN", "5/3/26", "5 thg 3, 2026", "5 tháng 3, 2026", "Thứ Năm, 5 tháng 3, 2026")
	f("id-ID", "05/03/26", "5 Mar 2026", "5 Maret 2026", "Kamis, 05 Maret 2026")
	f("ms-MY", "5/03/26", "5 Mac 2026", "5 Mac 2026", "Khamis, 5 Mac 2026")
	f("ja-JP", "2026/03/05", "2026/03/05", "2026年3月5日", "2026年3月5日木曜日")
	f("ko-KR", "26. 3. 5.", "2026. 3. 5.", "2026년 3월 5일", "2026년 3월 5일 목요일")
	f("zh-CN", "2026/3/5", "2026年3月5日", "2026年3月5日", "2026年3月5日星期四")
	f("zh-TW", "2026/3/5", "2026年3月5日", "2026年3月5日", "2026年3月5日 星期四")
	f("zh-HK", "5/3/2026", "2026年3月5日", "2026年3月5日", "2026年3月5日星期四")
	f("ka-GE", "05.03.26", "5 მარ. 2026", "5 მარტი, 2026", "ხუთშაბათი, 05 მარტი, 2026")
	f("et-EE", "05.03.26", "5. märts 2026", "5. märts 2026", "neljapäev, 5. märts 2026")
	f("lv-LV", "05.03.26", "2026. gada 5. marts", "2026. gada 5. marts", "ceturtdiena, 2026. gada 5. marts")
	f("lt-LT", "2026-03-05", "2026-03-05", "2026 m. kovo 5 d.", "2026 m. kovo 5 d., ketvirtadienis")
	f("sl-SI", "5. 3. 2026", "5. mar. 2026", "5. marec 2026", "četrtek, 5. marec 2026")
	f("sr-RS", "5. 3. 2026.", "5. 3. 2026.", "5. март 2026.", "четвртак, 5. март 2026.")
	f("is-IS", "5.3.2026", "5. mar. 2026", "5. mars 2026", "fimmtudagur, 5. mars 2026")
	f("af-ZA", "2026-03-05", "05 Mrt. 2026", "05 Maart 2026", "Donderdag 05 Maart 2026")
}
