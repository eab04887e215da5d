package fetcher

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
)

// DialWith replaces the network, and with it the guard.
func (f *Fetcher) DialWith(dial func(ctx context.Context, network, address string) (net.Conn, error)) {
	f.transport.DialContext = dial
}

// Trust makes the fetcher trust certificates of tests.
func (f *Fetcher) Trust(roots *x509.CertPool) {
	f.transport.TLSClientConfig = &tls.Config{RootCAs: roots}
}

// Normalise returns the cache key of a URL.
func Normalise(raw string) (string, error) {
	u, err := normalise(raw)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// Waiting returns how many calls wait for the photo with this key.
func (f *Fetcher) Waiting(key string) int { return f.flights.Waiting(key) }
