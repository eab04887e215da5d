package throttle

// memory decides who gets a free slot when renders need memory as well. Its
// owner's lock guards it.
//
// A render whose turn it is and that does not fit keeps its turn, and nobody
// passes it for a slot and memory but those that fit beside it: all that have
// started since, together with it, stay within the budget. So what it waits for
// is only the end of those that ran when its turn came, and one more slot,
// however many small ones come; and meanwhile the small ones use what it could
// not use anyway (the backfilling of batch schedulers). The machine is idle for
// nothing only beside a render so big that it leaves no room.
type memory struct {
	max      int64 // -1 for no limit
	reserved int64 // by those running
	turn     *entry
	passed   int64 // reserved by those that have passed turn and still run
}

// choose is the entry that is to have a free slot, nil when nobody fits.
func (m *memory) choose(q *fairQueue) *entry {
	if m.turn == nil {
		e := q.waiting[0].line.head
		if m.fits(e.bytes) {
			return e
		}
		m.turn, m.passed = e, 0
	}
	if m.fits(m.turn.bytes) {
		return m.turn
	}
	// The turn itself needs more than this, and those behind it in its customer's
	// line stay there.
	room := min(m.max-m.reserved, m.max-m.turn.bytes-m.passed)
	var next *account
	for _, a := range q.waiting {
		if a.line.head.bytes <= room && (next == nil || a.comesBefore(next)) {
			next = a
		}
	}
	if next == nil {
		return nil
	}
	return next.line.head
}

// fits cannot overflow, as the sum of both could.
func (m *memory) fits(bytes int64) bool { return m.max < 0 || bytes <= m.max-m.reserved }

// reserve takes the memory of one that has been chosen.
func (m *memory) reserve(e *entry) {
	m.reserved += e.bytes
	switch m.turn {
	case nil:
	case e:
		m.turn = nil
	default:
		e.passes = m.turn
		m.passed += e.bytes
	}
}

// release gives back the memory of one that has run.
func (m *memory) release(e *entry) {
	m.reserved -= e.bytes
	if m.turn != nil && e.passes == m.turn {
		m.passed -= e.bytes
	}
	e.passes = nil
}

// withdraw forgets one that has left its line.
func (m *memory) withdraw(e *entry) {
	if m.turn == e {
		m.turn = nil
	}
}
