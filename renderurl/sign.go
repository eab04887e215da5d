package renderurl

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
)

const (
	signatureSize = 16 // bytes of the HMAC that a URL carries
	minSecret     = 16 // bytes
)

// Key is a secret that a customer shares with the service.
type Key struct {
	ID     string
	Secret []byte
}

// Format keeps the secret out of logs and messages, whatever the verb.
func (k Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "key "+k.ID) }

// Validate reports a secret that is too short to keep anybody out.
func (k Key) Validate() error {
	if len(k.Secret) < minSecret {
		return &FormatError{"key secret", fmt.Sprintf("at least %d bytes", minSecret), fmt.Sprintf("%d bytes", len(k.Secret))}
	}
	return nil
}

// Sign gives the value of sig for a canonical string. It refuses a key that is not valid.
func (k Key) Sign(canonical string) (string, error) {
	if err := k.Validate(); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(k.sum([]byte(canonical))), nil
}

func (k Key) sum(canonical []byte) []byte {
	mac := hmac.New(sha256.New, k.Secret)
	mac.Write(canonical)
	return mac.Sum(nil)[:signatureSize]
}

// Verify reports whether one of the customer's keys made the signature: nil, [ErrNoSignature],
// [ErrUnknownKey] or [ErrBadSignature]. When the URL names a key, only that one is tried, otherwise all
// are, so that an old and a new key can live side by side. Keys that are not valid count as missing.
func (s Signed) Verify(keys []Key) error {
	if len(s.Signature) == 0 {
		return ErrNoSignature
	}
	known := s.KeyID == ""
	for _, k := range keys {
		if s.KeyID != "" && s.KeyID != k.ID || k.Validate() != nil {
			continue
		}
		known = true
		if hmac.Equal(s.Signature, k.sum([]byte(s.Canonical))) {
			return nil
		}
	}
	if !known {
		return fmt.Errorf("%w: %s", ErrUnknownKey, s.KeyID)
	}
	return ErrBadSignature
}

// parseSignature is strict, so that no signature has a second spelling: what is not 22 characters of
// base64url becomes a signature that no key makes. An empty one is none.
func parseSignature(s string) []byte {
	if s == "" {
		return nil
	}
	raw, err := decodeBase64(s)
	if err != nil || len(raw) != signatureSize {
		return []byte{0}
	}
	return raw
}

func parseKeyID(s string) (string, error) {
	if !ValidID(s) {
		return "", formatError("kid", idSyntax, s)
	}
	return s, nil
}
