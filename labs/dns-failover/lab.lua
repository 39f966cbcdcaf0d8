-- The first of Biloxi's two proxies is dead.  Alice calls twice: what does the
-- way to the second one cost, and does it cost that again?
lab {
	title = "A server dies",
	topology = "two-servers.gv",
	duration = "120s",
}

local alice, px2 = node "alice", node "px2"

local function call_bob()
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed", "60s") then
		sleep "1s"
		call:bye()
	end
end

script(function()
	px2:crash()
	sleep "1s"
	call_bob()
	sleep "4s"
	call_bob()
end)
