-- admit: take one lease for a customer on this node, or say why not.
-- KEYS[1]  throttle.NodeLeasesKey()              zset: lease id -> deadline, in ms of Redis's clock
-- KEYS[2]  throttle.CustomerLeasesKey(customer)  zset: the same, this customer's leases only
-- ARGV[1]  lease id          ARGV[2]  time to live, in ms
-- ARGV[3]  hard limit        ARGV[4]  start limit        ARGV[5]  customer's limit; -1 for none
-- Returns  {1, leases of the node, leases of the customer}    granted
--          {0, reason, ms until the first of those in the way expires}    refused

-- Milliseconds since 1970 have 13 digits. A Lua number is a double and holds
-- them exactly, but turning one into text by itself may round to 14 digits or
-- print an exponent: '%.0f' does neither. A number that is returned is cut to
-- an integer, so everything is whole here.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local node, customer = KEYS[1], KEYS[2]
local id = ARGV[1]
local deadline = now + tonumber(ARGV[2])
local hard, start, limit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local function text(ms) return string.format('%.0f', ms) end

redis.call('ZREMRANGEBYSCORE', node, '-inf', text(now))
redis.call('ZREMRANGEBYSCORE', customer, '-inf', text(now))
local total = redis.call('ZCARD', node)
local own = redis.call('ZCARD', customer)

local function refuse(reason, key)
	local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
	local wait = 0
	if first[2] then wait = tonumber(first[2]) - now end
	return {0, reason, wait}
end

-- A client that lost the first answer asks again with the same id: it has its
-- lease already, and must not be refused because of it.
if redis.call('ZSCORE', node, id) then return {1, total, own} end

if hard >= 0 and total >= hard then return refuse('node_full', node) end
if start >= 0 and total >= start and limit >= 0 and own >= limit then
	return refuse('customer_concurrency', customer)
end

redis.call('ZADD', node, text(deadline), id)
redis.call('ZADD', customer, text(deadline), id)
-- A customer that stays away vanishes with the last of its leases, which is not
-- this one when another process grants longer leases.
local last = redis.call('ZRANGE', customer, -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', customer, text(tonumber(last[2])))
return {1, total + 1, own + 1}
