//go:build linux

// Command chaos puts real nodes under load and trouble, and says whether they kept
// their promises: the figures behind docs/reliability.md. It starts the built binary,
// a redis-server and a shop on loopback addresses, in a folder of its own, and ends
// all that it started, also on Ctrl-C.
//
//	make build && go run ./chaos overload --short
//	make chaos
//
// One CPU is the nodes' (--node-cpu), another one carries all the rest: generator, shop and
// Redis (--load-cpu). What a node can do is then what one CPU can do.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/redis/go-redis/v9/logging"
)

// options are the command line.
type options struct {
	Scenario []string      `arg:"" help:"Scenarios to run: ${scenarios}, or all."`
	Short    bool          `env:"CHAOS_SHORT" help:"Seconds in place of minutes, for trying out. Figures are then rough."`
	Binary   string        `default:"bin/adloom" help:"The node."`
	Photos   string        `placeholder:"FOLDER" help:"Photos of the shop: the JPEGs of this folder. The demo shop's by default."`
	NodeCPU  string        `name:"node-cpu" default:"0" help:"CPUs of the nodes, as taskset -c takes them."`
	LoadCPU  string        `name:"load-cpu" default:"1" help:"CPUs of all the rest."`
	Write    string        `placeholder:"FILE" help:"Also write the tables between the markers of a Markdown file. Short rounds are not written."`
	Soak     time.Duration `help:"Length of the soak; 30 minutes by default, 15 among all, 90 seconds with --short."`
	Seed     uint64        `help:"Seed of the chance in the soak; the time by default. It is printed."`
	Keep     bool          `help:"Keep the folder with the logs."`
	Verbose  bool          `short:"v" help:"Print each load's whole report."`

	dir string // of this run
}

// scenario is one question to the nodes.
type scenario struct {
	name string
	asks string
	run  func(context.Context, *bench) error
}

func scenarios() []scenario {
	return []scenario{
		{"cpu", "What does a render cost beside its codecs?", runCPU},
		{"overload", "What is served while more comes than can be?", runOverload},
		{"fair", "Does one customer's crowd slow the others?", runFair},
		{"herd", "What do a thousand at once for the same cost?", runHerd},
		{"shops", "Does a bad shop slow the good ones' customers?", runShops},
		{"leases", "Do leases hold their bound, and come back from the dead?", runLeases},
		{"soak", "Is every answer right while everything breaks?", runSoak},
	}
}

func names() []string {
	var out []string
	for _, s := range scenarios() {
		out = append(out, s.name)
	}
	return out
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == refuser {
		fmt.Fprintln(os.Stderr, "chaos:", refuse())
		os.Exit(1)
	}
	var o options
	parser := kong.Parse(&o, kong.Name("chaos"), kong.Description("Puts real nodes under load and trouble."),
		kong.Vars{"scenarios": strings.Join(names(), ", ")}, kong.UsageOnError())
	if err := pin(&o); err != nil {
		parser.FatalIfErrorf(err)
	}
	logging.Disable() // a Redis that is away is part of the play
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once, and the kernel its children
	ok, err := run(ctx, &o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
	}
	if err != nil || !ok {
		stop()
		os.Exit(1)
	}
}

// pinned tells the process that it runs where it should.
const pinned = "CHAOS_PINNED"

// pin starts the program again on the CPUs of the load: its own threads must not run
// where the nodes do, and it must count only its own CPUs.
func pin(o *options) error {
	if os.Getenv(pinned) == o.LoadCPU || o.LoadCPU == "" {
		return nil
	}
	taskset, err := exec.LookPath("taskset")
	if err != nil {
		return fmt.Errorf("pin: %w (Debian package util-linux has it)", err)
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("pin: %w", err)
	}
	args := append([]string{"taskset", "-c", o.LoadCPU, self}, os.Args[1:]...)
	return syscall.Exec(taskset, args, append(os.Environ(), pinned+"="+o.LoadCPU))
}

// run runs the scenarios one after the other, each in a world of its own.
func run(ctx context.Context, o *options) (ok bool, err error) {
	wanted, err := o.wanted()
	if err != nil {
		return false, err
	}
	if o.Short {
		o.Write = "" // rough figures are no record
	}
	if o.Binary, err = filepath.Abs(o.Binary); err != nil {
		return false, err
	}
	if _, err := os.Stat(o.Binary); err != nil {
		return false, fmt.Errorf("expected the node's binary (make build): %w", err)
	}
	if o.dir, err = os.MkdirTemp("", "adloom-chaos-"); err != nil {
		return false, err
	}
	defer o.clean()
	report := &report{machine: machine(o)}
	fmt.Println(report.machine)
	ok = true
	var failures []error
	for _, s := range wanted {
		begin := time.Now()
		fmt.Printf("\n== %s: %s\n", s.name, s.asks)
		b := &bench{options: o, scenario: s}
		err := s.run(ctx, b)
		b.took = time.Since(begin)
		if ctx.Err() != nil {
			return false, errors.Join(append(failures, errors.New("stopped"))...)
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", s.name, err))
			b.check("ran to its end", err.Error(), "yes", false)
		}
		b.noteNeighbours()
		b.print(os.Stdout)
		report.add(b)
		ok = ok && b.passed()
	}
	if o.Write != "" {
		failures = append(failures, report.write(o.Write))
	}
	return ok, errors.Join(failures...)
}

func (o *options) wanted() ([]scenario, error) {
	all := scenarios()
	if slices.Equal(o.Scenario, []string{"all"}) {
		return all, nil
	}
	var wanted []scenario
	for _, name := range o.Scenario {
		i := slices.IndexFunc(all, func(s scenario) bool { return s.name == name })
		if i < 0 {
			return nil, fmt.Errorf("expected all or some of %s; found %q", strings.Join(names(), ", "), name)
		}
		wanted = append(wanted, all[i])
	}
	return wanted, nil
}

func (o *options) clean() {
	if o.Keep {
		fmt.Println("\nlogs are in", o.dir)
		return
	}
	if err := os.RemoveAll(o.dir); err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
	}
}

// lasts is how long something runs: the long time, or the short one.
func (o *options) lasts(long, short time.Duration) time.Duration {
	if o.Short {
		return short
	}
	return long
}

// times is how often something is done.
func (o *options) times(long, short int) int {
	if o.Short {
		return short
	}
	return long
}
