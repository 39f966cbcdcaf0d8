-- Counts wrong passwords.  Who has sent more than three of them within a minute
-- is refused: lock=source counts by the address from which they come, lock=user
-- by the user whose password is tried.
local wrong = {}

local function key(request)
	if settings.lock == "source" then return request.source:match "^[%d.]+" end
	return request:address "To".user
end

local function count(name)
	local n = 0
	for _, time in ipairs(wrong[name] or {}) do
		if now() - time < 60 then n = n + 1 end
	end
	return n
end

function on_request(request)
	if settings.lock == "none" or request.method ~= "REGISTER" then return end
	if count(key(request)) > 3 then return reject(403, "Locked") end
end

function on_reply(request, reply)
	if reply.status == 401 and request:get "Authorization" then
		local name = key(request)
		wrong[name] = wrong[name] or {}
		table.insert(wrong[name], now())
	end
end
