-- Bob's phone draws a To tag for each 200 that it sends, also where it sends
-- the same once more (RFC 3261 8.2.6.2, 12.1.1: one tag for all of them).
lab { title = "A 200 with another tag each time", topology = "direct-call.gv", duration = "90s" }

local planted = true
local alice, bob = node "alice", node "bob"
local sent = 0

fault { status = 200, cseq = "INVITE", src = "bob", rewrite = function(text)
	sent = sent + 1
	if not planted or sent == 1 then return text end
	return (text:gsub("(\r\nTo: [^\r]*;tag=)[^\r;]*", "%1again" .. sent))
end }

script(function()
	sleep "1s"
	alice:invite(bob)
end)
