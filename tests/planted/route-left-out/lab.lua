-- The proxy writes its Record-Route when a request comes; when it sends it once
-- more that is left out (RFC 3261 17.1.1.2: the same request; 16.6).
lab { title = "A repetition without Record-Route", topology = "network.gv", duration = "60s" }

local planted = true
local alice, bob = node "alice", node "bob"
local sent = 0

fault { method = "INVITE", src = "px", dst = "bob", rewrite = function(text)
	sent = sent + 1
	if not planted or sent == 1 then return text end
	return (text:gsub("\r\nRecord%-Route: [^\r]*", ""))
end }

bob:on("invite", function(call)
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)

script(function()
	sleep "1s"
	alice:invite "sip:bob@a.example"
end)
