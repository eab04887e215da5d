package fetcher_test

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/adloom/adloom/fetcher"
)

func prefixes(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

func TestGuardRefuses(t *testing.T) {
	t.Parallel()
	guard := fetcher.NewGuard(nil)
	f := func(addr, why string) {
		t.Helper()
		var blocked *fetcher.BlockedError
		err := guard.Check(netip.MustParseAddr(addr))
		if !errors.As(err, &blocked) || !strings.Contains(blocked.Why, why) || !strings.Contains(err.Error(), blocked.Addr.String()) {
			t.Errorf("%s: got %v, want it refused: %s", addr, err, why)
		}
	}
	f("0.0.0.0", "RFC 1122")
	f("0.1.2.3", "RFC 1122")
	f("10.0.0.1", "RFC 1918")
	f("100.64.0.1", "RFC 6598")
	f("100.127.255.255", "RFC 6598")
	f("127.0.0.1", "loopback")
	f("127.255.255.254", "loopback")
	f("168.63.129.16", "Azure")
	f("169.254.169.254", "RFC 3927")
	f("172.16.0.1", "RFC 1918")
	f("172.31.255.255", "RFC 1918")
	f("192.0.0.192", "RFC 6890")
	f("192.0.2.1", "RFC 5737")
	f("192.31.196.1", "AS112")
	f("192.52.193.1", "AMT")
	f("192.88.99.1", "RFC 7526")
	f("192.175.48.6", "AS112")
	f("192.168.1.1", "RFC 1918")
	f("198.18.0.1", "RFC 2544")
	f("198.19.255.255", "RFC 2544")
	f("198.51.100.1", "RFC 5737")
	f("203.0.113.1", "RFC 5737")
	f("224.0.0.1", "multicast")
	f("239.255.255.255", "multicast")
	f("240.0.0.1", "reserved")
	f("255.255.255.255", "broadcast")

	f("::", "unspecified")
	f("::1", "loopback")
	f("100::1", "discard")
	f("2001:2::1", "benchmarks")
	f("2001:10::1", "ORCHID")
	f("2001:2f::1", "ORCHIDv2")
	f("2001:3f::1", "DRIP")
	f("2001:1::1", "RFC 2928") // PCP anycast
	f("2001:2:1::1", "RFC 2928")
	f("2001:3::1", "AMT")
	f("2001:4:112::1", "AS112")
	f("2001:4:113::1", "RFC 2928")
	f("2001:f::1", "RFC 2928")
	f("2001:40::1", "RFC 2928")
	f("2001:ff::1", "RFC 2928")
	f("2001:1ff:ffff::1", "RFC 2928")
	f("2620:4f:8000::1", "AS112")
	f("2001:db8::1", "documentation")
	f("3fff::1", "documentation")
	f("5f00::1", "segment routing")
	f("fc00::1", "RFC 4193")
	f("fd00:ec2::254", "RFC 4193")
	f("fe80::1", "link-local")
	f("febf::1", "link-local")
	f("fec0::1", "site-local")
	f("ff02::1", "multicast")
	f("fe80::1%eth0", "RFC 4007")
	f("2a00:1450::1%eth0", "RFC 4007")
	f("4000::1", "2000::/3")
	f("1::1", "2000::/3")

	f("::ffff:127.0.0.1", "loopback")
	f("::ffff:169.254.169.254", "link-local")
	f("::127.0.0.1", "IPv4-compatible")
	f("::10.0.0.1", "IPv4-compatible")
	f("::ffff:0:10.0.0.1", "IPv4-translated")
	f("64:ff9b::10.0.0.1", "NAT64")
	f("64:ff9b::a9fe:a9fe", "NAT64")
	f("64:ff9b:1::8.8.8.8", "RFC 8215")
	f("64:ff9b:1:fffe::10.0.0.1", "RFC 8215")
	f("2002:7f00:1::", "6to4")
	f("2002:a9fe:a9fe::1", "6to4")
	f("2001:0:a00:1::f7f7:f7f7", "Teredo server")          // server 10.0.0.1, client 8.8.8.8
	f("2001:0:808:808::80ff:fffe", "Teredo client")        // server 8.8.8.8, client 127.0.0.1
	f("2a00:1450::5efe:10.0.0.1", "ISATAP")                // under a public prefix
	f("2a00:1450::200:5efe:127.0.0.1", "ISATAP")           // with the global bit
	f("2002:808:808::5efe:192.168.1.1", "ISATAP")          // in public 6to4
	f("2002:6440:1::", "6to4 address (RFC 3056) carrying") // 100.64.0.1
	if err := guard.Check(netip.Addr{}); err == nil {
		t.Error("the zero address was let through")
	}
}

func TestGuardAllows(t *testing.T) {
	t.Parallel()
	f := func(addr string, allow ...string) {
		t.Helper()
		if err := fetcher.NewGuard(prefixes(allow...)).Check(netip.MustParseAddr(addr)); err != nil {
			t.Errorf("%s with %v: %v", addr, allow, err)
		}
	}
	f("8.8.8.8")
	f("1.1.1.1")
	f("172.15.255.255")
	f("172.32.0.1")
	f("100.63.255.255")
	f("2606:4700::1111")
	f("2001:200::1") // the first that was given to a registry
	f("2620:4f:8001::1")
	f("192.31.195.1")
	f("2a00:1450:4001:830::200e")
	f("::ffff:8.8.8.8")
	f("64:ff9b::8.8.8.8")
	f("2002:808:808::1")
	f("10.1.2.3", "10.0.0.0/8")
	f("10.1.2.3", "10.9.9.9/8") // host bits do not matter
	f("::ffff:10.1.2.3", "10.0.0.0/8")
	f("64:ff9b::10.1.2.3", "10.0.0.0/8")
	f("2002:a01:203::1", "10.0.0.0/8")
	f("::1", "::1/128")
	f("fd12::1", "fd00::/8")
	f("64:ff9b:1::10.1.2.3", "64:ff9b:1::/48")

	half := netip.MustParseAddr("2001:0:a00:1::80ff:fffe") // Teredo server 10.0.0.1, client 127.0.0.1
	if fetcher.NewGuard(prefixes("10.0.0.0/8")).Check(half) == nil {
		t.Error("one of two carried addresses was allowed, and that let the other through")
	}
	if fetcher.NewGuard(prefixes("10.0.0.0/8")).Check(netip.MustParseAddr("192.168.0.1")) == nil {
		t.Error("an exception let a neighbour through")
	}
}

func TestConfigRefusesMappedAllow(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.Allow = prefixes("::ffff:10.0.0.0/104")
	if err := cfg.Validate(); err == nil || !strings.Contains(err.Error(), "written as IPv4") {
		t.Errorf("got %v", err)
	}
}

func TestRedirectToLocal(t *testing.T) {
	t.Parallel()
	inside := newShop(t, serving(jpegOf(t, 3, 2)))
	_, port, _ := net.SplitHostPort(inside.Listener.Addr().String())
	for _, target := range []string{"http://[::1]:" + port, "http://127.0.0.2:" + port, "http://0.0.0.0:" + port} {
		outside := newShop(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
		_, _, err := fetchOnce(t, local(), nil, outside.URL)
		wantError(t, err, fetcher.BlockedAddress, 0)
		if !strings.Contains(err.Error(), "redirected to "+target) {
			t.Errorf("%q does not name the hop", err)
		}
	}
	if len(inside.asked()) != 0 {
		t.Error("a request came through")
	}
}

// The name leads to an allowed address at first and to another when the shop's page redirects to itself.
func TestRebinding(t *testing.T) {
	t.Parallel()
	s := newShop(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		http.Redirect(w, r, "/again", http.StatusFound)
	})
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	cfg := local()
	cfg.Resolver = names(t, func(string) string {
		if len(s.asked()) == 0 {
			return "127.0.0.1"
		}
		return "127.0.0.2"
	})
	_, _, err := fetchOnce(t, cfg, nil, "http://shop.example:"+port+"/")
	wantError(t, err, fetcher.BlockedAddress, 0)
	if !strings.Contains(err.Error(), "127.0.0.2") || len(s.asked()) != 1 {
		t.Errorf("got %v after %d requests", err, len(s.asked()))
	}
}

func TestNameOfPrivateAddress(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"10.0.0.1", "169.254.169.254", "100.100.100.200"} {
		cfg := fetcher.DefaultConfig()
		cfg.Resolver = names(t, func(string) string { return addr })
		_, _, err := fetchOnce(t, cfg, nil, "http://metadata.example/")
		wantError(t, err, fetcher.BlockedAddress, 0)
		if !strings.Contains(err.Error(), addr) {
			t.Errorf("%q does not name the address", err)
		}
	}
}

func TestUnknownName(t *testing.T) {
	t.Parallel()
	cfg := fetcher.DefaultConfig()
	cfg.Resolver = names(t, func(string) string { return "" })
	_, _, err := fetchOnce(t, cfg, nil, "http://no-such-shop.example/")
	wantError(t, err, fetcher.DNS, 0)
}
