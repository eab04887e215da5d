-- leases: what admit and release have in common. Its text goes in front of theirs. It removes what has expired, and
-- defines what both do with leases and with those who wait for one.
-- KEYS[1]  throttle.NodeLeasesKey()         zset: ticket -> deadline, in ms of Redis's clock; a ticket is the 26
--                                           characters of a lease's id, then its customer
-- KEYS[2]  throttle.CustomerLeasesKey('')   the beginning of a zset's name for each customer: id -> deadline
-- KEYS[3]  throttle.WaitingKey()            zset: ticket -> when it stops waiting
-- KEYS[4]  throttle.CustomerWaitingKey('')  the beginning of a zset's name for each customer: id -> number of its arrival
-- KEYS[5]  throttle.WaitersKey()            hash: id -> "customer's limit, ms of the lease, channel"; arrivals -> how many
-- KEYS[6]  throttle.BelowLimitKey()         zset: customer who waits -> leases it holds * 2^38 + arrival of its first
-- KEYS[7]  throttle.AtLimitKey()            zset: the same, those who hold as many as their own limit allows
-- KEYS[8]  throttle.SlowKey('')             the beginning of a hash's name for each customer: d or r and the minute -> count
-- KEYS[9]  throttle.CountedKey('')          the beginning of a string's name for each lease whose slow work is counted
-- ARGV[1]  hard limit      ARGV[2]  start limit, -1 for never      ARGV[3]  ms that a lease or a waiter lasts at most
-- Returns  nothing; the script behind it does

local NODE, OWN, WAITING, LINE, WAITERS, BELOW, AT, SLOW, COUNTED = unpack(KEYS)
local call = redis.call
local hard, start, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

-- Milliseconds since 1970 have 13 digits. A Lua number is a double and holds
-- them exactly, but turning one into text by itself may round to 14 digits or
-- print an exponent: '%.0f' does neither. A number that is returned is cut to
-- an integer, so everything is whole here.
local time = call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function text(n) return string.format('%.0f', n) end

local function parts(ticket) return string.sub(ticket, 1, 26), string.sub(ticket, 27) end

-- ms until the first of some leases expires, 0 when there is none
local function expiry(key)
	local first = call('ZRANGE', key, 0, 0, 'WITHSCORES')
	return first[2] and math.max(tonumber(first[2]) - now, 0) or 0
end

local function lend(id, customer, ms)
	call('ZADD', NODE, text(now + ms), id .. customer)
	call('ZADD', OWN .. customer, text(now + ms), id)
	-- A customer that stays away vanishes, whatever has become of its leases.
	call('PEXPIRE', OWN .. customer, text(longest))
end

-- A waiter in parts: the customer's limit, ms of the lease, channel.
local function waiter(id)
	local limit, ms, channel = string.match(id and call('HGET', WAITERS, id) or '', '^(-?%d+) (%d+) (.*)$')
	return tonumber(limit), tonumber(ms), channel
end

-- rank says where a customer stands among those who wait; it is called whenever its leases or its line have changed.
-- One that holds few leases comes first, then the one whose first waiter came first: as one number, which a double
-- holds exactly for 2^15 leases and 2^38 arrivals.
local function rank(customer)
	local head = call('ZRANGE', LINE .. customer, 0, 0, 'WITHSCORES')
	local limit = waiter(head[1])
	while head[1] and not limit do -- somebody has deleted keys
		call('ZREM', LINE .. customer, head[1])
		head = call('ZRANGE', LINE .. customer, 0, 0, 'WITHSCORES')
		limit = waiter(head[1])
	end
	if not limit then
		call('ZREM', BELOW, customer)
		call('ZREM', AT, customer)
		return
	end
	local held = call('ZCARD', OWN .. customer)
	local place, other = BELOW, AT
	if limit >= 0 and held >= limit then place, other = AT, BELOW end
	call('ZADD', place, text(math.min(held, 32767) * 274877906944 + tonumber(head[2])), customer)
	call('ZREM', other, customer)
end

local function unqueue(id, customer)
	call('ZREM', LINE .. customer, id)
	call('HDEL', WAITERS, id)
	call('ZREM', WAITING, id .. customer)
	-- The arrivals are counted anew when nobody waits.
	if call('ZCARD', WAITING) == 0 then call('DEL', WAITERS, BELOW, AT) end
end

-- hand gives free places to those who wait, until there are no more places or nobody left who may have one. It says
-- whether the one who asks was among them, who is told by the answer; and whether it stopped before its end: one call
-- must not take for ever, and the next goes on. Others are told through their channel. Nobody listens there any
-- more when a process has died: the place goes to the next. Without a channel the lease is short, for its owner asks
-- soon, and is gone if it does not.
local function hand(asker)
	local served = false
	for _ = 1, 100 do
		local total = call('ZCARD', NODE)
		if hard >= 0 and total >= hard then return served, false end
		local first = call('ZRANGE', BELOW, 0, 0, 'WITHSCORES')
		if start < 0 or total < start then -- customers' own limits do not count
			local other = call('ZRANGE', AT, 0, 0, 'WITHSCORES')
			if other[1] and (not first[1] or tonumber(other[2]) < tonumber(first[2])) then first = other end
		end
		local customer = first[1]
		if not customer then return served, false end
		local id = call('ZRANGE', LINE .. customer, 0, 0)[1]
		local limit, ms, channel = waiter(id)
		if limit then
			unqueue(id, customer)
			if id == asker then
				served = true
				lend(id, customer, ms)
			elseif channel == '' or call('PUBLISH', channel, id) > 0 then
				lend(id, customer, ms)
			end
		end
		rank(customer)
	end
	return served, true
end

-- What has expired, and what lasts longer than anything can: the clock has been set back since. The rest of very many
-- is left to the next call.
local function stale(key)
	local gone = call('ZRANGEBYSCORE', key, '-inf', text(now), 'LIMIT', 0, 256)
	if gone[1] then return gone end
	return call('ZRANGEBYSCORE', key, '(' .. text(now + longest), '+inf', 'LIMIT', 0, 256)
end

local somebody = call('ZCARD', WAITING) > 0
for _, ticket in ipairs(stale(NODE)) do
	local id, customer = parts(ticket)
	call('ZREM', NODE, ticket)
	call('ZREM', OWN .. customer, id)
	if somebody then rank(customer) end
end
if somebody then
	for _, ticket in ipairs(stale(WAITING)) do
		local id, customer = parts(ticket)
		unqueue(id, customer)
		rank(customer)
	end
end
