package throttle

// Accounts is how many customers the gate keeps anything of.
func (g *Gate) Accounts() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.accounts.of)
}
