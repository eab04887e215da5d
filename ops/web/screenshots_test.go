package web_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/adloom/adloom/ops/web/internal/fixture"
)

// Pictures for people to look at: ADLOOM_SCREENSHOTS=/tmp/shots go test -run Screenshots ./ops/web
func TestScreenshots(t *testing.T) {
	if os.Getenv("ADLOOM_SCREENSHOTS") == "" {
		t.Skip("ADLOOM_SCREENSHOTS names no folder")
	}
	tab := browser(t)
	for _, size := range []view{{width: 1440, height: 900}, {width: 390, height: 844, touch: true}} {
		for _, dark := range []bool{false, true} {
			size.dark = dark
			name := func(what string) string {
				return fmt.Sprintf("%s-%d-%s", what, size.width, map[bool]string{true: "dark", false: "light"}[dark])
			}
			shot := func(what, scene string, v view, act func(p *page)) {
				t.Run(name(what), func(t *testing.T) {
					p := open(t, tab, scene, v)
					if act != nil {
						act(p.live())
					}
					p.shoot(name(what))
				})
			}
			for _, scene := range fixture.Scenes() {
				shot(scene, scene, size, func(*page) {})
			}
			panel := func(p *page) {
				p.do(goTo("#/customer?id=velvet-home"))
				p.until(`document.querySelector(".sheet .range")`)
			}
			shot("panel", "flood", size, panel)
			shot("limits", "flood", size, func(p *page) {
				panel(p)
				p.click(".sheet [data-act=limits]")
				p.until(`document.querySelector("dialog.confirm")`)
			})
			shot("explain", "flood", size, func(p *page) {
				p.do(goTo("#/explain?url=%2Fr%2Facme%2Flink%403.jpg%3Ftitle%3DVelvet"))
				p.until(`document.querySelector("#explain-answer .card")`)
			})
			size.at = "login?wrong=token"
			shot("login", "flood", size, nil)
			size.at = ""
		}
	}
}
