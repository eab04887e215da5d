package reqlog

// Network names the ad network or kind of client that a User-Agent belongs to.
func Network(agent string) string { return "other" }
