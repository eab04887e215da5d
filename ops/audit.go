package ops

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"go.uber.org/zap"
)

// Act is something that an operator did.
type Act struct {
	Time   time.Time `json:"time"`
	Who    string    `json:"who"`
	Action string    `json:"action"` // limits, pause, resume, drain or undrain
	Target string    `json:"target"` // customer, customer/template or node
	Detail string    `json:"detail"`
}

const (
	shownActs = 50
	tailBytes = 64 << 10 // of the file are read for them
)

// Audit keeps what operators did: a line of JSON each in a file that is only appended to, by all processes that share it,
// and the same in the process's log. An act is recorded when it was done, as what helps must not wait for a disk. If the
// file does not take it, the log has it, and whoever did it is told.
type Audit struct {
	path string
	log  *zap.Logger
	mu   sync.Mutex
}

// NewAudit returns the records in the file at path, which need not be there yet.
func NewAudit(path string, log *zap.Logger) *Audit { return &Audit{path: path, log: log} }

// Record adds an act. An error wraps ErrNotRecorded: only the log has it.
func (a *Audit) Record(act Act) error {
	a.log.Info("audit", zap.String("who", act.Who), zap.String("action", act.Action), zap.String("target", act.Target), zap.String("detail", act.Detail))
	if err := a.write(act); err != nil {
		a.log.Error("audit file", zap.Error(err))
		return fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	return nil
}

func (a *Audit) write(act Act) error {
	line, err := json.Marshal(act)
	if err != nil {
		return fmt.Errorf("record an act: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	f, err := os.OpenFile(a.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if cutOff(f) {
		line = append([]byte{'\n'}, line...)
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// cutOff says whether the last line has no end, as when the disk was full in the midst of it.
func cutOff(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	last := []byte{0}
	_, err = f.ReadAt(last, info.Size()-1)
	return err == nil && last[0] != '\n'
}

// Last returns the last acts of all processes, newest first. Lines that are no acts are left out.
func (a *Audit) Last() []Act {
	acts := []Act{}
	f, err := os.Open(a.path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			a.log.Error("audit file", zap.Error(err))
		}
		return acts
	}
	defer f.Close()
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		a.log.Error("audit file", zap.Error(err))
		return acts
	}
	from := max(end-tailBytes, 0)
	lines := bufio.NewScanner(io.NewSectionReader(f, from, end-from))
	for lines.Scan() {
		var act Act
		if json.Unmarshal(bytes.TrimSpace(lines.Bytes()), &act) == nil && !act.Time.IsZero() {
			acts = append(acts, act)
		}
	}
	for i, j := 0, len(acts)-1; i < j; i, j = i+1, j-1 {
		acts[i], acts[j] = acts[j], acts[i]
	}
	return acts[:min(shownActs, len(acts))]
}
