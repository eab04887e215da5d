package fetcher_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
)

const (
	typeA    = 1
	typeAAAA = 28
)

// names is a resolver whose name server answers each question with the addresses that lookup gives, separated by
// spaces; a name that it gives none for does not exist.
func names(t *testing.T, lookup func(name string) string) *net.Resolver {
	t.Helper()
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer ours.Close()
			for answerOne(ours, lookup) == nil {
			}
		}()
		return theirs, nil
	}}
}

// answerOne speaks DNS over a stream: a length, then a header of 12 bytes, then the question.
func answerOne(conn net.Conn, lookup func(name string) string) error {
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return err
	}
	query := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(conn, query); err != nil {
		return err
	}
	end, name := 12, ""
	for query[end] != 0 {
		name += string(query[end+1:end+1+int(query[end])]) + "."
		end += 1 + int(query[end])
	}
	question := query[12 : end+5]
	asked := binary.BigEndian.Uint16(question[len(question)-4:])
	answer := append([]byte{query[0], query[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question...)
	found := strings.Fields(lookup(name))
	if len(found) == 0 {
		answer[3] |= 3 // no such name
	}
	for _, text := range found {
		addr, err := netip.ParseAddr(text)
		if err != nil || addr.Is4() != (asked == typeA) || addr.Is6() != (asked == typeAAAA) {
			continue
		}
		data := addr.AsSlice()
		answer[7]++
		answer = append(answer, 0xc0, 12, 0, byte(asked), 0, 1, 0, 0, 0, 0, 0, byte(len(data)))
		answer = append(answer, data...)
	}
	_, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...))
	return err
}
