-- The proxy leaves the ACK for a 486 to the caller, whose ACK it sends on once
-- (RFC 3261 17.1.1.3: each hop's client transaction sends it, for each 486 that
-- comes).
lab { title = "An ACK for 486 from end to end", topology = "network.gv", duration = "60s" }

local planted = true
local alice = node "alice"

for n = 2, planted and 11 or 0 do
	fault { method = "ACK", src = "px", dst = "bob", nth = n, drop = true }
end

script(function()
	sleep "1s"
	alice:invite "sip:bob@a.example"
end)
