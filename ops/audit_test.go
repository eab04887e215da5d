package ops

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/zap"
)

// A record that was cut off, by a full disk or a crash, takes no other with it.
func TestAuditAfterACutRecord(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, []byte(`{"time":"2026-01-02T03:04:05Z","who":"a","action":"pause","target":"acme","detail":""}`+"\n"+`{"time":"2026-01-02T03:0`), 0o600); err != nil {
		t.Fatal(err)
	}
	audit := NewAudit(path, zap.NewNop())
	for _, target := range []string{"shoes", "hats"} {
		if err := audit.Record(Act{Time: time.Unix(1, 0), Target: target}); err != nil {
			t.Fatal(err)
		}
	}
	var targets []string
	for _, act := range audit.Last() {
		targets = append(targets, act.Target)
	}
	if len(targets) != 3 || targets[0] != "hats" || targets[1] != "shoes" || targets[2] != "acme" {
		t.Errorf("records of %v; want hats, shoes, acme", targets)
	}
}

// What was done and not recorded is told to whoever did it.
func TestActWithoutItsRecord(t *testing.T) {
	t.Parallel()
	away := filepath.Join(t.TempDir(), "away", "audit.jsonl")
	c := NewConsole(NewBoard(), Sources{Node: Node{Name: "node-1"}}, drains{}, NewAudit(away, zap.NewNop()), zap.NewNop())
	act, err := c.Drain("somebody")
	if !errors.Is(err, ErrNotRecorded) || !errors.Is(err, fs.ErrNotExist) || act.Action != "drain" {
		t.Errorf("%+v, %v; want it done and not recorded", act, err)
	}
}

// drains does that and nothing else.
type drains struct{ Actions }

func (drains) Drain() error { return nil }
