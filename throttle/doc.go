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
