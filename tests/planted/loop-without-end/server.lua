-- Who has said by a MESSAGE where he is, is known; all else has the other
-- server.
local known = {}

function on_request(m)
	if m.method == "MESSAGE" then
		known[m.body:match "^[^@]*"] = "sip:" .. m.body
		return reply(m, 200)
	end
	local user = uri(m.uri).user
	if m:param("To", "tag") then return forward(m) end
	forward(m, known[user] or "sip:" .. user .. "@" .. settings.other)
end
