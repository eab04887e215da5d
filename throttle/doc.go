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
// A render on a node with a free place costs two calls of Redis: one that takes
// the lease and one that gives it back.
//
// # Waiting
//
// A request that finds no lease gets a place in the line by the same call, and
// waits there up to Config.MaxWait; a customer with Config.MaxWaiting requests in
// the line is refused at once. The line is in Redis, one for all processes.
// Whoever gives a lease back, or asks for one, hands the free places to those
// whose turn it is, in the same call: first the customer that holds the fewest
// leases, among equals the one who has waited longest, and within a customer the
// request that came first. Customers at their own limit are passed over. Nobody
// who comes overtakes one who waits and could have the place.
//
// The process of a waiter is told on a channel of its own. Nothing hangs on
// hearing it: a waiter asks by itself every two seconds at the latest, and when its
// wait ends; one of each process does so every second, and when a lease expires; and all of them do when
// Redis turns out to have forgotten that one, when the subscription is lost and
// when it is there again. Asking with the same id tells whether the
// lease is there and otherwise finds or renews the place in the line. A process
// that has no subscription asks all the time, with leases and places that last
// half a second from one question to the next. Redis knows how many hear what it
// says: a lease announced to nobody goes to the next, so that a process that died
// with requests in the line takes no leases with it.
//
// # Slow customers
//
// [Lease.Downloaded] and [Lease.Rendered] say how long something took. What is
// slow, by Config.SlowDownload and Config.SlowRender, travels with the call that
// gives the lease back and is counted by customer and minute. A customer that has
// reached Config.SlowDownloads or Config.SlowRenders in the last
// Config.SlowMinutes is refused before it can wait, until enough minutes have
// passed; the others are not concerned.
//
// An operator may pause a customer or a template altogether. That is a setting, which
// whoever takes the request looks up; its refusal is a [PausedError].
//
// # Looking on
//
// [Limiter.Inspect] tells operators who holds leases, who waits and what was slow, on
// the whole node; [Limiter.Recent] what this process has refused; [Limiter.Stats] what
// it has done. None of them changes anything. [LogBudget] bounds how many of a
// customer's failures all processes log in a minute.
//
// # When Redis is away, slow or empty
//
// Rendering goes on. A call that fails, or takes longer than Config.RedisTimeout,
// lets its request through as if it had been granted, and is counted in
// Stats.FailedOpen; Config.Notify is told of the first. So are, at once, all who
// wait in this process. For Config.RetryRedis after a failure Redis is not asked
// at all; then one request tries it, and the limits hold again as soon as a lease
// was asked for and answered. Until then only the Gate protects the node. Nobody
// waits longer than Config.MaxWait and one Config.RedisTimeout. Leases that could
// not be given back meanwhile are given back before the next one is asked for, or
// by themselves when nobody asks, and again when no answer came; what was slow
// about them counts once.
//
//   - Stopped, killed, unreachable: those who wait notice by their lost
//     subscription, without delay.
//   - Hanging, or slower than Config.RedisTimeout: they notice when the first of
//     them asks, within a second and Config.RedisTimeout.
//   - Read-only, as a replica, or without the right to a command: every answer is
//     an error; as above.
//   - Restarted or emptied (FLUSHALL): it has forgotten the leases of the requests
//     that are running: beside them a full set of new ones is granted, so that
//     for the length of those requests the limits may be exceeded by their
//     number. Giving a forgotten lease back changes nothing, so counts never fall
//     below zero. Those who wait ask again and are put in the line again, in the
//     order in which they ask. Slow work is forgotten.
//   - Without its scripts (SCRIPT FLUSH): it is sent them again, unnoticed.
//   - Out of memory, with a policy that evicts nothing: leases work on, because
//     their scripts remove before they add, and what they add is bounded by the
//     limits. A policy that evicts forgets, as above, a part; whatever has lost
//     its counterpart is found out when it is met, or expires.
//   - Its clock set forward: leases, and places in the line, end early by as much.
//     Set back: abandoned ones end late by as much, but none that would last
//     longer than twice Config.Lease and Config.MaxWait together is kept. Minutes
//     of slow work in the future do not count.
package throttle
