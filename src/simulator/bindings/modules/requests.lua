-- What the other modules share: who hears of what was sent, by its number.
local own = ...
local module = {}
local waiting = {}   -- number → function(m, answer, status)
local done = {}      -- from `first` to `last`: those that had their final answer, and when
local first, last = 1, 0

-- A 2xx may be repeated, or come from another branch, for as long as its transaction lives (RFC 6026).
local LINGER = 40

local function forget_old()
	while first <= last and done[first].at + LINGER < now() do
		waiting[done[first].number], done[first] = nil, nil
		first = first + 1
	end
end

-- F hears of each answer to the request NUMBER, and of its failure (answer nil).
function module.await(number, f)
	forget_old()
	waiting[number] = f
end

local function tell(m, answer, status, number)
	local f = waiting[number]
	if not f then return false end
	if not answer or status >= 200 then
		last = last + 1
		done[last] = { number = number, at = now() }
	end
	f(m, answer, status)
	return true
end

function module.cseq_of(m) return math.tointeger(tonumber(m:get("CSeq"):match "%d+")) end

-- Several modules may hear of one thing: the first that takes it has it.
local listeners = {}
function module.listen(event, f)
	local list = listeners[event]
	if list then
		list[#list + 1] = f
		return
	end
	list = { f }
	listeners[event] = list
	own.hooks[event] = function(...)
		for _, one in ipairs(list) do
			if one(...) then return true end
		end
		-- Without a function of its own the program can't tell.
		if event == "on_request" and not own.find "on_request" then
			local m = ...
			if m.method ~= "ACK" then reply(m, 501) end
			return true
		end
		return false
	end
end

module.listen("on_reply", function(m, answer, number) return tell(m, answer, answer.status, number) end)
module.listen("on_failure", function(m, status, number) return tell(m, nil, status, number) end)

return module
