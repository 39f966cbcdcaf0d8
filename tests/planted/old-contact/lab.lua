-- Bob's phone moves and tells so by a re-INVITE; when it sends that again it
-- writes its Contact from what it had at its start (RFC 3261 17.1.1.2: the same
-- request; 12.2.1.2: the target of the dialog).
lab { title = "A re-INVITE with an old Contact", topology = "direct-call.gv", duration = "90s" }

local planted = true
local alice, bob = node "alice", node "bob"
local sent = 0

fault { method = "INVITE", src = "bob", rewrite = function(text)
	sent = sent + 1
	if not planted or sent == 1 then return text end
	return (text:gsub("(\r\nContact: [^\r]*)192%.0%.2%.77", "%1192.0.2.3"))
end }

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "5s"
		bob:set { addr = "192.0.2.77" }
		call:reinvite()
	end
end)

script(function()
	sleep "1s"
	alice:invite(bob)
end)
