package linebreak_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/adloom/adloom/renderer/linebreak"
)

// TestFind has texts with a bar wherever Chromium 156 may end a line, found by laying them out in no width:
// scripts/typography/cases.mjs does. Soft hyphens are the exception: Chromium was told to leave them alone.
func TestFind(t *testing.T) {
	t.Parallel()
	f := func(lang, want string) {
		t.Helper()
		text := strings.ReplaceAll(want, "|", "")
		if got := marked(text, places(text, lang)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	// Words, hyphens and dashes.
	f("en", "Hand-|woven |linen |shirt |with |mother-|of-|pearl |buttons")
	f("en", "3-|in-|1, |-5 |to |A-|1029 |at |$-5")
	f("en", "Buy |2, |get |1 |free! |Ends |31/12 |— |don't")
	f("en", "Rock’n’roll |vinyl|—|remastered; |33⅓ |rpm")
	f("en", "8–|10 |pieces, |a |– |b")
	// URLs.
	f("en", "https://shop.example.com/products/linen-|shirt?|size=42&colour=white")
	f("en", "help-|desk@my-|shop.example")
	// Brackets, signs and numbers.
	f("en", "SKU#A-|1029/B |[refurbished] |{grade |A} |<new>")
	f("en", "word(s) |f(x) |1.|(a) |50%|(off)")
	f("en", "$1,250.00 |was |€5 |or |5€, |−5°C, |100%")
	f("fr", "L’étui |cuir |« |Élégance |» |: |89,90 |€ |seulement |!")
	f("fr", "1\u202f299,00\u00a0€ |n°\u00a01")
	// Joiners, and soft hyphens.
	f("en", "a\u00a0b |c\u2060-|d |e\u200b|f |g\u2011h |soft\u00adhyphen")
	// Emoji.
	f("en", "Party |🎉|🎉 |👨‍👩‍👧‍👦|👍🏽|🇫🇮|🇯🇵 |1️⃣2️⃣!")
	// Arabic, Hebrew, Hindi.
	f("ar", "خصم |50% |على |حقيبة |Nike |الآن |بسعر |129.00 |$ |فقط")
	f("fa", "کفش |ورزشی |و |ضدآب، |۱۲۹٬۰۰۰ |تومان")
	f("he", "מבצע |2+1 |על |iPhone |15 |(256GB) |עד |31/12, |אל-|חוטי")
	f("hi", "किताबें |और |खिलौने: |₹1,299 |में")
	// East Asian.
	f("ja", "【送|料|無|料】|北|欧|風|ソ|フ|ァ|「ヒ|ュ|ッ|ゲ」|2|人|掛|け|¥39,800")
	f("ja", "ミ|ル|付|き・|1450W、|5|個|入|り〜")
	f("zh-Hans", "耳|机|“静|享”|系|列|——|30|小|时!")
	f("ja", "耳|“静”|享")
	f("zh", "3|〜|6|年|级")
	f("ko", "가|벼|운 |방|수 |‘사|일|런|트’ |89,000|원")
	// Scripts without spaces.
	f("th", "รองเท้า|วิ่ง|เทร|ลน้ำ|หนัก|เบา|กัน|น้ำ|สำหรับ|ผู้ชาย")
	f("th", "กระเป๋า|เดิน|ทาง |20 |นิ้ว |ลด|ราคา |50% |วัน|นี้|เท่านั้น")
	f("", "นุ่มๆ |กรุงเทพฯ |สินค้า |iPhone")
	f("lo", "ຫຼຸດ|ລາຄາ |50% |ມື້|ນີ້|ເທົ່າ|ນັ້ນ")
}

func TestFindMandatory(t *testing.T) {
	t.Parallel()
	f := func(text, want string) {
		t.Helper()
		var got strings.Builder
		for _, kind := range linebreak.Find([]rune(text), "", nil) {
			got.WriteByte(".-!"[kind])
		}
		if got.String() != want {
			t.Errorf("%q: got %s, want %s", text, &got, want)
		}
	}
	f("", "!")
	f("a", ".!")
	f("a b", "..-!")
	f("a\nb", "..!!")
	f("a\r\nb\n", "...!.!")
	f("\n\n", ".!!")
	f("a\u2028b\u0085c", "..!.!!")
	f("a \n b", "...!-!")
}

func TestFindUsesRoom(t *testing.T) {
	text := []rune("Wildleder-Schuhe 39,90 € 水 รองเท้าวิ่ง")
	buf := make([]linebreak.Kind, 100)
	if n := testing.AllocsPerRun(100, func() { buf = linebreak.Find(text, "de", buf) }); n != 0 {
		t.Errorf("expected no allocations; found %v", n)
	}
	if fresh := linebreak.Find(text, "de", nil); !slices.Equal(buf, fresh) {
		t.Errorf("got %v in a buffer, %v without", buf, fresh)
	}
}
