-- Alice calls three times, and each time her INVITE arrives at the same machine:
-- once for its proxy, once for
-- its redirect server, once for both, one after the other.
lab {
	title = "Two servers on one machine",
	topology = "co-located.gv",
	duration = "15s",
}

local alice, srv = node "alice", node "srv"

local function call(uri)
	local c = alice:invite(uri)
	if wait(c, "confirmed") then
		sleep "1s"
		c:bye()
	end
end

script(function()
	-- Where Carol has moved to, and the new name of the old domain.
	srv:bind("sip:carol@biloxi.example.com", "sip:carol@203.0.113.7")
	srv:bind("sip:bob@old.example.com", "sip:bob@biloxi.example.com")
	sleep "1s"
	call "sip:bob@biloxi.example.com"
	sleep "1s"
	call "sip:carol@biloxi.example.com"
	sleep "1s"
	call "sip:bob@old.example.com"
end)
