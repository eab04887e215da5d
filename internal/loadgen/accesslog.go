package loadgen

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// accessLog reads the combined log format of Apache, which nginx and varnishncsa
// write too, and the common one, which lacks its last two fields:
//
//	host ident user [02/Jan/2006:15:04:05 -0700] "GET /path HTTP/1.1" 200 1234 "referer" "agent"
//
// What stands before the time is not read.
type accessLog struct {
	lines  *lines
	base   Base
	tally  *tally
	onlyOK bool
	first  time.Time
}

const logTime = "02/Jan/2006:15:04:05 -0700"

func (l *accessLog) Next() (Target, error) {
	for {
		text, err := l.lines.next()
		switch {
		case errors.Is(err, errTooLong):
			l.tally.broken(l.lines.line, err)
			continue
		case err != nil:
			return Target{}, err
		case len(text) == 0 || text[0] == '#':
			continue
		}
		l.tally.line()
		e, err := parseEntry(text)
		if err != nil {
			l.tally.broken(l.lines.line, err)
			continue
		}
		if e.method != http.MethodGet && e.method != http.MethodHead || l.onlyOK && !good(e.status) {
			l.tally.skipped()
			continue
		}
		u, err := l.base.resolve(e.target)
		if err != nil {
			l.tally.broken(l.lines.line, err)
			continue
		}
		if l.first.IsZero() {
			l.first = e.at
		}
		return Target{Method: e.method, URL: u, Agent: e.agent, At: max(0, e.at.Sub(l.first))}, nil
	}
}

// good is an answer that holds what was asked for.
func good(status int) bool { return status >= 200 && status < 300 || status == http.StatusNotModified }

// entry is a line of a log.
type entry struct {
	at             time.Time
	method, target string
	status         int
	agent          string
}

func parseEntry(line []byte) (e entry, err error) {
	open := 0
	for open < len(line) && !opensTime(line[open:]) {
		open++
	}
	if open == len(line) {
		return e, fmt.Errorf("expected the combined log format, with its time in brackets; found %s", quote(string(line)))
	}
	line = line[open+1:]
	stamp, rest, ok := bytes.Cut(line, []byte("]"))
	if !ok || len(stamp) > 2*len(logTime) {
		return e, fmt.Errorf("expected a time such as [%s]; found %s", logTime, quote(string(line)))
	}
	if e.at, err = time.Parse(logTime, string(stamp)); err != nil {
		return e, fmt.Errorf("expected a time such as [%s]; found %s", logTime, quote(string(stamp)))
	}
	request, rest, ok := quoted(rest)
	if !ok {
		return e, fmt.Errorf(`expected a request such as "GET /path HTTP/1.1"; found %s`, quote(string(rest)))
	}
	method, target, ok := bytes.Cut(request, []byte(" "))
	if !ok {
		return e, fmt.Errorf(`expected a request such as "GET /path HTTP/1.1"; found %s`, quote(string(request)))
	}
	if i := bytes.LastIndex(target, []byte(" HTTP/")); i >= 0 {
		target = target[:i]
	}
	e.method, e.target = string(method), string(target)
	status, rest, _ := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	if e.status, err = strconv.Atoi(string(status)); err != nil || e.status < 100 || e.status > 599 {
		return e, fmt.Errorf("expected a status such as 200 behind the request; found %s", quote(string(status)))
	}
	if _, rest, ok = quoted(rest); ok { // the referer
		if agent, _, ok := quoted(rest); ok && string(agent) != "-" {
			e.agent = printable(agent)
		}
	}
	return e, nil
}

// opensTime tells the bracket before a time from those of user names, which are first.
func opensTime(text []byte) bool {
	return text[0] == '[' && len(text) > 1 && text[1] >= '0' && text[1] <= '9'
}

// quoted returns what stands between the next pair of quotes, and what follows it. A
// quote behind a backslash is part of the text, as servers write it.
func quoted(text []byte) (inside, rest []byte, ok bool) {
	start := bytes.IndexByte(text, '"')
	if start < 0 {
		return nil, text, false
	}
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return text[start+1 : i], text[i+1:], true
		}
	}
	return nil, text, false
}

// printable makes a header's value of what a client once sent.
func printable(text []byte) string {
	out := bytes.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, text)
	return string(out)
}
