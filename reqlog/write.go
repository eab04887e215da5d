package reqlog

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// write is the one goroutine that asks for budgets and calls the sinks.
func (l *Log) write() {
	defer close(l.closed)
	batch := make([]item, 0, batchSize)
	full := time.NewTimer(time.Hour)
	full.Stop()
	turn := time.NewTimer(untilTurn(time.Now()))
	defer turn.Stop()
	defer full.Stop()
	flush := func() {
		full.Stop()
		l.flush(batch)
		clear(batch) // lets go of the records
		batch = batch[:0]
	}
	for {
		select {
		case it := <-l.queue:
			if batch = append(batch, it); len(batch) == batchSize {
				flush()
			} else if len(batch) == 1 {
				full.Reset(batchWait)
			}
		case <-full.C:
			flush()
		case <-turn.C:
			flush()
			now := time.Now()
			l.tell(l.accounts.turn(minuteOf(now)))
			turn.Reset(untilTurn(now))
		case <-l.closing:
			for len(l.queue) > 0 { // nobody sends any more
				batch = append(batch, <-l.queue)
				if len(batch) == batchSize {
					flush()
				}
			}
			flush()
			l.tell(l.accounts.turn(-1))
			return
		}
	}
}

// untilTurn is how long it takes until the next minute begins.
func untilTurn(now time.Time) time.Duration {
	return now.Truncate(time.Minute).Add(time.Minute).Sub(now)
}

// flush asks for the budgets of a batch and writes what is granted.
func (l *Log) flush(batch []item) {
	if len(batch) == 0 {
		return
	}
	left := l.spend(batch)
	for _, it := range batch {
		l.bytes.Add(-it.bytes)
		if it.failed && it.budget >= 0 {
			customer := it.record.Account()
			if left[customer] == 0 {
				l.waiting.Add(-1)
				l.budget.Add(1)
				l.accounts.overBudget(customer, minuteOf(time.Now()), kindOf(it.record))
				continue
			}
			left[customer]--
		}
		l.emit(Entry{Record: it.record, Weight: it.weight})
		l.waiting.Add(-1)
		l.kept.Add(1)
	}
}

// spend says how many failures of each customer may be kept of a batch.
func (l *Log) spend(batch []item) (granted map[string]int) {
	var asks []Ask
	at := map[string]int{}
	for _, it := range batch {
		if !it.failed || it.budget < 0 {
			continue
		}
		customer := it.record.Account()
		i, ok := at[customer]
		if !ok {
			i = len(asks)
			at[customer] = i
			asks = append(asks, Ask{Customer: customer})
		}
		asks[i].Want++
		asks[i].Budget = it.budget
	}
	if len(asks) == 0 {
		return nil
	}
	minute := minuteOf(time.Now()) // before asking: what is used up in it may be there again in the next one
	answer, err := l.ask(asks)
	granted = make(map[string]int, len(asks))
	for i, ask := range asks {
		n := 0
		if err == nil {
			n = max(min(answer[i], ask.Want), 0)
		} else {
			n = l.accounts.grant(ask, minute)
		}
		l.accounts.settle(ask, minute, n)
		granted[ask.Customer] = n
	}
	return granted
}

func (l *Log) ask(asks []Ask) (granted []int, err error) {
	if l.cfg.Spend == nil {
		return nil, errAlone
	}
	ctx, cancel := context.WithTimeout(context.Background(), spendWithin)
	defer cancel()
	granted, err = l.cfg.Spend(ctx, asks)
	if err == nil && len(granted) != len(asks) {
		err = fmt.Errorf("spend log budget: expected %d numbers, found %d", len(asks), len(granted))
	}
	if err != nil {
		l.spendErrors.Add(1)
	}
	return granted, err
}

var errAlone = fmt.Errorf("this process has no common budget")

// tell writes a record for each customer of whom something was dropped in a minute; successes have one of their own, so
// that those that stand for failures can be added up.
func (l *Log) tell(past []summary) {
	for i := range past {
		s := &past[i]
		if failures := s.dropped.budget + s.dropped.buffer; failures > 0 {
			l.tellOf(s, float64(failures), &Dropped{
				Failures: failures, Budget: s.dropped.budget, Buffer: s.dropped.buffer, Commonest: s.dropped.commonest(),
			})
		}
		if s.dropped.successes > 0 {
			l.tellOf(s, s.dropped.successes, &Dropped{Successes: s.dropped.successes})
		}
	}
}

func (l *Log) tellOf(s *summary, weight float64, dropped *Dropped) {
	l.spoken++
	start := time.Unix(s.minute*60, 0).UTC()
	l.emit(Entry{
		Record: &Record{Time: start, RequestID: "dropped-" + l.nonce + "-" + strconv.FormatUint(l.spoken, 10), Customer: s.customer, Signed: true},
		Weight: weight, Dropped: dropped,
	})
	l.summaries.Add(1)
}

func (l *Log) emit(e Entry) {
	e.Node = l.cfg.Node
	if e.Dropped == nil {
		e.Network = Network(e.Agent)
	}
	for _, s := range l.sinks {
		s.Write(e)
	}
}
