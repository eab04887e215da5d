// Command adloom turns product catalogs into ad images. Run "adloom --help".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	done   = 0
	failed = 1
	misuse = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// cli is the command line. Every flag can also be set as ADLOOM_FLAG_NAME.
type cli struct {
	Serve    serveCmd         `cmd:"" help:"Serve render URLs: everything in one process, on embedded defaults."`
	Render   renderCmd        `cmd:"" help:"Draw one picture from a template file."`
	Explain  explainCmd       `cmd:"" help:"Say why the picture of a render URL looks as it does."`
	URL      urlCmd           `cmd:"" name:"url" help:"Print a signed render URL."`
	Feed     feedCmd          `cmd:"" help:"Turn a catalog feed into a feed of render URLs."`
	Template templateCmd      `cmd:"" help:"Push, publish and list templates."`
	Customer customerCmd      `cmd:"" help:"Add customers, rotate their keys, limit, log and pause them."`
	Warm     warmCmd          `cmd:"" help:"Fetch the URLs of a feed, a list or an access log at a given pace, and say what came of it."`
	Bench    benchCmd         `cmd:"" help:"Time the reference ads against the codec floor."`
	Doctor   doctorCmd        `cmd:"" help:"Say what this machine has and lacks."`
	Identify identifyCmd      `cmd:"" help:"Say what the engine makes of pictures."`
	Text     textCmd          `cmd:"" help:"Set text cases: where lines end, how wide they are, and a picture of each."`
	Version  kong.VersionFlag `env:"-" help:"Print the version."`
}

// out is where a command writes.
type out struct {
	stdout, stderr io.Writer
}

// run is the program as a value, for tests: it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("adloom"),
		kong.Description("Adloom turns product catalogs into ad images."),
		kong.DefaultEnvars("ADLOOM"),
		kong.Vars{"version": version()},
		kong.Writers(stdout, stderr),
		kong.Exit(func(c int) { code = c }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "adloom:", err)
		return failed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if code >= 0 {
		return code // --help and --version have answered
	}
	if err != nil {
		fmt.Fprintf(stderr, "adloom: %v\nRun \"adloom --help\" for the commands and flags.\n", err)
		return misuse
	}
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(out{stdout, stderr})
	var wrong *usageError
	switch {
	case err == nil:
		return done
	case errors.As(err, &wrong):
		fmt.Fprintln(stderr, "adloom:", err)
		return misuse
	}
	fmt.Fprintln(stderr, "adloom:", err)
	return failed
}

// usageError is a command that was called wrongly.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func wrongUse(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }
