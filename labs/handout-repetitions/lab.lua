-- A call through one proxy; after it three messages are lost.
lab {
	title = "What a tutorial says of repetitions",
	topology = "proxy.gv",
	duration = "20s",
}

local alice, bob = node "alice", node "bob"

fault { method = "INVITE", src = "px", first = true, drop = true }
fault { status = 180, src = "px", first = true, drop = true }
fault { method = "ACK", src = "px", nth = 1, drop = true }

script(function()
	wait(bob, "registered")
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	if wait(call, "confirmed") then
		sleep "3s"
		call:bye()
	end
end)
