-- Dave calls Bob, then Alice does, with a sips URI. Both calls are encrypted.
lab {
	title = "Sealed media, and who has the key",
	topology = "sealed.gv",
	duration = "25s",
}

local function call(who, whom)
	local c = node(who):invite(whom)
	if wait(c, "confirmed", "9s") then
		sleep "2s"
		c:bye()
	end
	sleep "1s"
end

script(function()
	sleep "1s"
	call("dave", "sip:bob@biloxi.example.com")
	call("alice", "sips:bob@biloxi.example.com")
end)
