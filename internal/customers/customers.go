// Package customers keeps each customer's settings: the keys that sign its render
// URLs and the limits of its own. One JSON file a customer, in a folder that only
// the service may read:
//
//	{"keys": [{"id": "k1", "secret": "base64url"}],
//	 "limits": {"concurrency": 16, "slow_downloads": 100, "slow_renders": 100}}
//
// The first key signs; every key verifies, so that a new key can be put in front
// while URLs signed by the old one still answer. Changed files count within a second.
package customers

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/renderurl"
)

// ErrNotFound is a customer without a settings file.
var ErrNotFound = errors.New("customer not found")

// Customer is the settings of one customer.
type Customer struct {
	Keys   []renderurl.Key
	Limits Limits
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
			errs = append(errs, fmt.Errorf("limits.%s: expected at least 1, 0 for the node's default or -1 for no limit; found %d", limit.name, limit.value))
		}
	}
	return errors.Join(errs...)
}

type file struct {
	Keys   []key  `json:"keys"`
	Limits Limits `json:"limits,omitzero"`
}

type key struct {
	ID     string `json:"id"`
	Secret string `json:"secret"` // base64url without padding
}

// Customers reads settings from a folder. It is safe for concurrent use.
type Customers struct {
	dir string
	now func() time.Time

	mu    sync.Mutex
	known map[string]entry
}

type entry struct {
	customer Customer
	err      error
	modified time.Time
	checked  time.Time
}

const (
	recheck  = time.Second
	maxKnown = 10_000
)

// Open returns the settings in dir, which it makes when it is missing.
func Open(dir string) (*Customers, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open customers: %w", err)
	}
	return &Customers{dir: dir, now: time.Now, known: map[string]entry{}}, nil
}

// Customer returns a customer's settings, or ErrNotFound.
func (c *Customers) Customer(id string) (Customer, error) {
	if !renderurl.ValidID(id) {
		return Customer{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	e, ok := c.known[id]
	if ok && now.Sub(e.checked) < recheck {
		return e.customer, e.err
	}
	info, err := os.Stat(c.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		if _, away := os.Stat(c.dir); away == nil {
			delete(c.known, id)
			return Customer{}, fmt.Errorf("%w: %q", ErrNotFound, id)
		}
	}
	if err == nil && (!ok || !info.ModTime().Equal(e.modified)) {
		fresh := entry{modified: info.ModTime()}
		fresh.customer, fresh.err = c.read(id)
		if fault := (*fs.PathError)(nil); errors.As(fresh.err, &fault) {
			err = fault // not the file's mistake, so not one to remember
		} else {
			e = fresh
		}
	}
	if err != nil { // a disk that is not mounted, or fails: what is known serves on
		if ok {
			return e.customer, e.err
		}
		return Customer{}, fmt.Errorf("customers are away: %w", err)
	}
	e.checked = now
	if len(c.known) >= maxKnown {
		clear(c.known)
	}
	c.known[id] = e
	return e.customer, e.err
}

// Keys returns the keys of a customer; none for one that is not there.
func (c *Customers) Keys(id string) ([]renderurl.Key, error) {
	customer, err := c.Customer(id)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return customer.Keys, err
}

func (c *Customers) path(id string) string { return filepath.Join(c.dir, id+".json") }

func (c *Customers) read(id string) (Customer, error) {
	f, err := c.readFile(id)
	if err != nil {
		return Customer{}, err
	}
	if err := f.Limits.Validate(); err != nil {
		return Customer{}, fmt.Errorf("read customer %s: %w", id, err)
	}
	customer := Customer{Limits: f.Limits}
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

// Add makes a customer with a fresh key; a customer that is there stays as it is.
func (c *Customers) Add(id string) (Customer, error) {
	if !renderurl.ValidID(id) {
		return Customer{}, fmt.Errorf("expected a customer id of a-z, 0-9, - and _ that starts with a letter or digit; found %q", id)
	}
	unlock, err := c.lock()
	if err != nil {
		return Customer{}, err
	}
	defer unlock()
	if _, err := os.Stat(c.path(id)); !errors.Is(err, fs.ErrNotExist) {
		return c.Customer(id)
	}
	return c.write(id, file{Keys: []key{newKey(nil)}})
}

// Rotate puts a fresh key in front of a customer's keys: new URLs are signed with
// it, old ones stay good.
func (c *Customers) Rotate(id string) (Customer, error) {
	return c.change(id, func(f *file) { f.Keys = append([]key{newKey(f.Keys)}, f.Keys...) })
}

// Limit gives a customer limits of its own. Nodes obey them within a second.
func (c *Customers) Limit(id string, limits Limits) (Customer, error) {
	if err := limits.Validate(); err != nil {
		return Customer{}, err
	}
	return c.change(id, func(f *file) { f.Limits = limits })
}

// change rewrites a customer's file.
func (c *Customers) change(id string, edit func(*file)) (Customer, error) {
	if _, err := c.Customer(id); err != nil {
		return Customer{}, err
	}
	unlock, err := c.lock()
	if err != nil {
		return Customer{}, err
	}
	defer unlock()
	f, err := c.readFile(id)
	if err != nil {
		return Customer{}, err
	}
	edit(&f)
	return c.write(id, f)
}

func (c *Customers) write(id string, f file) (Customer, error) {
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return Customer{}, fmt.Errorf("write customer: %w", err)
	}
	if err := atomicfile.WriteBytes(c.path(id), 0o600, append(data, '\n')); err != nil {
		return Customer{}, err
	}
	c.mu.Lock()
	delete(c.known, id)
	c.mu.Unlock()
	return c.Customer(id)
}

// newKey makes a key whose ID no other has or had: k1, k2 and so on.
func newKey(others []key) key {
	highest := 0
	for _, k := range others {
		if n, err := strconv.Atoi(strings.TrimPrefix(k.ID, "k")); err == nil {
			highest = max(highest, n)
		}
	}
	secret := make([]byte, 32)
	rand.Read(secret) // never fails (crypto/rand)
	return key{ID: fmt.Sprintf("k%d", highest+1), Secret: base64.RawURLEncoding.EncodeToString(secret)}
}

// lock keeps other processes from writing at the same time.
func (c *Customers) lock() (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(c.dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock customers: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("lock customers: %w", err), f.Close())
	}
	return func() { f.Close() }, nil // which unlocks
}
