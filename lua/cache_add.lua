-- cache_add: note that files of the disk cache were put or used now, and their sizes. A last use never goes back.
-- KEYS[1]  diskcache.IndexKey(node)  zset: name -> last use * 2^21 + size; last use in s of Redis's clock, size in blocks
-- KEYS[2]  diskcache.StateKey(node)  hash: blocks -> sum of the sizes in the index, complete -> 1
-- ARGV[i]  name, each once      ARGV[i+1]  size in blocks, below 2^21; for i = 1, 3, 5, ... up to 999
-- Returns  {files in the index, blocks in the index, 1 if the index is complete else 0}

local unit = 2097152 -- 32 bits of seconds and 21 of size fill the 53 bits that a score holds exactly
local now = tonumber(redis.call('TIME')[1])
local names = {}
for i = 1, #ARGV, 2 do
	names[#names + 1] = ARGV[i]
end
local known = redis.call('ZMSCORE', KEYS[1], unpack(names))
local change, scored = 0, {}
for i, name in ipairs(names) do
	local size, used = tonumber(ARGV[2 * i]), now
	if known[i] then
		local score = tonumber(known[i])
		used = math.max(used, math.floor(score / unit))
		change = change - score % unit
	end
	change = change + size
	scored[2 * i - 1] = string.format('%.0f', used * unit + size)
	scored[2 * i] = name
end
redis.call('ZADD', KEYS[1], unpack(scored))
return {
	redis.call('ZCARD', KEYS[1]),
	redis.call('HINCRBY', KEYS[2], 'blocks', string.format('%.0f', change)),
	tonumber(redis.call('HGET', KEYS[2], 'complete') or 0),
}
