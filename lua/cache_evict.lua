-- cache_evict: take the least recently used files out of the index of the disk cache, oldest first. Who calls removes
-- them from the disk; no two callers get the same name.
-- KEYS[1]  diskcache.IndexKey(node)  zset: name -> last use * 2^21 + size; last use in s of Redis's clock, size in blocks
-- KEYS[2]  diskcache.StateKey(node)  hash: blocks -> sum of the sizes in the index
-- ARGV[1]  names at most      ARGV[2]  blocks wanted      ARGV[3]  files wanted; no more names are taken than both need
-- Returns  {name, its score, name, its score, ...}, empty when the index is

local unit = 2097152
local blocksWanted, filesWanted = tonumber(ARGV[2]), tonumber(ARGV[3])
local oldest = redis.call('ZRANGE', KEYS[1], 0, tonumber(ARGV[1]) - 1, 'WITHSCORES')
local taken, files, blocks = {}, 0, 0
for i = 1, #oldest, 2 do
	if blocks >= blocksWanted and files >= filesWanted then
		break
	end
	taken[i], taken[i + 1] = oldest[i], oldest[i + 1]
	files, blocks = files + 1, blocks + tonumber(oldest[i + 1]) % unit
end
if files > 0 then
	-- First what a Redis without memory refuses, so that it refuses all. Not -blocks, which may be -0, no integer to Redis.
	redis.call('HINCRBY', KEYS[2], 'blocks', string.format('%.0f', 0 - blocks))
	redis.call('ZREMRANGEBYRANK', KEYS[1], 0, files - 1)
end
return taken
