-- Bob's phone puts its session description into the first 200 alone; the ones
-- that it sends again are bare (RFC 3261 13.3.1.4: the same response).
lab { title = "A 200 that comes without its answer", topology = "direct-call.gv", duration = "90s" }

local planted = true
local alice, bob = node "alice", node "bob"
local sent = 0

fault { status = 200, cseq = "INVITE", src = "bob", rewrite = function(text)
	sent = sent + 1
	if not planted or sent == 1 then return text end
	text = text:gsub("\r\n\r\n.*", "\r\n\r\n")
	text = text:gsub("\r\nContent%-Type: [^\r]*", "")
	return (text:gsub("(\r\nContent%-Length: )%d+", "%10"))
end }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
