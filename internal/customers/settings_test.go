package customers_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/adloom/adloom/internal/customers"
)

// pausing says what a request for a template meets.
func pausing(t *testing.T, list *customers.Customers, template string) string {
	t.Helper()
	customer, err := list.Customer("acme")
	if err != nil {
		t.Fatal(err)
	}
	pause, whole, paused := customer.Pausing(template)
	if !paused {
		return "no"
	}
	kind := "template"
	if whole {
		kind = "customer"
	}
	return fmt.Sprintf("%s: %s", kind, pause.Why)
}

// Another process hears of it within a second.
func TestPause(t *testing.T) {
	t.Parallel()
	_, dir := open(t)
	synctest.Test(t, func(t *testing.T) {
		here, err := customers.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		there, err := customers.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := here.Pause("acme", "", ""); !errors.Is(err, customers.ErrNotFound) {
			t.Errorf("Pause of nobody: %v", err)
		}
		added, err := here.Add("acme")
		if err != nil {
			t.Fatal(err)
		}
		check := func(link, other string) {
			t.Helper()
			time.Sleep(time.Second)
			for _, list := range []*customers.Customers{here, there} {
				if got := pausing(t, list, "link"); got != link {
					t.Errorf("link: %q, want %q", got, link)
				}
				if got := pausing(t, list, "other"); got != other {
					t.Errorf("other: %q, want %q", got, other)
				}
			}
		}
		change := func(customer customers.Customer, err error) customers.Customer {
			t.Helper()
			if err != nil {
				t.Error(err)
			}
			if len(customer.Keys) != 1 || !slices.Equal(customer.Keys[0].Secret, added.Keys[0].Secret) {
				t.Errorf("the keys are now %v", customer.Keys)
			}
			return customer
		}
		check("no", "no")
		change(here.Pause("acme", "link", "loops"))
		check("template: loops", "no")
		began := time.Now().UTC().Truncate(time.Second)
		change(here.Pause("acme", "", "unpaid"))
		check("customer: unpaid", "customer: unpaid")
		again := change(there.Pause("acme", "", "on holiday"))
		check("customer: on holiday", "customer: on holiday")
		if !again.Paused.Since.Equal(began) {
			t.Errorf("paused since %v, want %v, when it began", again.Paused.Since, began)
		}
		change(here.Limit("acme", func(l *customers.Limits) { l.Concurrency = 2 })) // keeps the rest
		check("customer: on holiday", "customer: on holiday")
		change(here.Resume("acme", ""))
		check("template: loops", "no")
		change(here.Resume("acme", ""))
		change(here.Resume("acme", "other"))
		check("template: loops", "no")
		last := change(there.Resume("acme", "link"))
		check("no", "no")
		if last.Paused != nil || len(last.PausedTemplates) != 0 || last.Limits.Concurrency != 2 {
			t.Errorf("at the end: %+v", last)
		}
	})
	data, err := os.ReadFile(filepath.Join(dir, "acme.json"))
	if err != nil || strings.Contains(string(data), "paused") {
		t.Errorf("at the end the file is\n%s%v", data, err)
	}
}

func TestInvalidSettings(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	if _, err := list.Add("acme"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, "acme.json"))
	if err != nil {
		t.Fatal(err)
	}
	f := func(want string, err error) {
		t.Helper()
		if !errors.Is(err, customers.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
	_, err = list.Pause("acme", "../x", "")
	f("template: expected an ID", err)
	_, err = list.Resume("acme", "a b")
	f("template: expected an ID", err)
	_, err = list.Pause("acme", "", "two\nlines")
	f("why: expected one line", err)
	_, err = list.Pause("acme", "", "\xff")
	f("why: expected one line", err)
	_, err = list.Pause("acme", "", strings.Repeat("x", 201))
	f("why: expected at most 200", err)
	share, failures := 1.01, -2
	_, err = list.Log("acme", customers.Log{Share: &share, Failures: &failures})
	f("log.share: expected 0 to 1, found 1.01", err)
	f("log.failures: expected 0 or more", err)
	_, err = list.Limit("acme", func(l *customers.Limits) { l.SlowRenders = -2 })
	f("limits.slow_renders", err)
	after, err := os.ReadFile(filepath.Join(dir, "acme.json"))
	if err != nil || string(after) != string(before) {
		t.Errorf("it was changed to\n%s%v", after, err)
	}

	for i := range 100 {
		if _, err := list.Pause("acme", fmt.Sprint("t", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	_, err = list.Pause("acme", "more", "")
	f("paused_templates: expected at most 100, found 101", err)
	if _, err := list.Pause("acme", "t7", "of these"); err != nil {
		t.Error(err)
	}
}

// What people write into a file is checked as it is read, and is nobody's wrong use.
func TestInvalidFiles(t *testing.T) {
	t.Parallel()
	f := func(content, want string) {
		t.Helper()
		list, dir := open(t)
		if err := os.WriteFile(filepath.Join(dir, "acme.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := list.Pause("acme", "", "")
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", content, err)
			}
			return
		}
		if err == nil || errors.Is(err, customers.ErrInvalid) || !strings.Contains(err.Error(), "read customer acme: invalid settings: "+want) {
			t.Errorf("%s: %v; want %q", content, err, want)
		}
	}
	f(`{"keys":[],"paused":{}}`, "")
	f(`{"keys":[],"paused":null,"paused_templates":{},"log":{}}`, "")
	f(`{"keys":[],"log":{"share":2}}`, "log.share")
	f(`{"keys":[],"log":{"failures":-3}}`, "log.failures")
	f(`{"keys":[],"paused":{"why":"a\u0000b"}}`, "why: expected one line")
	f(`{"keys":[],"paused_templates":{"../x":{}}}`, `paused_templates: expected the ID of a template, found "../x"`)
}

func TestLog(t *testing.T) {
	t.Parallel()
	list, _ := open(t)
	if _, err := list.Add("acme"); err != nil {
		t.Fatal(err)
	}
	share, failures := 0.0, 0
	for _, want := range []customers.Log{{Share: &share, Failures: &failures}, {Share: &share}, {Failures: &failures}, {}} {
		customer, err := list.Log("acme", want)
		if err != nil || !reflect.DeepEqual(customer.Log, want) {
			t.Errorf("Log = %+v, %v; want %+v", customer.Log, err, want)
		}
	}
}

// A change counts even when the file's time is the same, as of two changes within one tick of the disk's clock.
func TestChangeWithinOneTick(t *testing.T) {
	t.Parallel()
	here, dir := open(t)
	there, err := customers.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	there.SetNow(func() time.Time { return now })
	if _, err := here.Add("acme"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "acme.json")
	for i := range 10 {
		why := strconv.Itoa(i)
		if _, err := here.Pause("acme", "", why); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Second)
		if err := os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
		customer, err := there.Customer("acme")
		if err != nil || customer.Paused == nil || customer.Paused.Why != why {
			t.Errorf("change %d: paused %+v, %v", i, customer.Paused, err)
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	list, dir := open(t)
	if ids, err := list.List(); err != nil || len(ids) != 0 {
		t.Errorf("List = %q, %v", ids, err)
	}
	for _, id := range []string{"b", "a", "c-1"} {
		if _, err := list.Add(id); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"notes.txt", "Bad.json", ".tmp123.json", ".json"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if ids, err := list.List(); err != nil || !slices.Equal(ids, []string{"a", "b", "c-1"}) {
		t.Errorf("List = %q, %v", ids, err)
	}
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	if ids, err := list.List(); err == nil {
		t.Errorf("List without its folder = %q", ids)
	}
}

// It is asked for each request, some thousand times a second.
func BenchmarkCustomer(b *testing.B) {
	list, err := customers.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := list.Add("acme"); err != nil {
		b.Fatal(err)
	}
	if _, err := list.Pause("acme", "link", "loops"); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		customer, err := list.Customer("acme")
		if _, _, paused := customer.Pausing("link"); err != nil || !paused {
			b.Fatal(err)
		}
	}
}
