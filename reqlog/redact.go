package reqlog

import (
	"net/url"
	"strconv"
	"strings"
)

// secretNames are names of query parameters whose values let somebody in, or vouch for a URL. Names that end in one of
// secretEnds are, too.
var secretNames = map[string]bool{
	"sig": true, "auth": true, "authorization": true, "pass": true, "passwd": true, "pwd": true, "session": true, "sid": true,
	"jwt": true, "policy": true, "hmac": true, "code": true, "s": true, "md5": true, "hash": true, "verify": true,
	"hdnea": true, "hdnts": true, "hdntl": true,
}

var secretEnds = []string{"token", "signature", "sign", "secret", "password", "credential", "key", "keyid", "pairid", "sessionid", "sessid"}

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
	if len(s) < longestHost && lastAt(s) < 0 {
		return s
	}
	var out strings.Builder
	for {
		start, deep := authority(s)
		if start < 0 {
			break
		}
		out.WriteString(s[:start])
		s = s[start:]
		end := authorityEnd(s, deep)
		if !port(s[:end]) {
			if at := nextAt(s, end); at >= 0 { // a password with a '/' in it, say, as it should not be written
				end = at
			}
		}
		if at := lastAt(s[:end]); at >= 0 {
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

// unescape is what character a text begins with and how long it is there: percent-encoded ones count, and those that were
// encoded again as part of another URL.
func unescape(s string) (c byte, n int) {
	if s[0] != '%' {
		return s[0], 1
	}
	n = 1
	for strings.HasPrefix(s[n:], "25") {
		n += 2
	}
	if len(s) >= n+2 {
		if v, err := strconv.ParseUint(s[n:n+2], 16, 8); err == nil {
			return byte(v), n + 2
		}
	}
	return s[0], 1
}

// authority is where the host part of the next URL begins, and how many bytes its slashes have, encoded as they are; -1:
// there is none.
func authority(s string) (start, deep int) {
	for i := range len(s) {
		c, n := unescape(s[i:])
		if c != '/' || i+n == len(s) {
			continue
		}
		if c, m := unescape(s[i+n:]); c == '/' {
			return i + n + m, n
		}
	}
	return -1, 0
}

// authorityEnd is where it ends. What is encoded more often than its slashes belongs to it.
func authorityEnd(s string, deep int) int {
	for i := range len(s) {
		if c, n := unescape(s[i:]); ends(s[i]) || n <= deep && (c == '/' || c == '?' || c == '#') {
			return i
		}
	}
	return len(s)
}

// port says whether what follows the last colon of a host part, if there is one, can be a port.
func port(s string) bool {
	number := s[strings.LastIndexAny(s, ":]@")+1:]
	return number == s || strings.Trim(number, "0123456789") == "" || !strings.HasSuffix(s[:len(s)-len(number)], ":")
}

// nextAt is where the next '@' from there on ends, in the same word and not far; -1: there is none.
func nextAt(s string, from int) int {
	for i := from; i < min(len(s), from+longestHost) && !ends(s[i]); i++ {
		if c, n := unescape(s[i:]); c == '@' {
			return i + n
		}
	}
	return -1
}

// lastAt is where the last '@' is; -1: there is none.
func lastAt(s string) int {
	at := -1
	for i := range len(s) {
		if c, _ := unescape(s[i:]); c == '@' {
			at = i
		}
	}
	return at
}

// withoutSecrets takes out the values of parameters that are secrets.
func withoutSecrets(s string) string {
	if !strings.Contains(s, "=") && !strings.Contains(s, "%") {
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

// separator is the length of what a parameter begins behind: ? & ; #.
func separator(s string) int {
	switch c, n := unescape(s); c {
	case '?', '&', ';', '#':
		return n
	}
	return 0
}

func equals(s string) int {
	if c, n := unescape(s); c == '=' {
		return n
	}
	return 0
}

func ends(c byte) bool { return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' }

var joints = strings.NewReplacer("-", "", "_", "", ".", "")

func isSecret(name string) bool {
	if len(name) > 64 {
		return false
	}
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	name = joints.Replace(strings.ToLower(name))
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
