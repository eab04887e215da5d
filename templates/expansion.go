package templates

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/expr-lang/expr"
)

// Expansion is a text with {{…}} in it, compiled.
type Expansion struct {
	parts   []part
	letters func(string) string // changes their case; may be nil
	isolate bool                // values stand between FirstStrongIsolate and PopIsolate
}

// What stands around a value beside other text, so that neither changes the order of
// the other where one of them runs from right to left (UAX #9, section 2.4).
const (
	FirstStrongIsolate = '\u2068'
	PopIsolate         = '\u2069'
)

// part is a literal, or a program when that is not nil.
type part struct {
	literal string
	program *program
}

func (c *compiler) expansion(path, source string) *Expansion {
	e := &Expansion{}
	if len(source) > maxSource {
		c.r.add(path, fmt.Sprintf("a text of at most %d bytes", maxSource), fmt.Sprintf("%d bytes", len(source)))
		return e
	}
	for rest := source; rest != ""; {
		if len(e.parts) > maxParts {
			c.r.add(path, fmt.Sprintf("at most %d expressions and texts between them", maxParts), "more")
			break
		}
		before, after, found := strings.Cut(rest, "{{")
		if before != "" {
			e.parts = append(e.parts, part{literal: before})
		}
		if !found {
			break
		}
		end := closing(after)
		if end < 0 {
			c.r.add(path, "a }} for each {{", fmt.Sprintf("%q", shorten(source)))
			break
		}
		if p := c.compile(path, strings.TrimSpace(after[:end]), expr.AsAny()); p != nil {
			e.parts = append(e.parts, part{program: p})
		}
		rest = after[end+2:]
	}
	return e
}

// closing finds the }} that ends an expression, passing over quoted texts.
func closing(s string) int {
	var quote byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0 && c == '\\' && quote != '`':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case strings.HasPrefix(s[i:], "}}"):
			return i
		}
	}
	return -1
}

// Static returns the text if it is the same for every product.
func (e *Expansion) Static() (string, bool) {
	var text strings.Builder
	for _, p := range e.parts {
		if p.program != nil {
			return "", false
		}
		text.WriteString(p.literal)
	}
	return e.cased(text.String()), true
}

func (e *Expansion) cased(s string) string {
	if e.letters == nil {
		return s
	}
	return e.letters(s)
}

// Eval expands the text for a product. A missing value expands to nothing.
func (e *Expansion) Eval(v *Values) (string, error) {
	var text strings.Builder
	for _, p := range e.parts {
		if p.program == nil {
			text.WriteString(p.literal)
			continue
		}
		_, s, err := p.program.write(v, text.Len())
		if err != nil {
			return "", err
		}
		text.WriteString(e.apart(s))
	}
	return e.cased(text.String()), nil
}

// apart keeps a value apart from the text around it, where that is asked for.
func (e *Expansion) apart(value string) string {
	if e.isolate && directed(value) {
		return string(FirstStrongIsolate) + value + string(PopIsolate)
	}
	return value
}

// write runs a program for its value and for its text, which comes after so many bytes.
func (p *program) write(v *Values, before int) (value any, text string, err error) {
	if value, err = p.run(v); err != nil {
		return nil, "", err
	}
	text, err = written(value)
	if err == nil && before+len(text) > maxText {
		err = fmt.Errorf("expected at most %d bytes of text; found more", maxText)
	}
	if err != nil {
		return nil, "", &ExpressionError{p.path, p.source, err}
	}
	return value, text, nil
}

// directed tells whether a text has letters or marks that run one way.
func directed(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || r == '\u200e' || r == '\u200f' || r == '\u061c' {
			return true
		}
	}
	return false
}

func written(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case int:
		return strconv.Itoa(v), nil
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return "", errors.New("expected a finite number; found a division by zero")
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(v), nil
	case *Money:
		if v == nil {
			return "", nil
		}
		return v.String(), nil
	}
	return "", fmt.Errorf("expected a text, a number or money; found %T", v)
}
