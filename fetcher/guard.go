package fetcher

import (
	"context"
	"fmt"
	"net/netip"
	"syscall"
)

// Guard decides which addresses may be connected to. It looks at addresses only, never at how a URL spells its host:
// Control runs after DNS, for each connection, so redirects, rebinding and odd spellings of an address all meet it.
// It is safe for concurrent use.
type Guard struct {
	allow []netip.Prefix
}

// NewGuard returns a guard that allows public addresses and those in allow.
func NewGuard(allow []netip.Prefix) *Guard {
	g := &Guard{}
	for _, p := range allow {
		g.allow = append(g.allow, p.Masked())
	}
	return g
}

// BlockedError names an address that was refused and why.
type BlockedError struct {
	Addr netip.Addr // the zero one when there is none
	Why  string     // such as "private network, RFC 1918"
}

func (e *BlockedError) Error() string {
	if !e.Addr.IsValid() {
		return "expected a public address, found " + e.Why
	}
	return fmt.Sprintf("expected a public address, found %s (%s)", e.Addr, e.Why)
}

// Control fits net.Dialer.ControlContext.
func (g *Guard) Control(_ context.Context, network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("expected a TCP connection, found %s", network)
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return &BlockedError{Why: fmt.Sprintf("none in %q", address)}
	}
	return g.Check(to.Addr())
}

// Check returns a *BlockedError when addr must not be connected to.
func (g *Guard) Check(addr netip.Addr) error {
	if why := g.refuse(addr); why != "" {
		return &BlockedError{Addr: addr, Why: why}
	}
	return nil
}

// refuse returns why addr is refused, or nothing. An address that carries IPv4 addresses is as good as the worst of
// them, since a gateway on the way may unwrap any of them.
func (g *Guard) refuse(addr netip.Addr) string {
	if !addr.IsValid() {
		return "no address"
	}
	if addr.Zone() != "" {
		return "address of one link, RFC 4007"
	}
	addr = addr.Unmap()
	for _, p := range g.allow {
		if p.Contains(addr) {
			return ""
		}
	}
	for _, s := range special {
		if s.prefix.Contains(addr) {
			return s.why
		}
	}
	if addr.Is4() {
		return ""
	}
	inside := embedded(addr)
	for _, inner := range inside {
		if why := g.refuse(inner.addr); why != "" {
			return fmt.Sprintf("%s carrying %s: %s", inner.form, inner.addr, why)
		}
	}
	if len(inside) == 0 && !globalUnicast.Contains(addr) {
		return "outside global unicast 2000::/3, RFC 4291"
	}
	return ""
}
