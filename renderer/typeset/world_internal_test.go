package typeset

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/adloom/adloom/renderer/fontfile"
)

// worldFonts are fonts of many scripts, as far as this machine has them.
var worldFonts = sync.OnceValue(func() *Fonts {
	var files []FontFile
	for _, name := range []string{
		"opentype/inter/Inter-Regular.otf", "opentype/inter/Inter-Bold.otf", "truetype/noto/NotoSansArabic-Regular.ttf", "truetype/noto/NotoSansHebrew-Regular.ttf",
		"truetype/noto/NotoSansThai-Regular.ttf", "truetype/noto/NotoSansDevanagari-Regular.ttf", "truetype/noto/NotoSansMyanmar-Regular.ttf",
		"truetype/noto/NotoSansKhmer-Regular.ttf", "truetype/noto/NotoSansBengali-Regular.ttf", "truetype/noto/NotoSansMongolian-Regular.ttf",
		"truetype/noto/NotoColorEmoji.ttf", "opentype/noto/NotoSansCJK-Regular.ttc",
	} {
		data, err := os.ReadFile(filepath.Join("/usr/share/fonts", name))
		if err != nil {
			continue
		}
		f, err := os.Open(filepath.Join("/usr/share/fonts", name))
		if err != nil {
			continue
		}
		faces, err := fontfile.Describe(f)
		f.Close()
		if err != nil {
			continue
		}
		for _, face := range faces {
			files = append(files, FontFile{Face: face, Load: func() ([]byte, error) { return data, nil }})
		}
	}
	return NewFonts(files)
})

// worldStyle sets text in the fonts of the world.
func worldStyle(t testing.TB) Style {
	t.Helper()
	for _, family := range []string{"Inter", "Noto Sans Arabic", "Noto Color Emoji", "Noto Sans CJK JP"} {
		if _, _, err := worldFonts().Find([]string{family}); err != nil {
			t.Skipf("%s is not installed", family)
		}
	}
	return Style{Font: Font{Families: "Inter", Weight: 400}, Size: 24, LineHeight: 1.2, Width: 200}
}

func TestHostileTextInManyFonts(t *testing.T) {
	t.Parallel()
	s := New(worldFonts(), 8<<20)
	style := worldStyle(t)
	style.Height, style.MinSize, style.Ellipsis = 100, 12, true
	for name, unit := range hostile {
		words := "wa "
		for len(words) < 4<<10 {
			words += unit
		}
		checkSetting(t, s, words, style)
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

// No text, of any characters, is set wrongly, in fonts of many scripts.
func FuzzWorld(f *testing.F) {
	for _, unit := range hostile {
		f.Add("wa "+unit+unit+" b", 24.0, 0.0, 120.0, 60.0, uint8(3))
	}
	for _, words := range []string{
		"خصم 50% على حقيبة Nike الآن بسعر 129.00 $", "מבצע 2+1 על iPhone 15 Pro (256GB) עד 31/12", "किताबें और खिलौने: ₹1,299 में क्षत्रिय",
		"กระเป๋าเดินทาง 20 นิ้ว ลดราคา 50%", "【送料無料】北欧風ソファ「ヒュッゲ」2人掛け¥39,800", "I ❤️ NY 👨‍👩‍👧‍👦 👍🏽 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "soft\u00adhyphen\u00adation",
	} {
		f.Add(words, 30.0, 1.0, 90.0, 0.0, uint8(0))
	}
	setter := New(worldFonts(), 8<<20)
	f.Fuzz(func(t *testing.T, words string, size, spacing, width, height float64, how uint8) {
		if len(words) > 4<<10 || size > 100 {
			return // only slower
		}
		style := worldStyle(t)
		style.Size, style.LetterSpacing, style.Width, style.Height = size, spacing, width, height
		style.Ellipsis, style.Balance = how&1 != 0, how&2 != 0
		if how&4 != 0 {
			style.MinSize, style.Prefer = size/2, FewestLines
		}
		if how&8 != 0 {
			style.Fit = SingleRow
		}
		style.Direction, style.NoHyphens = Direction(how>>4&3)%3, how&64 != 0
		if how&128 != 0 {
			style.Language = "ja"
		}
		l, err := setter.Layout(words, style)
		if err != nil {
			return
		}
		if how&(2|8) == 0 && style.Prefer == LargestSize {
			checkSetting(t, setter, words, style)
		}
		checkSpans(t, setter, words, style, l)
	})
}

// checkSpans sets a text in two spans of the same font, which changes no line: what lies
// in one span is only not shaped together with the other.
func checkSpans(t *testing.T, s *Setter, words string, style Style, whole *Layout) {
	t.Helper()
	spans := []Span{{Words: words, Scale: 1}}
	spans[0].Font = style.Font
	one, err := s.LayoutSpans(spans, style)
	if err != nil {
		t.Fatal(err)
	}
	if one.Size != whole.Size || len(one.Lines) != len(whole.Lines) || one.Width != whole.Width {
		t.Errorf("expected one span to be set as no span: %v, %d lines, %v wide; found %v, %d, %v",
			whole.Size, len(whole.Lines), whole.Width, one.Size, len(one.Lines), one.Width)
	}
}

// A family may be spread over files, as those of web fonts are.
func TestFamilyOfSeveralFiles(t *testing.T) {
	t.Parallel()
	worldStyle(t)
	var files []FontFile
	for _, family := range []string{"Inter", "Noto Sans Arabic", "Noto Sans Hebrew"} {
		source := worldFonts().matches(family, 400, false)[0]
		face := source.Face
		face.Family, face.Names = "Spread", []string{"Spread"}
		files = append(files, FontFile{Face: face, Load: source.Load})
	}
	l, err := New(NewFonts(files), 0).Layout("abc سلام שלום 漢", Style{Font: Font{Families: "Spread", Weight: 400}, Size: 20, LineHeight: 1, Width: 900})
	if err != nil || string(l.Missing) != "漢" || len(l.Families) != 1 || l.Families[0] != "Spread" {
		t.Errorf("expected all but an ideograph from one family; found %v without %q, %v", l.Families, string(l.Missing), err)
	}
}
