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
	b                *bench
	w                *world
	begin            time.Time
	nodes, self      time.Duration
	atNodes, atLoads time.Duration // their CPUs have not been idle
}

func (b *bench) span(w *world) span {
	return span{b: b, w: w, begin: time.Now(), nodes: w.nodesCPU(), self: ownCPU(), atNodes: busy(w.NodeCPU), atLoads: busy(w.LoadCPU)}
}

// shares are parts of one CPU, 0 to 1: what the nodes used, what others used there,
// what the generator used, and what was idle beside it.
type shares struct{ nodes, others, generator, idle float64 }

// sharesHead is the head of a column of shares.
const sharesHead = "CPU %: nodes / others there / generator / idle there"

func (s shares) String() string {
	return fmt.Sprintf("%.0f / %.0f / %.0f / %.0f", 100*s.nodes, 100*s.others, 100*s.generator, 100*s.idle)
}

// shares ends the span.
func (s span) shares() shares {
	took := float64(time.Since(s.begin))
	nodes := s.w.nodesCPU() - s.nodes
	out := shares{
		nodes:     float64(nodes) / took,
		others:    float64(max(0, busy(s.w.NodeCPU)-s.atNodes-nodes)) / took,
		generator: float64(ownCPU()-s.self) / took,
		idle:      max(0, 1-float64(busy(s.w.LoadCPU)-s.atLoads)/took),
	}
	s.b.others = max(s.b.others, out.others)
	return out
}

// noteNeighbours warns of figures that are not the nodes' own.
func (b *bench) noteNeighbours() {
	if b.others > 0.1 {
		b.note("Others took up to %.0f %% of the nodes' CPU: latencies are theirs as well.", 100*b.others)
	}
}

func (w *world) nodesCPU() (sum time.Duration) {
	for _, n := range w.nodes {
		sum += n.spent()
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

// busy is how long programs have used a CPU since the machine started, or were kept
// from it by another machine. What the kernel does for the network on its own account
// (softirq) is nobody's. Of several CPUs the first is looked at.
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
		for _, i := range []int{1, 2, 3, 8} { // user, nice, system, steal
			if n, err := strconv.ParseInt(fields[i], 10, 64); err == nil {
				total += time.Duration(n) * tick
			}
		}
		return total
	}
	return 0
}
