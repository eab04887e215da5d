-- cache_touch: note that a file of the disk cache was used now.
-- KEYS[1]  diskcache.IndexKey(node)  zset: name -> last use * 2^21 + size; last use in s of Redis's clock, size in blocks
-- ARGV[1]  name
-- Returns  1 noted
--          0 not in the index; the caller adds it

local unit = 2097152
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not known then
	return 0
end
known = tonumber(known)
local score = tonumber(redis.call('TIME')[1]) * unit + known % unit
if score > known then
	redis.call('ZADD', KEYS[1], string.format('%.0f', score), ARGV[1])
end
return 1
