//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/renderurl"
)

// world is what a scenario plays in. Its close ends and removes all of it.
type world struct {
	*options
	dir       string // logs
	data      string // the nodes'
	mounted   bool   // data is a file system of its own
	redis     *redisServer
	shop      *shop
	nodes     []*node
	customers []customer
	photos    []string // files
}

// customer is somebody who signs.
type customer struct {
	id  string
	key renderurl.Key
}

// plan is what a world is made of.
type plan struct {
	customers int
	nodes     int
	flags     []string // of the nodes
	// diskMB puts the nodes' data on a file system of this size, if this machine
	// allows that.
	diskMB int
}

// build makes a world with its nodes ready.
func (b *bench) build(ctx context.Context, p plan) (w *world, err error) {
	w = &world{options: b.options, dir: filepath.Join(b.dir, b.scenario.name)}
	w.data = filepath.Join(w.dir, "data")
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if err := os.MkdirAll(w.data, 0o755); err != nil {
		return w, err
	}
	if p.diskMB > 0 {
		w.mount(p.diskMB)
	}
	if w.photos, err = photoFiles(b.options); err != nil {
		return w, err
	}
	pictures, err := readAll(w.photos)
	if err != nil {
		return w, err
	}
	if w.shop, err = openShop(pictures); err != nil {
		return w, err
	}
	if err := w.openRedis(ctx); err != nil {
		return w, err
	}
	if err := w.enroll(ctx, p.customers); err != nil {
		return w, err
	}
	for i := range p.nodes {
		if err := w.addNode(ctx, fmt.Sprintf("node%d", i+1), p.flags); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (w *world) openRedis(ctx context.Context) error {
	addr, err := freeAddr("127.0.0.1")
	if err != nil {
		return err
	}
	w.redis = &redisServer{w: w, addr: addr}
	return w.redis.start(ctx)
}

func (w *world) addNode(ctx context.Context, name string, flags []string) error {
	addr, err := freeAddr("127.0.0.1")
	if err != nil {
		return err
	}
	admin, err := freeAddr("127.0.0.1")
	if err != nil {
		return err
	}
	n := &node{w: w, name: name, addr: addr, admin: admin, flags: flags}
	w.nodes = append(w.nodes, n)
	return n.start(ctx)
}

// enroll adds customers, each with the link ad, as an operator would.
func (w *world) enroll(ctx context.Context, n int) error {
	list, err := customers.Open(filepath.Join(w.data, "customers"))
	if err != nil {
		return err
	}
	ad, err := fs.Sub(examples.Templates(), "link")
	if err != nil {
		return err
	}
	folder := filepath.Join(w.dir, "link")
	if err := os.CopyFS(folder, ad); err != nil {
		return err
	}
	for i := range n {
		id := fmt.Sprintf("customer%d", i)
		if err := w.adloom(ctx, "customer", "add", id, "--data", w.data); err != nil {
			return err
		}
		if err := w.adloom(ctx, "template", "push", folder, "--data", w.data, "--customer", id, "--id", "link", "--publish"); err != nil {
			return err
		}
		known, err := list.Customer(id)
		if err != nil {
			return err
		}
		w.customers = append(w.customers, customer{id, known.Keys[0]})
	}
	return nil
}

// adloom runs a command of the binary.
func (w *world) adloom(ctx context.Context, args ...string) error {
	out, err := exec.CommandContext(ctx, w.Binary, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("adloom %s: %w\n%s", args[0], err, out)
	}
	return nil
}

// mount puts a small file system under the data. Without the right to, the data stays
// on the common one.
func (w *world) mount(megabytes int) {
	err := unix.Mount("chaos", w.data, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes))
	if w.mounted = err == nil; err != nil {
		fmt.Printf("no small disk for the nodes: %v\n", err)
	}
}

// close ends the nodes as an operator would, then the rest.
func (w *world) close() error {
	var errs []error
	for _, n := range w.nodes {
		if n.p != nil {
			errs = append(errs, n.p.end(syscall.SIGTERM, 30*time.Second))
		}
	}
	if w.redis != nil {
		errs = append(errs, w.redis.close())
	}
	if w.shop != nil {
		w.shop.close()
	}
	if w.mounted {
		errs = append(errs, unmount(w.data))
	}
	opsClient.CloseIdleConnections()
	return errors.Join(errs...)
}

// unmount waits for whoever still has a file open.
func unmount(dir string) error {
	var err error
	for range 50 {
		if err = unix.Unmount(dir, 0); !errors.Is(err, unix.EBUSY) {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("unmount %s: %w", dir, err)
}
