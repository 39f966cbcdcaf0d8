-- Alice holds and resumes once; later she and Bob press hold at the same moment.
lab {
	title = "Hold works once, then never",
	topology = "glare.gv",
	duration = "45s",
}

local alice, bob = node "alice", node "bob"
local hold = tonumber(bob.settings:match "hold=(%d+)")
local call

script(function()
	sleep "1s"
	call = alice:invite "sip:bob@192.0.2.2"
	wait(call, "confirmed", "8s")
	sleep "500ms"
	call:hold()
	sleep "500ms"
	call:resume()
end)

at(hold + 1, function() call:hold() end)
at("30s", function() call:bye() end)
