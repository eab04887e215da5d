-- release: give leases back, or places in the line; one that expired or was given back before is no error. Slow work is
-- counted, once for each lease however often it is given back, and what has become free goes to those who wait.
-- KEYS[1..9]  as in leases.lua, whose text goes before
-- ARGV[1..3]  as there      ARGV[4]  minutes in which slow work counts
-- ARGV[i]     ticket: lease id of 26 characters, then the customer; for i = 5, 8, 11, ...
-- ARGV[i+1]   slow downloads of it      ARGV[i+2]  slow renders of it
-- Returns     how many of the leases were still held

local minute, minutes = math.floor(now / 60000), tonumber(ARGV[4])

local function slow(customer, kind, count)
	if count == '0' then return end
	local key = SLOW .. customer
	call('HINCRBY', key, kind .. text(minute), count)
	call('PEXPIRE', key, text((minutes + 1) * 60000))
	for _, field in ipairs(call('HKEYS', key)) do
		local m = tonumber(string.sub(field, 2))
		if not m or m <= minute - minutes or m > minute then call('HDEL', key, field) end
	end
end

-- Who did not hear that a lease is back gives it back again.
local function counted(id)
	local key = COUNTED .. id
	local before = call('EXISTS', key)
	call('SET', key, '1', 'PX', text((minutes + 1) * 60000))
	return before == 1
end

local held = 0
for i = 5, #ARGV, 3 do
	local id, customer = parts(ARGV[i])
	local was = call('ZREM', NODE, ARGV[i])
	held = held + was
	call('ZREM', OWN .. customer, id)
	if somebody then
		if was == 0 then unqueue(id, customer) end -- nobody waits with a lease
		rank(customer)
	end
	if (ARGV[i + 1] ~= '0' or ARGV[i + 2] ~= '0') and not counted(id) then
		slow(customer, 'd', ARGV[i + 1])
		slow(customer, 'r', ARGV[i + 2])
	end
end
if somebody then hand() end
return held
