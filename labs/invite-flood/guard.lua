-- Counts the INVITEs that come from each address within ten seconds; who sends
-- more than the limit is rejected, and no phone is asked.
local seen = {}

function on_request(request)
	local limit = tonumber(settings.limit)
	if limit == 0 or request.method ~= "INVITE" then return end

	local address, recent = request.source:match "^[%d.]+", {}
	for _, time in ipairs(seen[address] or {}) do
		if now() - time < 10 then recent[#recent + 1] = time end
	end
	recent[#recent + 1] = now()
	seen[address] = recent
	if #recent > limit then return reject(403, "Too many calls") end
end
