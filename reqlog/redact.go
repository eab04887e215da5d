package reqlog

import (
	"net/url"
	"strings"
)

// secretNames are names of query parameters whose values let somebody in. Names that end in one of secretEnds are, too.
var secretNames = map[string]bool{
	"sig": true, "key": true, "apikey": true, "auth": true, "authorization": true, "pass": true, "passwd": true, "password": true,
	"pwd": true, "secret": true, "session": true, "sid": true, "jwt": true, "policy": true, "hmac": true,
}

var secretEnds = []string{"token", "signature", "secret", "password", "credential", "accesskeyid", "apikey", "keypairid"}

const (
	hidden      = "***"
	longestHost = 300 // bytes of a name and a port
)

// redact takes out of a text what URLs in it carry of secrets: users and passwords, and parameters that are known to be
// keys, tokens or signatures. It looks for the forms that these have rather than for whole URLs, so that what cannot be
// parsed is redacted as well, and also sees URLs that stand percent-encoded in others.
func redact(s string) string {
	if !strings.ContainsAny(s, "/=@") && !strings.Contains(s, "%") {
		return s
	}
	return withoutSecrets(withoutUsers(s))
}

// withoutUsers takes out what stands between "//" and "@".
func withoutUsers(s string) string {
	if len(s) < longestHost && !strings.Contains(s, "@") && !strings.Contains(s, "%40") {
		return s
	}
	var out strings.Builder
	for {
		start := authority(s)
		if start < 0 {
			break
		}
		out.WriteString(s[:start])
		s = s[start:]
		end := authorityEnd(s)
		if at := strings.LastIndex(s[:end], "@"); at >= 0 {
			out.WriteString(hidden)
			s = s[at:]
		} else if at := strings.LastIndex(s[:end], "%40"); at >= 0 {
			out.WriteString(hidden)
			s = s[at:]
		} else if end > longestHost { // no host: a user whose "@" lies beyond what is looked at
			out.WriteString(hidden)
			s = s[end:]
		}
	}
	out.WriteString(s)
	return out.String()
}

// authority is where the host part of the next URL begins; -1: there is none.
func authority(s string) int {
	for i := 0; i+1 < len(s); i++ {
		switch {
		case s[i] == '/' && s[i+1] == '/':
			return i + 2
		case s[i] == '%' && len(s) >= i+6 && strings.EqualFold(s[i:i+6], "%2f%2f"):
			return i + 6
		}
	}
	return -1
}

// authorityEnd is where it ends.
func authorityEnd(s string) int {
	for i := range len(s) {
		switch s[i] {
		case '/', '?', '#', ' ', '"', '<', '>', '\\', '\n', '\r', '\t':
			return i
		case '%':
			if len(s) >= i+3 && (strings.EqualFold(s[i:i+3], "%2f") || strings.EqualFold(s[i:i+3], "%3f") || s[i:i+3] == "%23") {
				return i
			}
		}
	}
	return len(s)
}

// withoutSecrets takes out the values of parameters that are secrets.
func withoutSecrets(s string) string {
	if !strings.Contains(s, "=") && !strings.Contains(s, "%3") {
		return s
	}
	var out strings.Builder
	from := 0 // what has been written so far
	name := -1
	for i := 0; i < len(s); i++ {
		if n := separator(s[i:]); n > 0 {
			name = i + n
			i += n - 1
			continue
		}
		n := equals(s[i:])
		if n == 0 || name < 0 {
			continue
		}
		value := i + n
		if isSecret(s[name:i]) {
			end := value
			for end < len(s) && separator(s[end:]) == 0 && !ends(s[end]) {
				end++
			}
			out.WriteString(s[from:value])
			out.WriteString(hidden)
			from = end
		}
		name = -1
		i = max(value, from) - 1
	}
	if from == 0 {
		return s
	}
	out.WriteString(s[from:])
	return out.String()
}

// separator is the length of what a parameter begins behind: ? & ; or one of them percent-encoded.
func separator(s string) int {
	switch {
	case s[0] == '?', s[0] == '&', s[0] == ';', s[0] == '#':
		return 1
	case len(s) >= 3 && s[0] == '%' && (strings.EqualFold(s[:3], "%3f") || s[:3] == "%26" || strings.EqualFold(s[:3], "%3b")):
		return 3
	}
	return 0
}

func equals(s string) int {
	switch {
	case s[0] == '=':
		return 1
	case len(s) >= 3 && strings.EqualFold(s[:3], "%3d"):
		return 3
	}
	return 0
}

func ends(c byte) bool { return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' }

func isSecret(name string) bool {
	if len(name) > 64 {
		return false
	}
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	name = strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(name))
	if secretNames[name] {
		return true
	}
	for _, end := range secretEnds {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
