package typeset

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/language"
)

// generic are the families that the generic names of CSS stand for.
var generic = map[string][]string{
	"sans-serif": {"Inter", "Noto Sans", "DejaVu Sans", Builtin},
	"system-ui":  {"Inter", "Noto Sans", "DejaVu Sans", Builtin},
	"serif":      {"Noto Serif", "DejaVu Serif"},
	"monospace":  {"Noto Sans Mono", "DejaVu Sans Mono"},
	"emoji":      {"Noto Color Emoji"},
}

// everywhere are the families that are asked when no other has a character.
var everywhere = []string{"Inter", "Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "Noto Music", "Noto Color Emoji", "DejaVu Sans", Builtin}

// standIns are the families that are asked for a character of a script when the
// style's own lack it, in order. The last have what East Asian texts write beside
// letters of any script: full-width ones, ￥, ※, ㎡.
func standIns(script language.Script, lang string) []string {
	return slices.Concat(ofScript(script, lang), everywhere, eastAsian(script, lang)[:2])
}

// ofScript are the families made for a script.
func ofScript(script language.Script, lang string) []string {
	switch script {
	case language.Arabic:
		return []string{"Noto Sans Arabic", "Noto Naskh Arabic", "Noto Kufi Arabic"}
	case language.Han, language.Hiragana, language.Katakana, language.Bopomofo, language.Hangul:
		return eastAsian(script, lang)
	case language.Mongolian:
		return []string{"Noto Sans Mongolian"}
	}
	if name, ok := scriptNames[script]; ok {
		return []string{"Noto Sans " + name, "Noto Serif " + name}
	}
	return nil
}

// eastAsian puts the family first whose shapes the language wants: the same
// ideograph looks different in each.
func eastAsian(script language.Script, lang string) []string {
	region := "JP"
	switch tag := strings.ToLower(lang); {
	case script == language.Hangul || strings.HasPrefix(tag, "ko"):
		region = "KR"
	case script == language.Bopomofo:
		region = "TC"
	case strings.HasPrefix(tag, "zh-hk") || strings.HasPrefix(tag, "zh-hant-hk") || strings.HasPrefix(tag, "yue"):
		region = "HK"
	case strings.HasPrefix(tag, "zh-hant") || strings.HasPrefix(tag, "zh-tw") || strings.HasPrefix(tag, "zh-mo"):
		region = "TC"
	case strings.HasPrefix(tag, "zh"):
		region = "SC"
	}
	var families []string
	for _, region := range append([]string{region}, "JP", "SC", "TC", "KR", "HK") {
		families = append(families, "Noto Sans CJK "+region, "Noto Sans "+region)
	}
	return append(families, "Droid Sans Fallback")
}

// scriptNames are the scripts for which there is a Noto Sans or Noto Serif of that
// name.
var scriptNames = map[language.Script]string{
	language.Hebrew: "Hebrew", language.Thai: "Thai", language.Devanagari: "Devanagari", language.Bengali: "Bengali",
	language.Gujarati: "Gujarati", language.Gurmukhi: "Gurmukhi", language.Kannada: "Kannada", language.Malayalam: "Malayalam",
	language.Oriya: "Oriya", language.Tamil: "Tamil", language.Telugu: "Telugu", language.Sinhala: "Sinhala", language.Lao: "Lao",
	language.Khmer: "Khmer", language.Myanmar: "Myanmar", language.Tibetan: "Tibetan", language.Georgian: "Georgian",
	language.Armenian: "Armenian", language.Ethiopic: "Ethiopic", language.Cherokee: "Cherokee", language.Syriac: "Syriac",
	language.Thaana: "Thaana", language.Nko: "NKo", language.Yi: "Yi", language.Canadian_Aboriginal: "Canadian Aboriginal",
	language.Javanese: "Javanese", language.Balinese: "Balinese", language.Sundanese: "Sundanese", language.Tai_Tham: "Tai Tham",
	language.Meetei_Mayek: "Meetei Mayek", language.Ol_Chiki: "Ol Chiki", language.Adlam: "Adlam", language.Tifinagh: "Tifinagh",
	language.Vai: "Vai", language.Coptic: "Coptic", language.Gothic: "Gothic", language.Runic: "Runic", language.Ogham: "Ogham",
	language.Bamum: "Bamum", language.Batak: "Batak", language.Buginese: "Buginese", language.Buhid: "Buhid",
	language.Chakma: "Chakma", language.Cham: "Cham", language.Hanifi_Rohingya: "Hanifi Rohingya",
	language.Hanunoo: "Hanunoo", language.Kayah_Li: "Kayah Li", language.Lepcha: "Lepcha", language.Limbu: "Limbu",
	language.Lisu: "Lisu", language.Mandaic: "Mandaic", language.Miao: "Miao", language.Mro: "Mro",
	language.New_Tai_Lue: "New Tai Lue", language.Newa: "Newa", language.Osage: "Osage",
	language.Pahawh_Hmong: "Pahawh Hmong", language.Rejang: "Rejang", language.Samaritan: "Samaritan",
	language.Saurashtra: "Saurashtra", language.Sora_Sompeng: "Sora Sompeng", language.Syloti_Nagri: "Syloti Nagri",
	language.Tagalog: "Tagalog", language.Tagbanwa: "Tagbanwa", language.Tai_Le: "Tai Le", language.Tai_Viet: "Tai Viet",
	language.Wancho: "Wancho", language.Warang_Citi: "Warang Citi",
}
