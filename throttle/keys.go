package throttle

// The braces are a hash tag: a Redis cluster keeps all of these keys in one
// slot, as a script needs them.
const prefix = "{adloom}:"

// NodeLeasesKey names the sorted set of all leases of the node.
func NodeLeasesKey() string { return prefix + "leases" }

// CustomerLeasesKey names the sorted set of one customer's leases. The customer
// stands last, so that whatever it is called its key is no one else's.
func CustomerLeasesKey(customer string) string { return prefix + "leases:of:" + customer }
