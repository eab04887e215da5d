package main

import (
	"slices"
	"strings"

	"github.com/adloom/adloom/renderer/typeset"
)

// scriptSamples are texts that a node should have fonts for, and the Debian packages
// that bring them.
var scriptSamples = []struct{ name, text, language, packages string }{
	{"Latin", "Größe ğ ł ế", "en", "fonts-inter"},
	{"Greek", "τσάντα", "el", "fonts-inter"},
	{"Cyrillic", "Куртка ґ", "uk", "fonts-inter"},
	{"Arabic", "حذاء پ", "ar", "fonts-noto-core"},
	{"Hebrew", "נעלי", "he", "fonts-noto-core"},
	{"Thai", "รองเท้า", "th", "fonts-noto-core"},
	{"Devanagari", "किताबें", "hi", "fonts-noto-core"},
	{"Japanese", "軽量シューズ", "ja", "fonts-noto-cjk"},
	{"Chinese", "轻便跑鞋輕量", "zh", "fonts-noto-cjk"},
	{"Korean", "가벼운", "ko", "fonts-noto-cjk"},
	{"emoji", "🎉👨‍👩‍👧‍👦🇫🇮", "en", "fonts-noto-color-emoji"},
}

// scripts looks for fonts for the world's writing.
func (d *diagnosis) scripts(fonts *typeset.Fonts) {
	setter := typeset.New(fonts, 0)
	var has, packages []string
	lacks := []string{}
	for _, s := range scriptSamples {
		layout, err := setter.Layout(s.text, typeset.Style{
			Font: typeset.Font{Families: "Inter", Weight: 400}, Language: s.language, Size: 20, LineHeight: 1, Width: 1000,
		})
		switch {
		case err != nil:
			d.bad("scripts", "%s: %v", s.name, err)
		case len(layout.Missing) > 0:
			lacks = append(lacks, s.name)
			if !slices.Contains(packages, s.packages) {
				packages = append(packages, s.packages)
			}
		default:
			has = append(has, s.name)
		}
	}
	if len(has) > 0 {
		d.good("scripts", "%s", strings.Join(has, ", "))
	}
	if len(lacks) > 0 {
		d.lack("scripts", "no font for %s, which shows as boxes: apt-get install %s", strings.Join(lacks, ", "), strings.Join(packages, " "))
	}
}
