-- A table whose entries end: bindings, nonces, known peers.  An ended entry is
-- absent, whether or not the table was swept since.
local own = ...
local count = 0
local Table = {}
Table.__index = Table

local function live(entry) return entry and (not entry.ends or entry.ends > now()) end

local LEAST = 64   -- entries put until those that have ended, and nobody looks for, go

-- As many are put between two looks as were there at the first.
local function sweep(t)
	t.puts = t.puts + 1
	if t.on_end or t.puts < t.most then return end
	local n = 0
	for key, entry in pairs(t.entries) do
		if live(entry) then n = n + 1 else t.entries[key] = nil end
	end
	t.puts, t.most = 0, math.max(LEAST, n)
end

-- VALUE under KEY for so many seconds; without them for ever.  on_end hears of its end, but not of its removal.
function Table:put(key, value, seconds)
	local entry = { value = value, ends = seconds and now() + seconds }
	sweep(self)
	self.entries[key] = entry
	if not self.on_end then return end
	local name = self.name .. key
	stop(name)
	if not seconds then return end
	after(seconds, name, function()
		if self.entries[key] ~= entry then return end
		self.entries[key] = nil
		own.blame(own.line_of(self.on_end))
		self.on_end(key, value)
	end)
end

function Table:get(key)
	local entry = self.entries[key]
	if live(entry) then return entry.value end
	if not self.on_end then self.entries[key] = nil end
end

function Table:remove(key)
	self.entries[key] = nil
	if self.on_end then stop(self.name .. key) end
end

-- for key, value in t:each() do: the live entries, in the order of their keys.
function Table:each()
	local list, i = {}, 0
	for key, entry in pairs(self.entries) do
		if live(entry) then list[#list + 1] = { key, entry.value } end
	end
	return function()
		i = i + 1
		if list[i] then return list[i][1], list[i][2] end
	end
end

local module = {}

-- expiring(function(key, value) … end), expiring()
function module.expiring(on_end)
	count = count + 1
	return setmetatable({ entries = {}, puts = 0, most = LEAST, on_end = on_end, name = "expiring " .. count .. " " }, Table)
end

return module
