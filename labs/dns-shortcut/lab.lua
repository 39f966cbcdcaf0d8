-- Biloxi's first proxy is dead.  Alice calls Bob by three addresses; one of
-- them gets through.
lab {
	title = "Ways around SRV",
	topology = "shortcut.gv",
	duration = "180s",
}

local alice, px2 = node "alice", node "px2"

local function call(target)
	local c = alice:invite(target)
	if wait(c, "confirmed", "40s") then
		sleep "1s"
		c:bye()
	end
	sleep "1s"
end

script(function()
	px2:crash()
	sleep "1s"
	call "sip:bob@biloxi.example.com"
	call "sip:bob@biloxi.example.com:5060"
	call "sip:bob@old.biloxi.example.com"
end)
