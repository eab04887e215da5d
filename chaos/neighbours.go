//go:build linux

package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// span measures who used the CPUs between two moments: the nodes, this process, and
// whoever else lives on the machine. Figures of a node that had to share its CPU are
// not its own.
type span struct {
	w           *world
	begin       time.Time
	nodes, self time.Duration
	busy        time.Duration // of the nodes' first CPU
}

func (w *world) span() span {
	return span{w: w, begin: time.Now(), nodes: w.nodesCPU(), self: ownCPU(), busy: busy(w.NodeCPU)}
}

func (w *world) nodesCPU() (sum time.Duration) {
	for _, n := range w.nodes {
		if u, err := n.usage(); err == nil { // a node that is gone uses none
			sum += u.cpu
		}
	}
	return sum
}

func ownCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// busy is how long a CPU has not been idle since the machine started. Of several, the
// first is looked at.
func busy(cpus string) time.Duration {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	first := strings.FieldsFunc(cpus, func(r rune) bool { return r == ',' || r == '-' })
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(first) == 0 || len(fields) < 9 || fields[0] != "cpu"+first[0] {
			continue
		}
		var total time.Duration
		for i, f := range fields[1:9] {
			if n, err := strconv.ParseInt(f, 10, 64); err == nil && i != 3 && i != 4 { // idle and waiting for disks
				total += time.Duration(n) * tick
			}
		}
		return total
	}
	return 0
}

// shares tells, in percent of one CPU, what the nodes, others on their CPU, and the
// generator used.
func (s span) shares() string {
	took := time.Since(s.begin)
	share := func(d time.Duration) float64 { return 100 * float64(d) / float64(took) }
	nodes := s.w.nodesCPU() - s.nodes
	others := max(0, busy(s.w.NodeCPU)-s.busy-nodes)
	return fmt.Sprintf("%.0f / %.0f / %.0f", share(nodes), share(others), share(ownCPU()-s.self))
}

// sharesHead is the head of a column of shares.
const sharesHead = "CPU %: nodes / others there / generator"
