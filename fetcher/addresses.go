package fetcher

import "net/netip"

// globalUnicast is all of IPv6 that is handed out to the public.
var globalUnicast = netip.MustParsePrefix("2000::/3")

// special lists what is not the public internet, from the IANA special-purpose address registries. Some of it is marked
// there as globally reachable: anycast addresses of services (AS112, AMT, PCP, TURN) and identifiers that are no places.
// No shop lives there, and whoever answers may well be a machine of the local network, so they are refused as well. Of
// 2001::/23, set aside for protocols, all is refused but Teredo, which the addresses that it carries decide.
var special = []struct {
	prefix netip.Prefix
	why    string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this host or network, RFC 1122"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private network, RFC 1918"},
	{netip.MustParsePrefix("100.64.0.0/10"), "carrier-grade NAT, RFC 6598"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback, RFC 1122"},
	{netip.MustParsePrefix("168.63.129.16/32"), "host platform of Azure machines"},
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local, RFC 3927"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private network, RFC 1918"},
	{netip.MustParsePrefix("192.0.0.0/24"), "protocol assignments, RFC 6890"},
	{netip.MustParsePrefix("192.0.2.0/24"), "documentation, RFC 5737"},
	{netip.MustParsePrefix("192.31.196.0/24"), "AS112 name servers, RFC 7535"},
	{netip.MustParsePrefix("192.52.193.0/24"), "multicast tunnels (AMT), RFC 7450"},
	{netip.MustParsePrefix("192.88.99.0/24"), "6to4 relay, RFC 7526"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private network, RFC 1918"},
	{netip.MustParsePrefix("192.175.48.0/24"), "AS112 name servers, RFC 7534"},
	{netip.MustParsePrefix("198.18.0.0/15"), "benchmarks, RFC 2544"},
	{netip.MustParsePrefix("198.51.100.0/24"), "documentation, RFC 5737"},
	{netip.MustParsePrefix("203.0.113.0/24"), "documentation, RFC 5737"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast, RFC 5771"},
	{netip.MustParsePrefix("255.255.255.255/32"), "broadcast, RFC 919"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved, RFC 1112"},

	{netip.MustParsePrefix("::/128"), "unspecified, RFC 4291"},
	{netip.MustParsePrefix("::1/128"), "loopback, RFC 4291"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "NAT64 of the local network, RFC 8215"},
	{netip.MustParsePrefix("100::/64"), "discard, RFC 6666"},
	{netip.MustParsePrefix("100:0:0:1::/64"), "dummy prefix, RFC 9780"},
	{netip.MustParsePrefix("2001:2::/48"), "benchmarks, RFC 5180"},
	{netip.MustParsePrefix("2001:3::/32"), "multicast tunnels (AMT), RFC 7450"},
	{netip.MustParsePrefix("2001:4:112::/48"), "AS112 name servers, RFC 7535"},
	{netip.MustParsePrefix("2001:10::/28"), "identifiers (ORCHID), RFC 4843"},
	{netip.MustParsePrefix("2001:20::/28"), "identifiers (ORCHIDv2), RFC 7343"},
	{netip.MustParsePrefix("2001:30::/28"), "identifiers of drones (DRIP), RFC 9374"},
	{netip.MustParsePrefix("2001:1::/32"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:2::/31"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:4::/30"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:8::/29"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:40::/26"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:80::/25"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:100::/24"), "protocol assignments, RFC 2928"},
	{netip.MustParsePrefix("2001:db8::/32"), "documentation, RFC 3849"},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "AS112 name servers, RFC 7534"},
	{netip.MustParsePrefix("3fff::/20"), "documentation, RFC 9637"},
	{netip.MustParsePrefix("5f00::/16"), "segment routing, RFC 9602"},
	{netip.MustParsePrefix("fc00::/7"), "private network, RFC 4193"},
	{netip.MustParsePrefix("fe80::/10"), "link-local, RFC 4291"},
	{netip.MustParsePrefix("fec0::/10"), "site-local, RFC 3879"},
	{netip.MustParsePrefix("ff00::/8"), "multicast, RFC 4291"},
}

// carriers lists the prefixes whose addresses carry an IPv4 address at a byte offset, plain or with all bits flipped.
// Mapped addresses (::ffff:0:0/96) are unwrapped before they come here; 64:ff9b:1::/48 is refused whole, because where
// its IPv4 address stands is the local network's choice.
var carriers = []struct {
	prefix  netip.Prefix
	form    string
	at      int
	flipped bool
}{
	{netip.MustParsePrefix("::/96"), "IPv4-compatible address (RFC 4291)", 12, false},
	{netip.MustParsePrefix("::ffff:0:0:0/96"), "IPv4-translated address (RFC 2765)", 12, false},
	{netip.MustParsePrefix("64:ff9b::/96"), "NAT64 address (RFC 6052)", 12, false},
	{netip.MustParsePrefix("2001::/32"), "Teredo server (RFC 4380)", 4, false},
	{netip.MustParsePrefix("2001::/32"), "Teredo client (RFC 4380)", 12, true},
	{netip.MustParsePrefix("2002::/16"), "6to4 address (RFC 3056)", 2, false},
}

// carried is an IPv4 address found inside an IPv6 one.
type carried struct {
	addr netip.Addr
	form string
}

// embedded returns all IPv4 addresses that addr carries. ISATAP (RFC 5214) may stand under any prefix; it shows in the
// interface identifier.
func embedded(addr netip.Addr) []carried {
	var found []carried
	b := addr.As16()
	for _, c := range carriers {
		if !c.prefix.Contains(addr) {
			continue
		}
		v4 := [4]byte(b[c.at : c.at+4])
		if c.flipped {
			for i := range v4 {
				v4[i] ^= 0xff
			}
		}
		found = append(found, carried{netip.AddrFrom4(v4), c.form})
	}
	if id := [4]byte(b[8:12]); id == [4]byte{0, 0, 0x5e, 0xfe} || id == [4]byte{2, 0, 0x5e, 0xfe} {
		found = append(found, carried{netip.AddrFrom4([4]byte(b[12:16])), "ISATAP address (RFC 5214)"})
	}
	return found
}
