package loadgen

import "strings"

const (
	maxWord  = 60  // of a word that a server chooses
	maxWords = 100 // of one kind that are counted apart
	others   = "other"
)

// word keeps what a server says fit for a table.
func word(s string) string {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '_'
		}
		return r
	}, s[:min(len(s), maxWord)])
	return s
}

// count counts under a word, under "other" once there are too many.
func count[N int | int64](counts map[string]N, word string) {
	if _, known := counts[word]; !known && len(counts) >= maxWords {
		word = others
	}
	counts[word]++
}

// cached is what an answer's headers say of caches: the node's or the CDN's own word
// as hit, miss, stale or joined, a hit by its age if nothing else, or nothing.
func cached(header map[string][]string) string {
	for _, name := range [...]string{"X-Cache", "Cf-Cache-Status"} {
		values := header[name]
		if len(values) == 0 {
			continue
		}
		said := strings.ToLower(values[len(values)-1])
		if i := strings.LastIndexByte(said, ','); i >= 0 { // one for each cache on the way; the last was asked first
			said = said[i+1:]
		}
		for _, w := range [...]string{"stale", "joined", "hit", "miss"} {
			if strings.Contains(said, w) {
				return w
			}
		}
		return others
	}
	if age := header["Age"]; len(age) > 0 && age[0] != "" && age[0] != "0" {
		return "hit"
	}
	return ""
}
