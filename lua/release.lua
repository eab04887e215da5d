-- release: give leases back; one that expired or was given back before is no error.
-- KEYS[1]    throttle.NodeLeasesKey()              zset: lease id -> deadline, in ms of Redis's clock
-- KEYS[i+1]  throttle.CustomerLeasesKey(customer)  zset: the same, of the customer who holds the i-th lease
-- ARGV[i]    the i-th lease id
-- Returns    how many of them were still held

local held = 0
for i, id in ipairs(ARGV) do
	held = held + redis.call('ZREM', KEYS[1], id)
	redis.call('ZREM', KEYS[i + 1], id)
end
return held
