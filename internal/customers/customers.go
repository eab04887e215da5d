// Package customers keeps each customer's settings: the keys that sign its render
// URLs, the limits of its own, what is logged of it, and whether it is paused. One
// JSON file a customer, in a folder that only the service may read:
//
//	{"keys": [{"id": "k1", "secret": "base64url"}],
//	 "limits": {"concurrency": 16, "slow_downloads": 100, "slow_renders": 100},
//	 "log": {"share": 0.1, "failures": 600},
//	 "paused": {"since": "2026-01-02T03:04:05Z", "why": "asked for it"},
//	 "paused_templates": {"link": {"since": "2026-01-02T03:04:05Z"}}}
//
// All but the keys may be left out: then the node's own settings count, and nothing
// is paused. The first key signs; every key verifies, so that a new key can be put
// in front while URLs signed by the old one still answer.
//
// Changed files count within a second, in all processes that share the folder. They
// are written whole or not at all; while another program writes one, for ten seconds at
// most, what is known serves on. A file with a mistake in it is an error that names it.
// While the folder is away, what is known serves on, and nothing can be changed.
package customers

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/adloom/adloom/renderurl"
)

// ErrNotFound is a customer without a settings file.
var ErrNotFound = errors.New("customer not found")

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
	file     os.FileInfo // as it was when it was read
	checked  time.Time
}

// shows says whether the file is still the one that was read. The time alone does not tell:
// it may stand still for milliseconds.
func (e entry) shows(file os.FileInfo) bool {
	return file.ModTime().Equal(e.file.ModTime()) && file.Size() == e.file.Size() && os.SameFile(file, e.file)
}

const (
	recheck   = time.Second
	writing   = 10 * time.Second // how long a file that ends too early may be one that is being written
	maxKnown  = 10_000
	maxListed = 100_000
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
	if err == nil && (!ok || !e.shows(info)) {
		fresh := entry{file: info}
		fresh.customer, fresh.err = c.read(id)
		switch fault := (*fs.PathError)(nil); {
		case errors.As(fresh.err, &fault):
			err = fault // not the file's mistake, so not one to remember
		case ok && e.err == nil && endsEarly(fresh.err) && now.Sub(info.ModTime()).Abs() < writing:
			// looked at again in a second
		default:
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

// endsEarly says that a file is the beginning of one without mistakes, or empty.
func endsEarly(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// Keys returns the keys of a customer; none for one that is not there.
func (c *Customers) Keys(id string) ([]renderurl.Key, error) {
	customer, err := c.Customer(id)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return customer.Keys, err
}

// List returns the IDs of the customers in their order, the first 100,000 of them.
func (c *Customers) List() ([]string, error) {
	dir, err := os.Open(c.dir)
	if err != nil {
		return nil, fmt.Errorf("list customers: %w", err)
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, fmt.Errorf("list customers: %w", err)
	}
	ids := names[:0]
	for _, name := range names {
		if id, ok := strings.CutSuffix(name, ".json"); ok && renderurl.ValidID(id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids[:min(len(ids), maxListed)], nil
}

func (c *Customers) path(id string) string { return filepath.Join(c.dir, id+".json") }
