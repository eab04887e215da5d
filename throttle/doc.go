// Package throttle decides which requests may run now, which wait and which
// are sent away with a reason and a time to come back.
//
// Two doors stand one behind the other. The [Gate] knows this process: how many
// requests are inside, who has a CPU slot, how much memory the renders have
// reserved. The [Limiter] knows the node: all processes that share one Redis
// count their leases there, so that one customer cannot take the node from the
// others. Both are safe for concurrent use, and whatever they hand out comes
// with its own way back, which may be used twice.
//
// # The gate
//
// [Gate.Enter] refuses before anything has been spent: when MaxQueue requests are
// inside, when those hold MaxHeld bytes of photos and the like ([Pass.Hold]), and
// when the first request in the same customer's line for a slot has waited
// MaxQueueAge. None of these may be used up by one customer: of the requests and
// of the memory it may have only so many times what is free
// (GateConfig.CustomerPerFree). So a customer that sends without end is refused
// while the others still find room. It is refused with [CustomerConcurrency] when
// it was its own share, or its own line longer than those of others, and with
// [NodeFull] otherwise.
//
// [Gate.Run] shares the CPU slots between the customers that want them, by the
// time that each has had them: two customers that always wait have half of the
// slot time each, whether their renders take 100 ms or 5 ms and whether 200 of
// them wait or 2. A customer with little to do waits for one running render at
// most, as long as it is alone in that. Time that a customer did not use is not
// saved up for it, and time that nobody else wanted is not held against it; what
// it is ahead or behind for other reasons is forgotten beyond 10 s of slot time.
// Within a customer the order is that of the calls.
//
// A render whose turn it is and that needs more memory than is free keeps its
// turn. Others may pass it only while all that have done so fit beside it, in
// the memory that it would leave them. So it waits for those that ran when its
// turn came, and for one slot, however many small ones there are; and a slot is
// empty beside it only when nobody who waits fits into what it leaves.
//
// RetryAfter of a refusal is the time in which the slots do what stands before a
// newcomer of that customer: its own line, and of the other customers' lines as
// much as comes before the end of that. One that has no line hears of the next
// slot, however long another's line is.
//
// What the gate knows of a customer it forgets a minute after the customer's last
// request has left, or sooner when 1024 others have left after it: memory does
// not grow with the number of names.
//
// # Leases
//
// A lease is the right to run one render. In Redis it is a member of two sorted
// sets, the node's and the customer's, with its deadline as the score, by
// Redis's own clock. A process that dies gives nothing back, and need not: its
// leases expire. For the same reason work that outlives Config.Lease loses its
// slot to somebody else while it still runs, so Config.Lease must be longer than
// the longest request.
//
// While the node has fewer than Config.StartLimit leases a customer may have any
// number of them: an idle node is nobody's loss. From there on a customer gets
// no more than its own limit, and nobody gets any beyond Config.HardLimit.
//
// A request that finds no lease waits up to Config.MaxWait. Within one process
// the requests of a customer are served in the order in which they came, and
// only the first of them asks Redis: when a lease comes back in this process,
// and now and then for those that other processes give back.
//
// # When Redis is away, slow or empty
//
// Rendering goes on. A call that fails, or takes longer than Config.RedisTimeout,
// lets its request through as if it had been granted, and is counted in
// Stats.FailedOpen. For Config.RetryRedis after a failure Redis is not asked at
// all; then one request tries it, and the limits hold again as soon as it gets
// an answer. Until then only the Gate protects the node. Leases that could not
// be given back meanwhile are given back at the first answer.
//
// A Redis that was emptied (a restart, FLUSHALL) has forgotten the leases of
// the requests that are running: beside them a full set of new ones is granted,
// so that for the length of those requests the limits may be exceeded by their
// number. Giving a forgotten lease back changes nothing, so counts never fall
// below zero. A Redis that has forgotten only its scripts (SCRIPT FLUSH) is sent
// them again, unnoticed.
//
// A clock of the Redis machine that is set forward ends leases early, one that
// is set back ends abandoned leases late.
package throttle
