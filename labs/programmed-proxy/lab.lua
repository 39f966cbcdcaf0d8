-- Three calls for the shop: by day Bob is busy and Carol answers; Mallory is rejected; by night the mailbox
-- answers. route.lua decides that.
lab {
	title = "A proxy of twelve lines of Lua",
	topology = "programmed.gv",
	duration = "36s",
}

local alice, mallory = node "alice", node "mallory"

script(function()
	sleep "1s"
	local call = alice:invite "sip:shop@example.com"
	if wait(call, "confirmed", "30s") then
		sleep "2s"
		call:bye()
	end
end)

at("10s", function()
	mallory:invite "sip:shop@example.com"
end)

at("31s", function()
	local call = alice:invite "sip:shop@example.com"
	if wait(call, "confirmed", "30s") then
		sleep "2s"
		call:bye()
	end
end)
