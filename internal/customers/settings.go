package customers

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/adloom/adloom/renderurl"
)

// ErrInvalid is a setting that may not be given.
var ErrInvalid = errors.New("invalid settings")

const (
	maxWhy    = 200 // characters
	maxPaused = 100 // templates of a customer
)

// Customer is the settings of one customer. It is shared and must not be changed.
type Customer struct {
	Keys   []renderurl.Key
	Limits Limits
	Log    Log

	Paused          *Pause           // nil when it is not
	PausedTemplates map[string]Pause // by their IDs
}

// Pausing returns the pause that a request for a template meets: that of the whole
// customer, or else the template's own.
func (c Customer) Pausing(template string) (pause Pause, whole, paused bool) {
	if c.Paused != nil {
		return *c.Paused, true, true
	}
	pause, paused = c.PausedTemplates[template]
	return pause, false, paused
}

// Limits are limits of the customer's own; 0 means the node's default, -1 none.
type Limits struct {
	Concurrency   int `json:"concurrency,omitempty"`    // renders at once
	SlowDownloads int `json:"slow_downloads,omitempty"` // in a few minutes, before it is refused for a while
	SlowRenders   int `json:"slow_renders,omitempty"`   // likewise
}

// Validate names every mistake.
func (l Limits) Validate() error {
	var errs []error
	for _, limit := range []struct {
		name  string
		value int
	}{{"concurrency", l.Concurrency}, {"slow_downloads", l.SlowDownloads}, {"slow_renders", l.SlowRenders}} {
		if limit.value < -1 {
			errs = append(errs, fmt.Errorf("%w: limits.%s: expected at least 1, 0 for the node's default or -1 for no limit; found %d", ErrInvalid, limit.name, limit.value))
		}
	}
	return errors.Join(errs...)
}

// Log says how much is logged of a customer's requests; what is nil is the node's to say.
type Log struct {
	Share    *float64 `json:"share,omitempty"`    // of its successes, 0 to 1
	Failures *int     `json:"failures,omitempty"` // in a minute; -1 for all
}

// Validate names every mistake.
func (l Log) Validate() error {
	var errs []error
	if l.Share != nil && !(*l.Share >= 0 && *l.Share <= 1) { // nor is NaN
		errs = append(errs, fmt.Errorf("%w: log.share: expected 0 to 1, found %v", ErrInvalid, *l.Share))
	}
	if l.Failures != nil && *l.Failures < -1 {
		errs = append(errs, fmt.Errorf("%w: log.failures: expected 0 or more, or -1 for all; found %d", ErrInvalid, *l.Failures))
	}
	return errors.Join(errs...)
}

// Pause is why nothing is drawn for a customer, or for a template.
type Pause struct {
	Since time.Time `json:"since,omitzero"`
	Why   string    `json:"why,omitempty"` // for operators; never shown to who asks for a picture
}

// Validate names every mistake.
func (p Pause) Validate() error {
	switch n := utf8.RuneCountInString(p.Why); {
	case n > maxWhy:
		return fmt.Errorf("%w: why: expected at most %d characters, found %d", ErrInvalid, maxWhy, n)
	case !utf8.ValidString(p.Why) || strings.ContainsFunc(p.Why, unicode.IsControl):
		return fmt.Errorf("%w: why: expected one line of text, found %q", ErrInvalid, p.Why)
	}
	return nil
}

type file struct {
	Keys   []key  `json:"keys"`
	Limits Limits `json:"limits,omitzero"`
	Log    Log    `json:"log,omitzero"`

	Paused          *Pause           `json:"paused,omitempty"`
	PausedTemplates map[string]Pause `json:"paused_templates,omitempty"`
}

type key struct {
	ID     string `json:"id"`
	Secret string `json:"secret"` // base64url without padding
}

// validate names every mistake but those in the keys.
func (f file) validate() error {
	errs := []error{f.Limits.Validate(), f.Log.Validate()}
	if f.Paused != nil {
		errs = append(errs, f.Paused.Validate())
	}
	if n := len(f.PausedTemplates); n > maxPaused {
		errs = append(errs, fmt.Errorf("%w: paused_templates: expected at most %d, found %d", ErrInvalid, maxPaused, n))
	}
	for id, pause := range f.PausedTemplates {
		if !renderurl.ValidID(id) {
			errs = append(errs, fmt.Errorf("%w: paused_templates: expected the ID of a template, found %q", ErrInvalid, id))
		}
		errs = append(errs, pause.Validate())
	}
	return errors.Join(errs...)
}

func (c *Customers) read(id string) (Customer, error) {
	f, err := c.readFile(id)
	if err != nil {
		return Customer{}, err
	}
	if err := f.validate(); err != nil {
		return Customer{}, fmt.Errorf("read customer %s: %v", id, err) // no mistake of the caller's
	}
	customer := Customer{Limits: f.Limits, Log: f.Log, Paused: f.Paused, PausedTemplates: f.PausedTemplates}
	for i, k := range f.Keys {
		secret, err := base64.RawURLEncoding.DecodeString(k.Secret)
		if err != nil || k.ID == "" {
			return Customer{}, fmt.Errorf("read customer %s: keys[%d]: expected an id and a base64url secret", id, i)
		}
		customer.Keys = append(customer.Keys, renderurl.Key{ID: k.ID, Secret: secret})
	}
	return customer, nil
}

func (c *Customers) readFile(id string) (file, error) {
	var f file
	data, err := os.ReadFile(c.path(id))
	if err != nil {
		return f, fmt.Errorf("read customer: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return f, fmt.Errorf("read customer %s: %w", id, err)
	}
	return f, nil
}
