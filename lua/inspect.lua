-- inspect: tell who holds leases, who waits and what was slow. It changes nothing: what has expired is not counted, and
-- left to admit and release.
-- KEYS[1..9]  as in leases.lua
-- ARGV[1]     ms that a lease or a waiter lasts at most
-- ARGV[2]     1 to be told of the customers that hold leases or wait, those with most of both first; else 0
-- ARGV[3]     how many of them at most      ARGV[4..]  customers to be told of, some hundred at most
-- Returns     {now in ms, leases of the node, waiters of the node, {customer, leases, waiters, {d or r and the minute,
--             count, ...}}, ...}, a list for each customer in the order of ARGV

local NODE, OWN, WAITING, LINE, WAITERS, BELOW, AT, SLOW = unpack(KEYS)
local call = redis.call
local longest, find, most = tonumber(ARGV[1]), ARGV[2] == '1', tonumber(ARGV[3])
local time = call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local above, upto = string.format('(%.0f', now), string.format('%.0f', now + longest)

-- Calls are what costs here. So customers are counted in the tickets of the node, as long as these are few: that takes
-- one call for all of them.
local few = 4096
local function tally(key)
	local total, of = call('ZCOUNT', key, above, upto), {}
	if total == 0 then return total, of, true end
	for _, ticket in ipairs(call('ZRANGEBYSCORE', key, above, upto, 'LIMIT', 0, few)) do
		local customer = string.sub(ticket, 27)
		of[customer] = (of[customer] or 0) + 1
	end
	return total, of, total <= few
end
local leases, leases_of, all_leases = tally(NODE)
local waiters, waiters_of, all_waiters = tally(WAITING)
local function holds(customer)
	if all_leases then return leases_of[customer] or 0 end
	return call('ZCOUNT', OWN .. customer, above, upto)
end
local function waits(customer) -- a line knows no deadlines: whoever asks for a lease removes those that are past
	if all_waiters then return waiters_of[customer] or 0 end
	return call('ZCARD', LINE .. customer)
end

local customers = {}
for i = 4, #ARGV do customers[#customers + 1] = ARGV[i] end
if find then
	local weight, found = {}, {}
	for _, of in ipairs({leases_of, waiters_of}) do
		for customer, n in pairs(of) do
			if not weight[customer] then found[#found + 1] = customer end
			weight[customer] = (weight[customer] or 0) + n
		end
	end
	table.sort(found, function(a, b)
		if weight[a] ~= weight[b] then return weight[a] > weight[b] end
		return a < b
	end)
	for i = 1, math.min(#found, most) do customers[i] = found[i] end
end

-- Few customers have been slow, so many are looked for at once.
local slow, group = {}, 25
for first = 1, #customers, group do
	local keys = {}
	for i = first, math.min(first + group - 1, #customers) do keys[#keys + 1] = SLOW .. customers[i] end
	local some = call('EXISTS', unpack(keys)) > 0
	for i = 1, #keys do slow[first + i - 1] = some and call('HGETALL', keys[i]) or {} end
end

local told = {now, leases, waiters}
for i, customer in ipairs(customers) do told[#told + 1] = {customer, holds(customer), waits(customer), slow[i]} end
return told
