-- What the other modules share: who hears of what was sent, by its number.
local own = ...
local module = {}
local waiting = {}   -- number → function(m, answer, status)
local kept = {}      -- number: of an INVITE
local done = {}      -- from `first` to `last`: INVITEs that had their final answer, and when
local first, last = 1, 0

-- Its domain, else its address (RFC 3261 25.1: [ ] around one of IPv6), and the address-of-record there.
module.home = self.domain ~= "" and self.domain or self.addr:find ":" and "[" .. self.addr .. "]" or self.addr
module.mine = "<sip:" .. self.user .. "@" .. module.home .. ">"

-- A 2xx may be repeated, or come from another branch, for as long as its transaction lives (RFC 6026).
local LINGER = 40

-- F hears of each answer to the request NUMBER, and of its failure (answer nil).
function module.await(number, f) waiting[number] = f end

-- Likewise of an INVITE, whose final answers may be several.
function module.await_invite(number, f)
	while first <= last and done[first].at + LINGER < now() do
		waiting[done[first].number], done[first] = nil, nil
		first = first + 1
	end
	waiting[number], kept[number] = f, true
end

local function tell(m, answer, status, number)
	local f = waiting[number]
	if not f then return false end
	if status >= 200 then
		if not kept[number] then
			waiting[number] = nil
		else
			last = last + 1
			done[last], kept[number] = { number = number, at = now() }, nil
		end
	end
	f(m, answer, status)
	return true
end

function own.hooks.on_reply(m, answer, number) return tell(m, answer, answer.status, number) end

function own.hooks.on_failure(m, status, number) return tell(m, nil, status, number) end

function module.cseq_of(m) return math.tointeger(tonumber(m:get("CSeq"):match "%d+")) end

-- What has begun a call, or a subscription, or lies within one, is heard by a module that is loaded with the first of
-- them: who has a callback for them may never need it.
local CALLS = { module = "calls", callback = "on_call" }
local SUBSCRIPTIONS = { module = "subscriptions", callback = "on_subscribe" }
local needed = { INVITE = CALLS, ACK = CALLS, BYE = CALLS, UPDATE = CALLS, INFO = CALLS, PRACK = CALLS, REFER = CALLS,
	OPTIONS = CALLS, SUBSCRIBE = SUBSCRIPTIONS }

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
		return false
	end
end

local heard, told = {}, false
listeners.on_request = heard
own.hooks.on_request = function(m)
	local need = needed[m.method]
	if need and need.callback and own.find(need.callback) then
		need.callback = nil
		require(need.module)
	end
	local tag = heard[1] and m:param("To", "tag")
	for _, one in ipairs(heard) do
		if one(m, tag) then return true end
	end
	-- Without a function of its own the program can't tell.
	told = told or own.find "on_request" ~= nil
	if told then return false end
	if m.method ~= "ACK" then reply(m, 501) end
	return true
end

return module
