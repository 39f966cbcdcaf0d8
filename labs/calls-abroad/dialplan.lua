-- The dial plan of an office: 9 gets an outside line, and the number comes after
-- it.  `abroad` says who may call abroad: anybody; known, whoever has proved to
-- be a user of the office; or the names of some users, alice,bob.
local gateway = "192.0.2.20"

local function may_call_abroad(caller)
	local who = settings.abroad
	if who == "anybody" then return true end
	local user = caller and uri(caller).user
	if who == "known" then return user ~= nil end
	return user and ("," .. who .. ","):find("," .. user .. ",", 1, true) ~= nil
end

function on_request(request)
	local number = (uri(request.uri).user or ""):match "^9(%d+)$"
	if request.method ~= "INVITE" or not number then return end
	if number:find "^00" and not may_call_abroad(request.caller) then
		return reject(403, "Not abroad")
	end
	return "sip:" .. number:gsub("^00", "+") .. "@" .. gateway
end
