package loadgen

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"syscall"
)

// kind is the word that an error is counted under.
func kind(ctx context.Context, err error) string {
	var (
		dns     *net.DNSError
		timeout net.Error
		record  tls.RecordHeaderError
		alert   tls.AlertError
		cert    *tls.CertificateVerificationError
		host    x509.HostnameError
		op      *net.OpError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return "stopped"
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.As(err, &dns):
		return "dns"
	case errors.As(err, &record), errors.As(err, &alert), errors.As(err, &cert), errors.As(err, &host):
		return "tls"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connect_refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "reset"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "cut_short"
	case errors.As(err, &op) && op.Op == "dial":
		return "connect"
	}
	return "broken_response"
}
