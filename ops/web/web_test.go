package web_test

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/adloom/adloom/ops/web"
)

var (
	loaded   = regexp.MustCompile(`(?:src|href)="assets/([^"]+)"`)
	imported = regexp.MustCompile(`(?m)^import .* from "\./([^"]+)";$`)
	// What the policy would refuse, and ways to make markup out of text.
	refused = map[string]*regexp.Regexp{
		".html": regexp.MustCompile(`<script>|<style|\sstyle=|\son[a-z]+=|//[a-z]+\.`),
		".js":   regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://[^w]`),
		".css":  regexp.MustCompile(`@import|url\(`),
	}
)

// Everything that is loaded is there, everything that is there is loaded, and nothing needs more than the policy allows.
func TestFiles(t *testing.T) {
	t.Parallel()
	used := map[string]bool{"index.html": true, "login.html": true}
	names, err := fs.ReadDir(web.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names {
		data, err := fs.ReadFile(web.Files(), entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		for _, found := range append(loaded.FindAllStringSubmatch(text, -1), imported.FindAllStringSubmatch(text, -1)...) {
			used[found[1]] = true
			if _, err := fs.Stat(web.Files(), found[1]); err != nil {
				t.Errorf("%s loads %s: %v", entry.Name(), found[1], err)
			}
		}
		if never := refused[path.Ext(entry.Name())]; never != nil {
			if found := never.FindString(text); found != "" {
				t.Errorf("%s: expected nothing like %q", entry.Name(), found)
			}
		}
		if lines := strings.Count(text, "\n"); lines > 200 {
			t.Errorf("%s has %d lines, expected 200 at most", entry.Name(), lines)
		}
	}
	for _, entry := range names {
		if !used[entry.Name()] {
			t.Errorf("nothing loads %s", entry.Name())
		}
	}
	if !strings.Contains(web.Policy, "default-src 'none'") || strings.Contains(web.Policy, "unsafe") {
		t.Errorf("policy is %s", web.Policy)
	}
}
