-- logbudget: take from customers' budgets of this minute, by Redis's clock, as much as they want and have left.
-- KEYS[1]  throttle.LogBudgetKey('')   the beginning of a hash's name for each minute: account -> how much is taken
-- KEYS[2]  throttle.LogMinuteKey()     string: the minute in which somebody last asked
-- ARGV[1]  accounts at most in a minute; those that come later share one, called rest
-- ARGV[2]  name of that one      ARGV[3]  ms that what is kept of a minute lasts
-- ARGV[i]  account      ARGV[i+1]  how much it wants      ARGV[i+2]  its budget; for i = 4, 7, 10, ...; at most 500
--          accounts; whole numbers from 1 to 1e9
-- Returns  how much each may have, in the order of ARGV

local call = redis.call
local most, rest, lasts = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local function text(n) return string.format('%.0f', n) end -- see leases.lua
local minute = math.floor(tonumber(call('TIME')[1]) / 60)
local account = KEYS[1] .. text(minute)

local names = {}
for i = 4, #ARGV, 3 do names[#names + 1] = ARGV[i] end
names[#names + 1] = rest
local known = call('HMGET', account, unpack(names))
local used, known_of = {}, {}
for i, name in ipairs(names) do
	used[name] = tonumber(known[i] or 0) or 0
	known_of[name] = known[i] and true
end

local room = most - call('HLEN', account)
local granted, changed = {}, {}
for i = 4, #ARGV, 3 do
	local name, want, budget = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
	if not known_of[name] and room > 0 then
		known_of[name], room = true, room - 1
	elseif not known_of[name] then
		name = rest
	end
	local n = math.max(math.min(want, budget - used[name]), 0)
	granted[#granted + 1] = n
	if n > 0 then
		used[name] = used[name] + n
		changed[name] = true
	end
end

local set = {}
for name in pairs(changed) do
	set[#set + 1] = name
	set[#set + 1] = text(used[name])
end
if set[1] then
	call('HSET', account, unpack(set))
	call('PEXPIRE', account, lasts)
	-- A key expires at a time of the clock. When that has been set back by far, it would be kept for as long. Of a step
	-- back by a minute nothing is forgotten: that minute comes again.
	local last = tonumber(call('GET', KEYS[2]) or minute) or minute
	for m = last - 2, last do
		if m > minute + 1 then call('DEL', KEYS[1] .. text(m)) end
	end
	call('SET', KEYS[2], text(minute), 'PX', lasts)
end
return granted
