//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// process is a program that was started here, pinned to CPUs, and dies with this one.
type process struct {
	cmd   *exec.Cmd
	log   string
	ended chan struct{} // closed when it has
}

// start runs a program. What it prints goes to the end of a log.
func start(cpus, log, program string, args ...string) (*process, error) {
	if err := os.MkdirAll(filepath.Dir(log), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if cpus != "" { // taskset becomes the program: the process is the same
		program, args = "taskset", append([]string{"-c", cpus, program}, args...)
	}
	p := &process{cmd: exec.Command(program, args...), log: log, ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = file, file
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true} // Ctrl-C is for this process alone
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // how it ended stands in its log
	}()
	return p, nil
}

func (p *process) alive() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// end signals the process and waits until it is gone, or kills it.
func (p *process) end(sig syscall.Signal, within time.Duration) error {
	if !p.alive() {
		return nil
	}
	_ = p.cmd.Process.Signal(sig) // it may have ended by itself
	select {
	case <-p.ended:
		return nil
	case <-time.After(within):
	}
	_ = p.cmd.Process.Kill()
	<-p.ended
	return fmt.Errorf("process %d did not end within %v of %v", p.cmd.Process.Pid, within, sig)
}

// tail is the end of the log, for messages.
func (p *process) tail() string {
	data, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	const most = 2000
	return string(data[max(0, len(data)-most):])
}

// usage is what the kernel says of a process.
type usage struct {
	cpu   time.Duration // user and system
	rss   float64       // MB
	files int
}

// tick is the kernel's unit of CPU time for programs (USER_HZ), the same everywhere.
const tick = 10 * time.Millisecond

func (p *process) usage() (u usage, err error) {
	dir := "/proc/" + strconv.Itoa(p.cmd.Process.Pid)
	stat, err := os.ReadFile(dir + "/stat")
	if err != nil {
		return u, err
	}
	// The name in parentheses may hold anything; utime, stime and rss are the 14th,
	// 15th and 24th field.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 22 {
		return u, errors.New("read /proc: expected 22 fields behind the name")
	}
	number := func(i int) int64 { n, _ := strconv.ParseInt(string(fields[i-3]), 10, 64); return n }
	u.cpu = time.Duration(number(14)+number(15)) * tick
	u.rss = float64(number(24)) * float64(os.Getpagesize()) / 1e6
	open, err := os.ReadDir(dir + "/fd")
	u.files = len(open)
	return u, err
}
