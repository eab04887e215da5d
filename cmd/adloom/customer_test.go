package main

import (
	"regexp"
	"strings"
	"testing"
)

// since stands for the time in what is printed of a pause.
var since = regexp.MustCompile(`since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

func TestCustomerPause(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	f := func(code int, want string, args ...string) {
		t.Helper()
		stdout, stderr, got := command(t, append(append([]string{"customer"}, args...), "--data", data)...)
		found := since.ReplaceAllString(stdout+stderr, "since T")
		if got != code || code == 0 && found != want || !strings.Contains(found, want) {
			t.Errorf("%q: exit code %d\n%swant %d with\n%s", args, got, found, code, want)
		}
	}
	f(1, "customer not found", "pause", "acme")
	must(t, "customer", "add", "acme", "--data", data)
	f(0, "customer acme: not paused\n", "resume", "acme")
	f(0, "customer acme: paused since T\n", "pause", "acme")
	f(0, "customer acme: paused since T: they asked for it\n", "pause", "acme", "--why", "they asked for it")
	f(0, "customer acme: paused since T: they asked for it\ntemplate b: paused since T: loops\n", "pause", "acme", "--template", "b", "--why", "loops")
	f(0, "customer acme: paused since T: they asked for it\ntemplate a: paused since T\ntemplate b: paused since T: loops\n", "pause", "acme", "--template", "a")
	f(0, "customer acme: not paused\ntemplate a: paused since T\ntemplate b: paused since T: loops\n", "resume", "acme")
	f(0, "customer acme: not paused\ntemplate b: paused since T: loops\n", "resume", "acme", "--template", "a")
	f(2, "template: expected an ID", "pause", "acme", "--template", "../x")
	f(2, "template: expected an ID", "resume", "acme", "--template", "A")
	f(2, "why: expected one line of text", "pause", "acme", "--why", "a\x1b[31m")
	f(2, "why: expected at most 200 characters, found 201", "pause", "acme", "--why", strings.Repeat("é", 201))
	f(0, "customer acme: not paused\n", "resume", "acme", "--template", "b")
}

func TestCustomerLog(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	f := func(code int, want string, flags ...string) {
		t.Helper()
		stdout, stderr, got := command(t, append([]string{"customer", "log", "acme", "--data", data}, flags...)...)
		if got != code || !strings.Contains(stdout+stderr, want) {
			t.Errorf("%q: exit code %d\n%s%s\nwant %d with %q", flags, got, stdout, stderr, code, want)
		}
	}
	f(1, "customer not found")
	must(t, "customer", "add", "acme", "--data", data)
	f(0, "share    the node's\nfailures the node's\n")
	f(0, "share    0.25\nfailures the node's\n", "--share", "0.25")
	f(0, "share    0.25\nfailures 60\n", "--failures", "60")
	f(0, "share    0\nfailures all\n", "--share", "0", "--failures", "all")
	f(0, "share    0\nfailures all\n", "--failures=-1")
	f(0, "share    0\nfailures 0\n", "--failures", "0")
	f(2, "--share: expected 0 to 1, or node", "--share", "much")
	f(2, "--failures: expected a number, all or node", "--failures", "1.5")
	f(2, "log.share: expected 0 to 1, found 1.5", "--share", "1.5")
	f(2, "log.share: expected 0 to 1, found NaN", "--share", "nan")
	f(2, "log.failures: expected 0 or more, or -1 for all; found -2", "--failures=-2")
	f(0, "share    the node's\nfailures 0\n", "--share", "node")
	f(0, "share    the node's\nfailures the node's\n", "--failures", "node")
}
