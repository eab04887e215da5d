package reqlog

// networks are words of User-Agents and who sends them. A word counts from its first letter, not inside another, and in
// any case. The first one in an agent decides.
var networks = byLetter([]named{
	{"facebookcatalog", "meta_catalog"},
	{"facebookexternalhit", "meta_external"},
	{"facebookexternalua", "meta_external"},
	{"facebookbot", "meta_external"},
	{"facebot", "meta_external"},
	{"meta-externalagent", "meta_external"},
	{"meta-externalfetcher", "meta_external"},
	{"meta-externalads", "meta_external"},
	{"meta-webindexer", "meta_external"},

	{"googlebot", "google"},
	{"google-", "google"}, // Google-InspectionTool, Google-Safety, Google-Read-Aloud, …
	{"googleother", "google"},
	{"googleimageproxy", "google"},
	{"googleproducer", "google"},
	{"adsbot-google", "google"},
	{"mediapartners-google", "google"},
	{"storebot-google", "google"},
	{"feedfetcher-google", "google"},
	{"apis-google", "google"},

	{"bingbot", "microsoft"},
	{"bingpreview", "microsoft"},
	{"adidxbot", "microsoft"},
	{"msnbot", "microsoft"},
	{"microsoftpreview", "microsoft"},

	{"tiktokspider", "tiktok"},
	{"tiktokbot", "tiktok"},
	{"tiktok", "tiktok"},
	{"bytespider", "tiktok"},

	{"pinterestbot", "pinterest"},
	{"pinterest/0.", "pinterest"}, // the app itself is a browser with Pinterest/iOS in its name

	{"snap url preview", "snapchat"},
	{"snapchatads", "snapchat"},
	{"snapchat;", "snapchat"}, // the app itself is a browser with Snapchat/12 in its name
	{"snapbot", "snapchat"},

	{"twitterbot", "twitter"},
	{"linkedinbot", "linkedin"},
	{"criteobot", "criteo"},

	{"yandex", "yandex"}, // YandexBot, YandexImages, YandexDirect, …
})

type named struct{ word, network string }

// byLetter sorts words by their first letters: agents are read for each request.
func byLetter(list []named) (out ['z' - 'a' + 1][]named) {
	for _, n := range list {
		out[n.word[0]-'a'] = append(out[n.word[0]-'a'], n)
	}
	return out
}

// Networks are all values that Network has.
func Networks() []string {
	return []string{"meta_catalog", "meta_external", "google", "microsoft", "tiktok", "pinterest", "snapchat", "twitter", "linkedin", "criteo",
		"yandex", "browser", "other", "none"}
}

// Network names the ad network that a User-Agent says it belongs to, or tells that it is another kind of client:
// "browser", "other", or "none" that says nothing. Anybody may write what he likes there: it is for looking, not for
// trusting.
func Network(agent string) string {
	if agent == "" {
		return "none"
	}
	robot := false
	for i := range len(agent) {
		c := lower(agent[i])
		if i > 0 && letter(lower(agent[i-1])) {
			robot = robot || (c == 'b' || c == 's' || c == 'c') && robots(agent[i:])
			continue
		}
		if !letter(c) {
			continue
		}
		for _, n := range networks[c-'a'] {
			if starts(agent[i:], n.word) {
				return n.network
			}
		}
		robot = robot || robots(agent[i:])
	}
	if !robot && starts(agent, "mozilla/") {
		return "browser"
	}
	return "other"
}

func robots(s string) bool { return starts(s, "bot") || starts(s, "spider") || starts(s, "crawler") }

// starts says whether s begins with the word, in any case of ASCII.
func starts(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	for i := range len(word) {
		if lower(s[i]) != word[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }
