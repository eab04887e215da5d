-- cache_add: put files into the index of the disk cache, or correct what it says of them. A last use never goes back.
-- KEYS[1]    diskcache.IndexKey(node)  zset: name -> last use * 2^21 + size; last use in s of Redis's clock, size in blocks
-- KEYS[2]    diskcache.StateKey(node)  hash: blocks -> sum of the sizes in the index, complete -> 1
-- ARGV[i]    name      ARGV[i+1]  size in blocks, below 2^21      ARGV[i+2]  last use in s, 0 means now; for i = 1, 4, 7, ...
-- Returns    {files in the index, blocks in the index, 1 if the index is complete else 0}

local unit = 2097152 -- 32 bits of seconds and 21 of size fill the 53 bits that a score holds exactly
local now = tonumber(redis.call('TIME')[1])
local change = 0
for i = 1, #ARGV, 3 do
	local size, used = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
	if used <= 0 or used > now then
		used = now
	end
	local known = redis.call('ZSCORE', KEYS[1], ARGV[i])
	if known then
		known = tonumber(known)
		used = math.max(used, math.floor(known / unit))
		change = change - known % unit
	end
	change = change + size
	redis.call('ZADD', KEYS[1], string.format('%.0f', used * unit + size), ARGV[i])
end
return {
	redis.call('ZCARD', KEYS[1]),
	redis.call('HINCRBY', KEYS[2], 'blocks', string.format('%.0f', change)),
	tonumber(redis.call('HGET', KEYS[2], 'complete') or 0),
}
