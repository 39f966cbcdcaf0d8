-- Dave calls Bob by UDP, then Alice calls him by TLS.
lab {
	title = "A listener on the line",
	topology = "office.gv",
	duration = "20s",
}

local function call(who)
	local c = node(who):invite "sip:bob@example.com"
	if wait(c, "confirmed", "8s") then
		sleep "2s"
		c:bye()
	end
	sleep "1s"
end

script(function()
	sleep "1s"
	call "dave"
	call "alice"
end)
