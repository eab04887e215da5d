package customers

import (
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
	"time"

	"golang.org/x/sys/unix"

	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/renderurl"
)

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

// Limit has edit change a customer's own limits, as they are when nobody else changes them. Nodes obey them within a
// second.
func (c *Customers) Limit(id string, edit func(*Limits)) (Customer, error) {
	return c.change(id, func(f *file) { edit(&f.Limits) })
}

// Log says how much of a customer is logged. Nodes obey within a second.
func (c *Customers) Log(id string, log Log) (Customer, error) {
	if err := log.Validate(); err != nil {
		return Customer{}, err
	}
	return c.change(id, func(f *file) { f.Log = log })
}

// Pause has nothing drawn for a template of a customer, or for any of them when
// template is empty; why is for operators. Nodes obey within a second. One that is
// paused stays so since then, for the new reason.
func (c *Customers) Pause(id, template, why string) (Customer, error) {
	pause := Pause{Since: c.now().UTC().Truncate(time.Second), Why: why}
	if err := pause.Validate(); err != nil {
		return Customer{}, err
	}
	if err := validTemplate(template); err != nil {
		return Customer{}, err
	}
	return c.change(id, func(f *file) {
		if template == "" {
			if f.Paused != nil {
				pause.Since = f.Paused.Since
			}
			f.Paused = &pause
			return
		}
		if old, ok := f.PausedTemplates[template]; ok {
			pause.Since = old.Since
		}
		if f.PausedTemplates == nil {
			f.PausedTemplates = map[string]Pause{}
		}
		f.PausedTemplates[template] = pause
	})
}

// Resume ends what Pause has begun for the same customer and template. Templates that
// were paused themselves stay so when the customer is resumed. Resuming what is not
// paused is no error.
func (c *Customers) Resume(id, template string) (Customer, error) {
	if err := validTemplate(template); err != nil {
		return Customer{}, err
	}
	return c.change(id, func(f *file) {
		if template == "" {
			f.Paused = nil
		} else {
			delete(f.PausedTemplates, template)
		}
	})
}

func validTemplate(template string) error {
	if template != "" && !renderurl.ValidID(template) {
		return fmt.Errorf("%w: template: expected an ID of a-z, 0-9, - and _ that starts with a letter or digit; found %q", ErrInvalid, template)
	}
	return nil
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
	if err := f.validate(); err != nil {
		return Customer{}, err
	}
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
