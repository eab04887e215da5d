package loadgen

import "sync"

// maxShown is how many broken lines are shown; all are counted.
const maxShown = 5

// Input is what was read so far.
type Input struct {
	Lines   int64 `json:"lines"`   // that hold something
	Broken  int64 `json:"broken"`  // are no request
	Skipped int64 `json:"skipped"` // are a request that was not wanted, such as a POST
	Passes  int64 `json:"passes"`  // over the whole input, the one under way included
	Bytes   int64 `json:"bytes"`   // as the input is stored
	// First are the first of the broken lines.
	First []*LineError `json:"-"`
}

// tally counts lines. The goroutine that reads them writes it, the one that shows
// progress reads it.
type tally struct {
	mu    sync.Mutex
	input Input
}

func (t *tally) line() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.input.Lines++
}

func (t *tally) skipped() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.input.Skipped++
}

func (t *tally) broken(line int64, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.input.Broken++
	if len(t.input.First) < maxShown && t.input.Passes <= 1 {
		t.input.First = append(t.input.First, &LineError{Line: line, Err: err})
	}
}

func (t *tally) pass() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.input.Passes++
}

// bytes is called with what one read gave.
func (t *tally) bytes(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.input.Bytes += int64(n)
}

func (t *tally) now() Input {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.input
}
