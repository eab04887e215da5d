package fetcher_test

import (
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/adloom/adloom/fetcher"
)

// inside is a machine of the local network: it listens at all addresses of this one, and must never be connected to.
type inside struct {
	port     string
	accepted atomic.Int32
}

func newInside(t *testing.T) *inside {
	t.Helper()
	listener, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	i := &inside{}
	_, i.port, _ = net.SplitHostPort(listener.Addr().String())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			i.accepted.Add(1)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = listener.Close(); <-ended })
	return i
}

// spellings are ways to write hosts of the local network in a URL, with the reason why each is refused. The name server
// is on the attacker's side and knows every name.
func spellings() map[string]fetcher.Reason {
	hosts := map[string]fetcher.Reason{}
	f := func(reason fetcher.Reason, list ...string) {
		for _, host := range list {
			hosts[host] = reason
		}
	}
	f(fetcher.BlockedAddress,
		"127.0.0.2", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "192.0.0.192", "169.254.169.254", "100.100.100.200",
		"168.63.129.16", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
		// full width, other dots, circles
		"１２７.０.０.２", "127。0。0。2", "127．0．0．2", "①②⑦.⓪.⓪.②", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
		// names, and hexadecimal numbers, which may be names
		"localhost", "LOCALHOST", "localhost.", "foo.localhost", "metadata.google.internal", "127.0.0.2.nip.io",
		"0x7f.0.0.2", "0x7f.2", "0x7f000002", "0X7F000002", "0x7f.0.2", "127.0.0.0x2", "0x0", "0xa9fea9fe",
		// IPv6, as such and carrying IPv4
		"[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[::ffff:127.0.0.2]", "[::FFFF:127.0.0.2]",
		"[::ffff:7f00:2]", "[0:0:0:0:0:ffff:7f00:0002]", "[::ffff:0.0.0.0]", "[::ffff:169.254.169.254]", "[::127.0.0.2]", "[::7f00:2]",
		"[::ffff:0:127.0.0.2]", "[64:ff9b::127.0.0.2]", "[64:ff9b::7f00:2]", "[64:ff9b:1::127.0.0.2]", "[64:ff9b:1:7f00:0:200::]",
		"[2002:7f00:2::1]", "[2002:a9fe:a9fe::]", "[2001:0:7f00:2::1]", "[2001:0:808:808::80ff:fffd]", "[2a00:1450::5efe:127.0.0.2]",
		"[2a00:1450::200:5efe:127.0.0.2]", "[2002:808:808::5efe:10.0.0.1]", "[fd00:ec2::254]", "[fd20:ce::254]", "[fc00::1]", "[fe80::1]",
		"[febf::1]", "[fec0::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]", "[2001:10::1]", "[2001:20::1]", "[3fff::1]", "[5f00::1]", "[4000::1]",
		// with the name of a link
		"[fe80::1%25lo]", "[fe80::1%251]", "[::1%25lo]", "[::ffff:127.0.0.2%25lo]")
	f(fetcher.DNS, // IPv4 as a C library reads it, short, decimal, octal, too large: numbers that no name server is asked about
		"127.0.2", "127.2", "2130706434", "0177.0.0.2", "017700000002", "127.0.0.02", "127.000.000.002", "00000177.0.0.2", "4294967295",
		"4422041602", "127.0.0.258", "127.0.0.2.", "2130706434.", "0", "00", "2852039166", "0251.0376.0251.0376")
	f(fetcher.BadURL,
		// a user, or what looks like one
		"shop.example@127.0.0.2", "shop.example:80@127.0.0.2", "shop.example%40@127.0.0.2", "@127.0.0.2", ":@127.0.0.2", "127.0.0.2@shop.example",
		`shop.example\@127.0.0.2`, `127.0.0.2\@shop.example`, `127.0.0.2\`, "127.0.0.2 shop.example", "127.0.0.2\tx", "127.0.0.2\r\nHost: x",
		"127.0.0.2%00.shop.example", "127.0.0.2%2eshop.example", "127.0.0.2%20", "shop.example%2f", "shop.example%09",
		"[::1", "::1", "[127.0.0.2", "[::1]x", "[fe80::1%lo", "[::ffff:127.0.0.2", "127.0.0.2:x", "127.0.0.2:80:80", "[]", "%31%32%37.0.0.2:9:9", "")
	return hosts
}

func hostile() fetcher.Config {
	cfg := local()
	cfg.Negative = 0
	return cfg
}

func TestSpellingsOfLocalHosts(t *testing.T) {
	t.Parallel()
	in := newInside(t)
	cfg := hostile()
	cfg.Allow = nil
	cfg.Resolver = names(t, func(string) string { return "127.0.0.2 ::1" })
	f := start(t, cfg, nil)
	for host, want := range spellings() {
		for _, port := range []string{":" + in.port, ":0" + in.port} {
			_, err := f.Fetch(t.Context(), "http://"+host+port+"/a.jpg")
			var e *fetcher.Error
			if !errors.As(err, &e) || e.Reason != want {
				t.Errorf("%q: got %v, want %s", host, err, want)
			}
		}
	}
	if n := in.accepted.Load(); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

func TestRedirectsToLocalHosts(t *testing.T) {
	t.Parallel()
	in := newInside(t)
	cfg := hostile()
	cfg.Allow = prefixes("127.0.0.3/32")
	cfg.Resolver = names(t, func(string) string { return "127.0.0.2 ::1" })
	f := start(t, cfg, nil)
	var target atomic.Pointer[string]
	listener, err := net.Listen("tcp", "127.0.0.3:0") // which none of the hosts means
	if err != nil {
		t.Skipf("no third loopback address here: %v", err)
	}
	front := &httptest.Server{Listener: listener, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", *target.Load())
		w.WriteHeader(http.StatusFound)
	})}}
	front.Start()
	t.Cleanup(front.Close)
	for host, want := range spellings() {
		if strings.ContainsAny(host, "\r\n") {
			continue // net/http does not send such headers
		}
		for _, form := range []string{"http://" + host + ":" + in.port + "/a.jpg", "//" + host + ":" + in.port + "/a.jpg"} {
			target.Store(&form)
			_, err := f.Fetch(t.Context(), front.URL+"/a.jpg")
			var e *fetcher.Error
			if !errors.As(err, &e) || e.Reason != want && want != fetcher.BadURL { // a bad Location is a bad redirect, or a broken answer
				t.Errorf("%q: got %v, want %s", form, err, want)
			}
		}
	}
	if n := in.accepted.Load(); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

// Names lead to each kind of address.
func TestNamesOfLocalAddresses(t *testing.T) {
	t.Parallel()
	in := newInside(t)
	var answer atomic.Pointer[string]
	cfg := hostile()
	cfg.Allow = nil
	cfg.Resolver = names(t, func(string) string { return *answer.Load() })
	f := start(t, cfg, nil)
	for _, addr := range []string{"127.0.0.1", "127.0.0.2", "0.0.0.0", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.0.0.192",
		"198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::1",
		"2002:7f00:1::", "2001:0:7f00:1::1", "2a00:1450::5efe:127.0.0.1", "fc00::1", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1",
		"10.0.0.1 127.0.0.1 ::1", "::1 fe80::1 127.0.0.1"} {
		answer.Store(&addr)
		_, err := f.Fetch(t.Context(), "http://shop.example:"+in.port+"/a.jpg")
		wantError(t, err, fetcher.BlockedAddress, 0)
	}
	if n := in.accepted.Load(); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

// Of several addresses only the allowed ones are connected to, whichever comes first and however slow the others are.
func TestOneLocalAddressOfSeveral(t *testing.T) {
	t.Parallel()
	shop := newShop(t, serving(jpegOf(t, 3, 2))) // at 127.0.0.1 only
	_, port, _ := net.SplitHostPort(shop.Listener.Addr().String())
	trap, err := net.Listen("tcp", "127.0.0.2:"+port)
	if err != nil {
		t.Skipf("no second loopback address here: %v", err)
	}
	defer trap.Close()
	for _, addrs := range []string{"127.0.0.1 127.0.0.2", "127.0.0.2 127.0.0.1", "::1 127.0.0.1", "127.0.0.1 ::1", "fe80::1 127.0.0.2 127.0.0.1 10.0.0.1"} {
		cfg := hostile()
		cfg.Resolver = names(t, func(string) string { return addrs })
		if _, _, err := fetchOnce(t, cfg, nil, "http://shop.example:"+port+"/a.jpg"); err != nil {
			t.Errorf("%s: %v", addrs, err)
		}
	}
	shop.Close() // now the allowed address refuses, and the other would answer
	for _, addrs := range []string{"127.0.0.1 127.0.0.2", "127.0.0.2 127.0.0.1"} {
		cfg := hostile()
		cfg.Resolver = names(t, func(string) string { return addrs })
		_, _, err := fetchOnce(t, cfg, nil, "http://shop.example:"+port+"/a.jpg")
		var e *fetcher.Error
		if !errors.As(err, &e) || e.Reason != fetcher.BlockedAddress && e.Reason != fetcher.Connect {
			t.Errorf("%s: %v", addrs, err)
		}
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		if conn, err := trap.Accept(); err == nil {
			t.Error("a connection came through")
			_ = conn.Close()
		}
	}()
	_ = trap.Close()
	<-closed
}

// A name that has moved to a local address after the connection was made gets what is asked on that connection, and
// nothing else; a new connection is refused.
func TestRebindingOfAnOpenConnection(t *testing.T) {
	t.Parallel()
	in := newInside(t)
	photo := jpegOf(t, 3, 2)
	shop := newShop(t, serving(photo))
	_, port, _ := net.SplitHostPort(shop.Listener.Addr().String())
	var answer atomic.Pointer[string]
	public, private := "127.0.0.1", "127.0.0.2"
	answer.Store(&public)
	cfg := hostile()
	cfg.Resolver = names(t, func(string) string { return *answer.Load() })
	f := start(t, cfg, nil)
	if _, err := f.Fetch(t.Context(), "http://shop.example:"+port+"/a.jpg"); err != nil {
		t.Fatal(err)
	}
	answer.Store(&private)
	if _, err := f.Fetch(t.Context(), "http://shop.example:"+port+"/b.jpg"); err != nil || len(shop.asked()) != 2 {
		t.Errorf("on the open connection: %v", err)
	}
	_, err := f.Fetch(t.Context(), "http://shop.example:"+in.port+"/c.jpg") // another port is another connection
	wantError(t, err, fetcher.BlockedAddress, 0)
	shop.CloseClientConnections()
	for range 2 { // whether the closed connection was noticed or not
		_, err = f.Fetch(t.Context(), "http://shop.example:"+port+"/d.jpg")
	}
	wantError(t, err, fetcher.BlockedAddress, 0)
	if n := in.accepted.Load(); n != 0 {
		t.Errorf("%d connections came through", n)
	}
}

// HTTP/2 allows to ask for another name on a connection whose certificate has it. That would go round the guard.
func TestConnectionsAreNotShared(t *testing.T) {
	t.Parallel()
	photo := jpegOf(t, 3, 2)
	var protocols atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protocols.Store(int32(r.ProtoMajor))
		_, _ = w.Write(photo)
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = quiet()
	server.StartTLS()
	t.Cleanup(server.Close)
	for _, name := range []string{"example.com", "www.example.com"} {
		if err := server.Certificate().VerifyHostname(name); err != nil {
			t.Skipf("the certificate of tests has other names: %v", err)
		}
	}
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	cfg := hostile()
	cfg.Resolver = names(t, func(name string) string {
		if name == "example.com." {
			return "127.0.0.1"
		}
		return "127.0.0.2"
	})
	f := start(t, cfg, nil)
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	f.Trust(trusted)
	if _, err := f.Fetch(t.Context(), "https://example.com:"+port+"/a.jpg"); err != nil || protocols.Load() != 2 {
		t.Fatalf("over HTTP/%d: %v", protocols.Load(), err)
	}
	_, err := f.Fetch(t.Context(), "https://www.example.com:"+port+"/a.jpg")
	wantError(t, err, fetcher.BlockedAddress, 0)
}
