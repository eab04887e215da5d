package reqlog_test

import (
	"slices"
	"testing"

	"github.com/adloom/adloom/reqlog"
)

const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"

func TestNetwork(t *testing.T) {
	t.Parallel()
	f := func(agent, want string) {
		t.Helper()
		if got := reqlog.Network(agent); got != want || !slices.Contains(reqlog.Networks(), got) {
			t.Errorf("%q: %s; expected %s", agent, got, want)
		}
	}
	f("facebookcatalog/1.0", "meta_catalog")
	f("FacebookCatalog/2.0 (x)", "meta_catalog")
	f("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "meta_external")
	f("facebookexternalhit/1.1", "meta_external")
	f("Facebot", "meta_external")
	f("meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)", "meta_external")
	f("meta-externalfetcher/1.1", "meta_external")
	f("Googlebot-Image/1.0", "google")
	f("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "google")
	f("AdsBot-Google (+http://www.google.com/adsbot.html)", "google")
	f("Mozilla/5.0 (Linux; Android 5.0; SM-G920A) AppleWebKit (KHTML, like Gecko) Chrome Mobile Safari (compatible; AdsBot-Google-Mobile; +http://www.google.com/mobile/adsbot.html)", "google")
	f("Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)", "google")
	f("GoogleOther-Image/1.0", "google")
	f("Mozilla/5.0 (X11; Linux x86_64; Storebot-Google/1.0) AppleWebKit/537.36", "google")
	f("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/100 Safari/537.36", "microsoft")
	f("Mozilla/5.0 (compatible; adidxbot/2.0; +http://www.bing.com/bingbot.htm)", "microsoft")
	f("Mozilla/5.0 (compatible; TikTokSpider; ttspider-feedback@tiktok.com)", "tiktok")
	f("Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)", "tiktok")
	f("Pinterest/0.2 (+https://www.pinterest.com/bot.html)", "pinterest")
	f("Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)", "pinterest")
	f("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 [Pinterest/iOS]", "browser")
	f("Mozilla/5.0 (Macintosh) AppleWebKit/600.2.5 (compatible; Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots)", "snapchat")
	f("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Snapchat/12.60 (like Safari/8617)", "browser")
	f("Twitterbot/1.0", "twitter")
	f("LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)", "linkedin")
	f("CriteoBot/0.1 (+https://www.criteo.com/criteo-crawler/)", "criteo")
	f("Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)", "yandex")
	f(chrome, "browser")
	f("Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)", "other")
	f("curl/8.5.0", "other")
	f("notfacebookcatalog/1.0", "other") // a word within another
	f("robotics", "other")
	f("\xff\x00", "other")
	f("", "none")
}

func BenchmarkNetwork(b *testing.B) {
	for name, agent := range map[string]string{"catalog": "facebookcatalog/1.0", "browser": chrome} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reqlog.Network(agent)
			}
		})
	}
}
