// Package resultcache keeps rendered pictures, so that a URL that was answered a
// moment ago costs a read of a file and not a render, and so that a node that must
// refuse has an older picture to send instead.
//
// A picture is fresh for Config.Fresh and may be served stale, when there is no
// other way to answer, until Config.MaxStale. Its key names everything that decides
// its pixels but two things: the photos of the shop, which is why freshness ends,
// and the engine, which is why every entry carries Config.Engine and another
// engine's pictures are misses.
//
// # When the store fails
//
// A picture that cannot be read, or is not whole, is a miss, and is counted; the
// next render writes it anew. One that cannot be written is lost, and is counted.
// Writing happens after the answer, and no more than Config.Writes pictures are
// written at once: the next are dropped. So a disk that is slow, full or gone costs
// renders and never an answer.
package resultcache
