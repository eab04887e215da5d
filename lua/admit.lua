-- admit: take one lease for a customer on this node, or a place in the line for one, or say why not. Asking again with
-- the same id tells how it stands.
-- KEYS[1..9]  as in leases.lua, whose text goes before
-- ARGV[1..3]  as there      ARGV[4]  lease id, of 26 characters      ARGV[5]  customer
-- ARGV[6]     ms of the lease      ARGV[7]  the same when it is handed over later
-- ARGV[8]     customer's limit, -1 for none      ARGV[9]  ms to wait at most; who waits leaves the line with 0
-- ARGV[10]    waiters of the customer at most
-- ARGV[11]    channel that is told of a lease handed over, empty for none      ARGV[12]  1 when this id has waited before
-- ARGV[13]    slow downloads from which the customer is refused, -1 for never      ARGV[14]  slow renders, the same
-- ARGV[15]    minutes in which those count
-- Returns     {1, leases of the node, leases of the customer}    granted
--             {2, reason, ms until the next lease of the node expires, waiters of the customer, f}    in the line; f
--             is 1 for one that has waited before and was not there any more, else 0
--             {0, reason, ms until the first of those in the way expires, waiters of the customer, 0}    refused
-- A reason is one of throttle.Reason, or customer_waiting when the customer has no place left in the line.

local id, customer = ARGV[4], ARGV[5]
local ms, later, limit = tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])
local wait, most, channel = tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11]
local again, minutes = ARGV[12] == '1', tonumber(ARGV[15])
local own, line, ticket = OWN .. customer, LINE .. customer, id .. customer

-- Usually nothing is left here to remove; the key may have lost its counterpart. These come first also because a Redis
-- that has no memory left lets a script write once it has removed something, or tried to.
call('ZREMRANGEBYSCORE', own, '-inf', text(now))
call('ZREMRANGEBYSCORE', own, '(' .. text(now + longest), '+inf')

local function granted() return {1, call('ZCARD', NODE), call('ZCARD', own)} end

-- One who did not hear of its lease asks again: it has it already, and must not be refused because of it.
if call('ZSCORE', NODE, ticket) then
	lend(id, customer, ms)
	return granted()
end

-- Slow work of the last minutes, counted by the minute in which it ended.
local function slow()
	local counts = call('HGETALL', SLOW .. customer)
	if not counts[1] then return end
	local minute = math.floor(now / 60000)
	local of = {}
	for i = 1, #counts, 2 do of[counts[i]] = tonumber(counts[i + 1]) end
	local function over(kind, bound)
		local sum = 0
		for m = minute - minutes + 1, minute do sum = sum + (of[kind .. text(m)] or 0) end
		if bound < 0 or sum < bound then return end
		for m = minute - minutes + 1, minute do
			sum = sum - (of[kind .. text(m)] or 0)
			if sum < bound then return (m + minutes) * 60000 - now end
		end
		return minutes * 60000
	end
	local downloads, renders = over('d', tonumber(ARGV[13])), over('r', tonumber(ARGV[14]))
	if downloads then return {0, 'customer_slow_downloads', downloads, 0, 0} end
	if renders then return {0, 'customer_slow_renders', renders, 0, 0} end
end
local waits = somebody and call('ZSCORE', line, id)
if not again and not waits then
	local refusal = slow()
	if refusal then return refusal end
end

-- Places that have become free belong to those who wait, before anybody who comes.
local unfinished = false
if somebody then
	if waits then
		call('ZADD', WAITING, text(now + wait), ticket)
		call('HSET', WAITERS, id, ARGV[8] .. ' ' .. later .. ' ' .. channel)
	end
	rank(customer)
	local served
	served, unfinished = hand(id)
	if served then
		lend(id, customer, ms)
		return granted()
	end
end

local total, held, behind = call('ZCARD', NODE), call('ZCARD', own), call('ZCARD', line)
local reason
if (hard >= 0 and total >= hard) or unfinished then
	reason = 'node_full'
elseif (start >= 0 and total >= start and limit >= 0 and held >= limit) or behind > 0 then
	reason = 'customer_concurrency'
else
	if again then unqueue(id, customer) end -- what is left of it where keys were deleted
	lend(id, customer, ms)
	return granted()
end
local way = own
if reason == 'node_full' then way = NODE end
if waits and wait > 0 then return {2, reason, expiry(NODE), behind, 0} end
if waits then
	unqueue(id, customer)
	rank(customer)
	behind = behind - 1
end
if wait <= 0 or most <= 0 then return {0, reason, expiry(way), behind, 0} end
if behind >= most and not again then return {0, 'customer_waiting', expiry(own), behind, 0} end

call('ZADD', line, call('HINCRBY', WAITERS, 'arrivals', 1), id)
call('PEXPIRE', line, text(longest))
call('ZADD', WAITING, text(now + wait), ticket)
call('HSET', WAITERS, id, ARGV[8] .. ' ' .. later .. ' ' .. channel)
rank(customer)
return {2, reason, expiry(NODE), behind, again and 1 or 0}
