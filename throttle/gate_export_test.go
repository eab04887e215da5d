package throttle

import "fmt"

// Accounts is how many customers the gate keeps anything of.
func (g *Gate) Accounts() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.accounts.of)
}

// Check looks for contradictions between what the gate counts and what it has.
func (g *Gate) Check() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	var entries, busy, inside, resting int
	var reserved, passed, held int64
	for _, e := range g.fair.running {
		reserved += e.bytes
		if g.memory.turn != nil && e.passes == g.memory.turn {
			passed += e.bytes
		}
	}
	for i, a := range g.fair.waiting {
		entries += a.line.len
		if a.place != i || a.line.len == 0 || i > 0 && a.comesBefore(g.fair.waiting[(i-1)/2]) {
			return fmt.Errorf("customer %q, %d waiting, stands wrong at %d", a.customer, a.line.len, i)
		}
	}
	for _, a := range g.accounts.of {
		inside += a.inside
		held += a.held
		if a.busy() {
			busy++
		}
		if a.resting {
			resting++
		}
		if a.resting != (a.inside == 0 && !a.busy()) {
			return fmt.Errorf("customer %q: resting %v with %d inside, %d running, %d waiting", a.customer, a.resting, a.inside, a.running, a.line.len)
		}
	}
	got := fmt.Sprint(g.fair.entries, g.fair.busy, g.inside, g.accounts.resting, g.memory.reserved, g.held)
	want := fmt.Sprint(entries, busy, inside, resting, reserved, held)
	if got != want {
		return fmt.Errorf("waiting, busy, inside, resting, reserved, held: %s counted, %s found", got, want)
	}
	if g.memory.turn != nil && (g.memory.passed != passed || g.memory.turn.account.line.head != g.memory.turn) {
		return fmt.Errorf("turn: %d bytes have passed it by the count, %d by looking", g.memory.passed, passed)
	}
	if g.cfg.MaxBytes >= 0 && reserved > g.cfg.MaxBytes || len(g.fair.running) > g.cfg.Slots {
		return fmt.Errorf("%d bytes and %d slots in use, beyond the limits", reserved, len(g.fair.running))
	}
	return nil
}
