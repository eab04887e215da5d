// Package loadgen fetches URLs at a given pace and says what came of it.
//
// A [Source] gives the requests: a catalog feed, a list of URLs or an access log
// (see [Open]). A [Load] sends them, in one of two ways:
//
//   - In an open loop ([Config].Rate, [Config].Replay) each request is due at a
//     moment that no answer moves. Latency counts from that moment. A server that
//     stalls for a second therefore shows a second's worth of slow requests, as
//     its visitors would see it. Counting from the moment of sending would hide
//     them, because a generator that waits for answers sends nothing meanwhile:
//     the mistake is known as coordinated omission.
//   - In a closed loop ([Config].Concurrency) so many requests run at any moment,
//     and each answer lets the next one go. It measures what a server can do at
//     most; its latency counts from the moment of sending and says nothing about
//     the wait of visitors who come on their own.
//
// # Memory
//
// The input is streamed, and nothing is kept of a request but its share in the
// counts. What is counted by words that a server chooses is bounded in their number.
package loadgen
