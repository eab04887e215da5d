package linebreak_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/linebreak"
)

func BenchmarkFind(b *testing.B) {
	f := func(name, text, lang string) {
		runes := []rune(text)
		b.Run(name, func(b *testing.B) {
			var buf []linebreak.Kind
			b.ReportAllocs()
			for b.Loop() {
				buf = linebreak.Find(runes, lang, buf)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(runes)), "ns/rune")
		})
	}
	const title = "Hand-woven linen shirt with mother-of-pearl buttons"
	f("title", title, "en")
	f("long", strings.Repeat(title+", ", 309), "en")
	f("russian", "Куртка зимняя мужская непромокаемая, размер XL", "ru")
	f("japanese", "軽量防水トレイルランニングシューズ、メンズ用（26.5cm）", "ja")
	f("thai", "รองเท้าวิ่งเทรลน้ำหนักเบากันน้ำสำหรับผู้ชาย", "th")
	f("long thai", strings.Repeat("รองเท้าวิ่งเทรลน้ำหนักเบากันน้ำสำหรับผู้ชาย", 381), "th")
}
