// Package elastic is a sink of request records that writes them to Elasticsearch 7 or what speaks its API: one index a
// day, by the record's own time, through the bulk processor of olivere/elastic.
//
// Write never waits: a record is put into a bounded buffer, by number and by bytes, or dropped and counted. One
// goroutine sends what is there, in bulks of bounded size. While the cluster is away or refuses it asks again, at
// growing intervals, and nothing else: what cannot wait is dropped meanwhile. Documents have the IDs of their requests
// and are only created, so a bulk that is sent twice counts once. Each record that was written ends as indexed, failed
// (the cluster would not have it) or dropped.
//
// The index template and the lifecycle policy are installed before the first bulk, and again when the cluster was away.
// OpenSearch gets a policy of its own kind. A server that does not know one of them is told of once; documents are sent
// all the same.
package elastic
